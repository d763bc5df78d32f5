"""How a published complaint is judged. What really happened is stored, and flagged where it went against a rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from branchops.api import N_, Facts, Policy, Verdict, breach, reject, validator
from branchops_cfpb.events import ComplaintReceived


def decide_receive(_state: Any, command: ComplaintReceived, _policy: Policy) -> ComplaintReceived:
    """A row of the file is the entry."""
    return command


@validator("cfpb.received-once", on=ComplaintReceived)
def received_once(event: ComplaintReceived, state: Any, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """A number is received once; what the file changed later is for the file's own history."""
    if state is not None:
        yield reject(
            N_("Complaint {id} is recorded already."), N_("Void the first entry to record it anew."), id=event.source_id
        )


@validator("cfpb.answered-in-time", on=ComplaintReceived)
def answered_in_time(event: ComplaintReceived, _state: Any, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """The file itself says when a company answered late."""
    if event.timely is False:
        yield breach(N_("The company did not answer in time."))


@validator("cfpb.sent-after-received", on=ComplaintReceived)
def sent_after_received(event: ComplaintReceived, _state: Any, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """What was not yet received cannot have been sent on."""
    if event.sent is not None and event.received is not None and event.sent < event.received:
        yield breach(
            N_("Sent to the company on {sent}, before it was received on {received}."),
            sent=event.sent.isoformat(),
            received=event.received.isoformat(),
        )

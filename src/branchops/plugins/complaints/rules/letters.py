"""Article 10: letters are the handler's; their clock runs from the day they arrive, and a copy stays."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Facts, Policy, Verdict, reject, validator, warn
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.rules.shared import HANDLER, holds
from branchops.plugins.complaints.views import Case


@validator("complaints.letter-handler-registers", on=ev.Received)
def letter_handler_registers(
    event: ev.Received, _case: Case | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Art. 10(1): arrived on a day that can be, kept by its digest, and registered by the handler."""
    record = facts.record
    assert record is not None
    if event.received_on is not None and event.received_on > facts.calendar.day_of(record.occurred_at):
        yield reject(
            N_("A letter received on {day} cannot have been taken before."),
            N_("Correct --received-on."),
            day=event.received_on,
        )
    if event.postmark is not None and event.postmark > (event.received_on or facts.calendar.day_of(record.occurred_at)):
        yield reject(
            N_("The postmark {postmark} is later than the arrival."), N_("Correct --postmark."), postmark=event.postmark
        )
    if event.channel != "letter" or event.origin:
        return
    if not event.sha256:
        yield warn(N_("Nothing keeps what the letter says: scan it, and give --file."))
    if event.taker and not holds(facts, event.taker, HANDLER):
        yield warn(N_("Letters are the handler's: hand it over, so that it is entered in the register."))


@validator("complaints.letter-investigate-and-reply", on=ev.Replied)
def letter_investigate_and_reply(
    event: ev.Replied, case: Case | None, _facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Art. 10(2): a letter is investigated and answered; nobody stands there to be answered on the spot."""
    if case is not None and case.channel == "letter" and event.on_the_spot:
        yield reject(N_("A letter cannot be answered on the spot."), N_("Leave out --on-the-spot."))


@validator("complaints.letter-copy-retained", on=ev.Escalated)
def letter_copy_retained(event: ev.Escalated, case: Case | None, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 10(3): before a letter goes up it is copied, and the copy stays."""
    if case is not None and case.channel == "letter" and not (event.sha256 or event.paper_copy):
        yield reject(
            N_("{id} is a letter and goes up only when its copy stays."),
            N_("Scan it: --copy FILE, or file the paper: --paper-copy NUMBER"),
            id=case.id,
        )

"""Article 11(2): the bank's service line, on a telephone that a customer in the hall holds out.

The source breaks off in the middle of the word after “no quarrel”: what else it may have asked is unknown, and nothing
is made up here for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from branchops.api import N_, Facts, Policy, Verdict, breach, reject, validator, warn
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.views import Case


@validator("complaints.hotline-verify-identity", on=ev.HotlineCalled)
def hotline_verify_identity(
    event: ev.HotlineCalled, _case: Case | None, _facts: Facts, policy: Policy
) -> Iterator[Verdict]:
    """Art. 11(2)1: first make sure that it is the bank at the other end; until then nothing is disclosed."""
    methods = policy.get("complaints.hotline.methods", ())
    if event.verified_by and event.verified_by not in methods:
        yield reject(
            N_("“{method}” does not verify anybody."), N_("Ways that do: {methods}"), method=event.verified_by,
            methods=", ".join(methods),
        )  # fmt: skip
    hotline = policy.get("outlet.hotline", "")
    if event.verified_by == "callback" and hotline and event.called and _digits(event.called) != _digits(hotline):
        yield reject(
            N_("{called} is not the bank's service line."), N_("Call back the known number."), called=event.called
        )
    if event.verified_by == "callback" and not event.called:
        yield reject(N_("A call back is made to a number."), N_("Say which was called: --called NUMBER"))
    if not any((event.verified_by, event.said, event.note.strip(), event.ended, event.called, event.agent)):
        yield reject(N_("Say what happened on the telephone."), N_("A line is enough: --note “...”."))
    if event.said and not event.verified_by:
        yield reject(
            N_("Nothing is told to a caller who was not verified."),
            N_("Note “not verified”, call back the known number, then answer: --verified-by callback --called NUMBER"),
        )


def _digits(number: str) -> str:
    return "".join(letter for letter in number if letter.isdigit())


@validator("complaints.hotline-answer-truthfully", on=ev.HotlineCalled)
def hotline_answer_truthfully(
    event: ev.HotlineCalled, _case: Case | None, _facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Art. 11(2)1: once verified, questions are answered, and what was said is noted: this case's data, no more."""
    if event.verified_by and not event.said:
        yield breach(N_("The service line was verified, and nothing says what it was told."))


@validator("complaints.hotline-cooperate", on=ev.HotlineCalled)
def hotline_cooperate(event: ev.HotlineCalled, _case: Case | None, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 11(2)2: both sides work on one case: theirs is linked to ours by its number."""
    if event.verified_by and not event.agent_case:
        yield warn(N_("Ask for the service line's own case number (--agent-case), so that both can be found."))


@validator("complaints.hotline-no-refusal-or-hangup", on=ev.Misbehaved)
def hotline_no_refusal_or_hangup(
    event: ev.Misbehaved, _state: Any, _facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Art. 11(2)2: nobody refuses the call or hangs up; to end it politely and call back is neither."""
    if event.conduct == "refused-call":
        yield breach(N_("{who} refused to speak to the service line."), who=event.who)
    elif event.conduct == "hung-up":
        yield breach(N_("{who} hung up on the service line."), who=event.who)


@validator("complaints.hotline-no-quarrel", on=ev.Misbehaved)
def hotline_no_quarrel(event: ev.Misbehaved, _state: Any, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 11(2)2: nobody quarrels with the service line in front of a customer."""
    if event.conduct == "quarrelled":
        yield breach(N_("{who} quarrelled with the service line in front of a customer."), who=event.who)

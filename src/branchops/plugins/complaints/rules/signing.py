"""Articles 7(3), 8(3), (4), 10 and 11: the head signs, and confirms before a complaint goes up."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Facts, Policy, Verdict, breach, reject, validator, warn
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.rules.shared import regulator_limit, same, under
from branchops.plugins.complaints.views import Case

TOOK = N_("{signer} took {id} and cannot sign it off.")
HANDLED = N_("{signer} handled {id} and cannot sign it off.")
CONCERNED = N_("{signer} is complained about in {id} and cannot sign it off.")


@validator("complaints.head-signs-register", on=ev.SignedOff)
def head_signs_register(event: ev.SignedOff, case: Case | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 8(3), 10(2), 11(1)3: the head signs what others handled; the opinion book is the handler's (Art. 9)."""
    if case is None:
        return
    if case.channel == "book":
        yield reject(
            N_("The opinion book is signed by the handler, not by the head (Art. 9)."),
            N_("branchops complaints book-reply {id}"),
            id=case.id,
        )
    for text, who in ((TOOK, (case.taker,)), (HANDLED, (case.handler,)), (CONCERNED, case.about)):
        if any(same(facts, one, event.signer) for one in who):
            hint = N_("The head signs; where the head is concerned, a delegate does or it goes up.")
            yield reject(text, hint, signer=event.signer, id=case.id)
            return
    if not case.outcome:
        yield reject(N_("{id} has no outcome."), N_("branchops complaints resolve {id}"), id=case.id)


@validator("complaints.oral-reply-and-register", on=ev.SignedOff)
def reply_and_register(_event: ev.SignedOff, case: Case | None, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 8(3): handling and reply stand in the register before the head signs there."""
    if case is not None and case.channel != "book" and not case.entered_by:
        yield reject(
            N_("{id} is not in the opinion register."),
            N_("The handler enters it: branchops complaints enter {id}"),
            id=case.id,
        )


CONFIRM = {"phone": "complaints.phone-escalate"}


@validator("complaints.escalate-after-head-confirms", "complaints.phone-escalate", on=ev.Escalated)
def escalate_after_head_confirms(
    event: ev.Escalated, case: Case | None, facts: Facts, policy: Policy
) -> Iterator[Verdict]:
    """Art. 8(4), 9, 10(3), 11(1)4: it goes up once the head has confirmed, unless the head is complained about."""
    if case is None or case.confirmed_by or not policy.get("complaints.escalate.confirm", True):
        return
    head = facts.people.head(facts.calendar.day_of(facts.now))
    if event.head_concerned and head is not None and any(same(facts, who, head) for who in case.about):
        yield warn(N_("{id} is about the head and goes up without the head's confirmation."), id=case.id)
        return
    verdict = reject(
        N_("The head has not confirmed that {id} is beyond the outlet's authority."),
        N_("branchops complaints confirm-beyond-authority {id} --by HEAD"),
        id=case.id,
    )
    yield from under(CONFIRM.get(case.channel, "complaints.escalate-after-head-confirms"), [verdict])


@validator("complaints.track-escalated", on=(ev.HqStatus, ev.LimitExtended))
def track_escalated(
    event: ev.HqStatus | ev.LimitExtended, case: Case | None, facts: Facts, policy: Policy
) -> Iterator[Verdict]:
    """Art. 7(3): head office's word on what went up; the regulator's limit is extended step by step, and in time."""
    if case is None:
        return
    if isinstance(event, ev.HqStatus):
        if case.escalated_at is None:
            yield reject(N_("{id} did not go to head office."), N_("branchops complaints escalate {id}"), id=case.id)
        return
    limit = regulator_limit(case, facts.policy_at(case.registered_at), facts.calendar)
    complex_, special = policy["complaints.regulator.complex-days"], policy["complaints.regulator.special-days"]
    steps = {complex_: 0, complex_ + special: complex_}
    if limit is None:
        yield reject(
            N_("No regulator's clock runs for {id}."), N_("It runs for what was transferred or went up."), id=case.id
        )
    elif steps.get(event.days) != case.regulator_days:
        yield reject(
            N_("The limit goes to {complex} days, then with approval to {special}."),
            N_("--to {complex} first."),
            complex=complex_,
            special=complex_ + special,
        )
    elif event.days > complex_ and not event.approval:
        yield reject(
            N_("Beyond {complex} days a superior office approves."),
            N_("Name the approval: --approval"),
            complex=complex_,
        )
    elif facts.now > limit.due:
        yield breach(N_("Extended after the limit of {id} had passed."), id=case.id)

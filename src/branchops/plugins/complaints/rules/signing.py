"""Articles 8(3), (4), 10 and 11: the head signs, and confirms before a complaint goes up."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Facts, Policy, Verdict, reject, validator, warn
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.views import Case


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
    people = facts.people
    concerned = {N_("took"): (case.taker,), N_("handled"): (case.handler,), N_("is complained about in"): case.about}
    for did, who in concerned.items():
        if any(one and people.knows(one) and people.same_person(one, event.signer) for one in who):
            yield reject(
                N_("{signer} {did} {id} and cannot sign it off."),
                N_("The head signs; where the head is concerned, a delegate does or it goes up."),
                signer=event.signer,
                did=did,
                id=case.id,
            )
            return
    missing = [
        name
        for name, there in (
            (N_("a reply"), bool(case.final_reply)),
            (N_("an outcome"), bool(case.outcome)),
            (N_("a cause"), bool(case.cause)),
        )
        if not there
    ]
    if missing:
        yield reject(
            N_("{id} is not complete: it lacks {missing}."), N_("See what is there: branchops show {id}"), id=case.id,
            missing=", ".join(missing),
        )  # fmt: skip


@validator("complaints.escalate-after-head-confirms", on=ev.Escalated)
def escalate_after_head_confirms(
    event: ev.Escalated, case: Case | None, facts: Facts, policy: Policy
) -> Iterator[Verdict]:
    """Art. 8(4), 9, 10(3), 11(1)4: it goes up once the head has confirmed, unless the head is the one complained about."""
    if case is None or case.confirmed_by or not policy.get("complaints.escalate.confirm", True):
        return
    head = facts.people.head(facts.calendar.day_of(facts.now))
    concerned = head is not None and any(
        facts.people.knows(who) and facts.people.same_person(who, head) for who in case.about
    )
    if concerned and event.head_concerned:
        yield warn(N_("{id} is about the head and goes up without the head's confirmation."), id=case.id)
        return
    yield reject(
        N_("The head has not confirmed that {id} is beyond the outlet's authority."),
        N_("branchops complaints confirm-beyond-authority {id} --by HEAD"),
        id=case.id,
    )

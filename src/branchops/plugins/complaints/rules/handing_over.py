"""Article 6: who is asked first owns it, until somebody has taken it over, settled it and answered the customer."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Facts, Policy, Verdict, reject, validator, warn
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.rules.shared import HANDLER, concerned, holds, same
from branchops.plugins.complaints.views import Case


@validator("complaints.record-every-one", on=(*ev.WORK, *ev.AFTERWARDS))
def recorded_first(event: object, case: Case | None, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 3: nothing is done about a complaint that was never recorded, and nothing after it was closed."""
    if case is None:
        yield reject(N_("There is no such complaint."), N_("Record it first: branchops complaints receive"))
    elif not case.open and isinstance(event, ev.WORK):
        yield reject(
            N_("{id} is closed."),
            N_("A matter that comes up again is a new complaint: branchops complaints receive --reopens {id}"),
            id=case.id,
        )


@validator("complaints.first-contact-owns", on=(ev.HandedOver, ev.Accepted, ev.Resolved))
def first_contact_owns(
    event: ev.HandedOver | ev.Accepted | ev.Resolved, case: Case | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Art. 6: the owner hands over; the one who was asked accepts; who is complained about keeps nothing."""
    record = facts.record
    if case is None or record is None:
        return
    if isinstance(event, ev.HandedOver):
        yield from _handing(event, case, facts, record.actor)
    elif isinstance(event, ev.Resolved):
        if concerned(facts, case, event.by or record.actor):
            yield reject(
                N_("{who} is complained about in {id} and cannot settle it."),
                N_("Hand it over: branchops complaints handover {id}"),
                who=event.by or record.actor,
                id=case.id,
            )
    elif case.pending is None:
        yield reject(
            N_("Nobody handed {id} over."),
            N_("Its owner hands it over first: branchops complaints handover"),
            id=case.id,
        )
    elif event.by != case.pending.to or not same(facts, record.actor, event.by):
        yield reject(
            N_("{id} was handed over to {to}; only {to} can accept it."),
            N_("Act as: --as {to}"),
            id=case.id,
            to=case.pending.to,
        )
    elif concerned(facts, case, event.by):
        yield reject(
            N_("{to} is complained about in {id} and cannot take it over."),
            N_("Hand it over to somebody else."),
            to=event.by,
            id=case.id,
        )


def _handing(event: ev.HandedOver, case: Case, facts: Facts, actor: str) -> Iterator[Verdict]:
    if not same(facts, actor, case.owner):
        yield reject(
            N_("{id} is {owner}'s until it is handed over; only {owner} can do that."),
            N_("Act as its owner: --as {owner}"),
            id=case.id,
            owner=case.owner,
        )
    elif same(facts, event.to, case.owner):
        yield reject(N_("{id} is {owner}'s already."), N_("Name somebody else."), id=case.id, owner=case.owner)


@validator("complaints.hand-over-beyond-authority", on=ev.HandedOver)
def hand_over_beyond_authority(
    event: ev.HandedOver, _case: Case | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Art. 6: what exceeds the post goes to the designated handler, not to whoever is near."""
    if not facts.people.knows(event.to):
        yield reject(N_("{to} is nobody at this outlet."), N_("The people: branchops staff list"), to=event.to)
    elif not holds(facts, event.to, HANDLER):
        handlers = ", ".join(facts.people.holders(HANDLER, facts.calendar.day_of(facts.now))) or "-"
        yield warn(N_("{to} is not the complaint handler ({handlers})."), to=event.to, handlers=handlers)


@validator("complaints.handler-resolves-and-replies", on=ev.SignedOff)
def handler_resolves_and_replies(
    _event: ev.SignedOff, case: Case | None, _facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Art. 6: nothing is closed before the customer was answered, or it is known why nobody can be."""
    if case is not None and case.channel != "book" and case.final_reply is None and not case.no_reply:
        yield reject(
            N_("{id} cannot be closed: the customer was not answered."),
            N_("branchops complaints reply {id}; if there is nobody to answer: branchops complaints no-reply {id}"),
            id=case.id,
        )


@validator("complaints.handler-resolves-and-replies", on=ev.ReplyImpossible)
def nobody_to_answer(event: ev.ReplyImpossible, case: Case | None, _facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """Art. 6: “unreachable” takes attempts, and “anonymous” a complaint without anything to reach the customer by."""
    if case is None:
        return
    reasons = policy.get("complaints.no-reply.reasons", ())
    wanted = policy["complaints.no-reply.attempts"]
    if event.reason not in reasons:
        yield reject(
            N_("“{reason}” is no reason for not answering."), N_("Reasons: {reasons}"), reason=event.reason,
            reasons=", ".join(reasons),
        )  # fmt: skip
    elif event.reason == "anonymous" and case.contact:
        yield reject(
            N_("{id} is not anonymous: the customer left a contact."), N_("Try it: branchops complaints attempt {id}"),
            id=case.id,
        )  # fmt: skip
    elif event.reason == "unreachable" and case.attempts < wanted:
        yield reject(
            N_("{made} of {wanted} attempts to reach the customer are recorded."),
            N_("Record each: branchops complaints attempt {id}"),
            made=case.attempts,
            wanted=wanted,
            id=case.id,
        )

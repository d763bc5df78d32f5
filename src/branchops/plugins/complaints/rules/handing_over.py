"""Article 6: who is asked first owns it, until somebody has taken it over."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Facts, Policy, Verdict, reject, validator, warn
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.rules.accepting import HANDLER
from branchops.plugins.complaints.views import Case

WORK = (
    ev.HandedOver, ev.Accepted, ev.HeadInformed, ev.Promised, ev.Investigated, ev.Proposed, ev.Replied, ev.CauseFound,
    ev.Resolved, ev.Apologised, ev.Explained, ev.SignedOff, ev.BeyondAuthorityConfirmed, ev.Escalated,
)  # fmt: skip


@validator("complaints.record-every-one", on=WORK)
def recorded_first(_event: object, case: Case | None, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 3: nothing is done about a complaint that was never recorded, and nothing after it was closed."""
    if case is None:
        yield reject(N_("There is no such complaint."), N_("Record it first: branchops complaints receive"))
    elif not case.open:
        yield reject(
            N_("{id} is closed."),
            N_("A matter that comes up again is a new complaint, linked to this one."),
            id=case.id,
        )


@validator("complaints.first-contact-owns", on=(ev.HandedOver, ev.Accepted))
def first_contact_owns(
    event: ev.HandedOver | ev.Accepted, case: Case | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Art. 6: the owner hands over; the one who was asked accepts; nobody takes or drops a complaint otherwise."""
    record = facts.record
    if case is None or record is None:
        return
    people = facts.people
    if isinstance(event, ev.HandedOver):
        if not people.knows(record.actor) or not people.same_person(record.actor, case.owner):
            yield reject(
                N_("{id} is {owner}'s until it is handed over; only {owner} can do that."),
                N_("Act as its owner: --as {owner}"),
                id=case.id,
                owner=case.owner,
            )
        elif people.knows(event.to) and people.same_person(event.to, case.owner):
            yield reject(N_("{id} is {owner}'s already."), N_("Name somebody else."), id=case.id, owner=case.owner)
    elif case.pending is None:
        yield reject(
            N_("Nobody handed {id} over."), N_("Its owner hands it over first: complaints handover"), id=case.id
        )
    elif event.by != case.pending.to or not people.same_person(record.actor, event.by):
        yield reject(
            N_("{id} was handed over to {to}; only {to} can accept it."),
            N_("Act as: --as {to}"),
            id=case.id,
            to=case.pending.to,
        )


@validator("complaints.hand-over-beyond-authority", on=ev.HandedOver)
def hand_over_beyond_authority(
    event: ev.HandedOver, _case: Case | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Art. 6: what exceeds the post goes to the designated handler, not to whoever is near."""
    day = facts.calendar.day_of(facts.now)
    if not facts.people.knows(event.to):
        yield reject(N_("{to} is nobody at this outlet."), N_("The people: branchops staff list"), to=event.to)
    elif not facts.people.holds(event.to, HANDLER, day):
        handlers = ", ".join(facts.people.holders(HANDLER, day)) or "-"
        yield warn(N_("{to} is not the complaint handler ({handlers})."), to=event.to, handlers=handlers)

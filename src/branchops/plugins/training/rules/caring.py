"""Small business, good deeds, care, and what somebody keeps to oneself (Doc4 par. 3 to 8)."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Facts, Policy, Verdict, breach, forbid, reject, validator
from branchops.plugins.training.events import conduct as ev

Register = ev.GoodDeedNoted | ev.IncidentNoted


@validator("training.never-refuse-small-business", on=ev.RefusalRecorded)
def never_refuse_small_business(
    event: ev.RefusalRecorded, row: object, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Doc4 par. 6: a refusal is a breach unless a coded ground makes it lawful, and was explained where it must be."""
    if row is not None:
        yield reject(N_("This number is taken by another refusal."), N_("Record it without giving a number."))
    if not facts.people.knows(event.staff):
        yield reject(N_("{staff} is nobody at this outlet."), N_("The people: branchops staff list"), staff=event.staff)
    business = [str(one["code"]) for one in facts.table("training", "business")]
    if event.business not in business:
        yield reject(
            N_("“{code}” is no small business of the list."),
            N_("Codes: {known}"),
            code=event.business,
            known=", ".join(business),
        )
    grounds = {str(one["code"]): one for one in facts.table("training", "ground")}
    if not event.ground:
        yield breach(
            N_("{staff} refused “{business}” without a lawful ground."), staff=event.staff, business=event.business
        )
    elif event.ground not in grounds:
        yield reject(
            N_("“{code}” is no lawful ground."),
            N_("Grounds: {known}; without one, leave --ground out and it is kept as a breach."),
            code=event.ground,
            known=", ".join(grounds),
        )
    elif event.business not in grounds[event.ground].get("business", (event.business,)):
        yield breach(
            N_("“{ground}” is no ground for refusing “{business}”."), ground=event.ground, business=event.business
        )
    elif grounds[event.ground].get("explain") and not event.explained:
        yield breach(N_("It was not explained to the customer why: “{ground}”."), ground=event.ground)


@validator("training.thankful-devoted", "training.observe-and-anticipate", on=(ev.GoodDeedNoted, ev.IncidentNoted))
def register_says_something(event: Register, _row: object, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Doc4 par. 3, 8: a line names a colleague and what happened; an incident that lifts a duty is told by another."""
    people = facts.people
    what = event.what if isinstance(event, ev.GoodDeedNoted) else event.gist
    if not what.strip():
        yield reject(N_("Say what happened."), N_("A few words are enough."))
    if not people.knows(event.staff):
        yield reject(N_("{staff} is nobody at this outlet."), N_("The people: branchops staff list"), staff=event.staff)
        return
    record = facts.record
    assert record is not None
    own = people.knows(record.actor) and people.same_person(record.actor, event.staff)
    if own and isinstance(event, ev.IncidentNoted) and event.complaint:
        yield forbid(N_("Who was there cannot lift their own reflection."), N_("A colleague or the head records it."))
    elif own and isinstance(event, ev.GoodDeedNoted):
        yield forbid(N_("Good deeds are noted by others."), N_("Ask a colleague to note it."))


@validator("training.care-for-tellers", on=ev.CareGiven)
def care_is_for_a_colleague(_event: ev.CareGiven, _row: object, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Doc4 par. 7: care is somebody's for somebody; whom it was for is sealed and only counted."""
    record = facts.record
    assert record is not None
    if record.stream != "care":
        yield reject(N_("Care is kept in its own register."), N_("branchops training care add"))


@validator("training.leave-own-mood-outside", on=ev.CheckedIn)
def check_in_is_ones_own(_event: ev.CheckedIn, _row: object, facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """Doc4 par. 7: nobody notes another's mood, and nobody must note their own."""
    record = facts.record
    assert record is not None
    if not policy.get("training.checkin.enabled", False):
        yield reject(
            N_("Self check-in is not switched on here."),
            N_("branchops policy set training.checkin.enabled yes --reason R"),
        )
    if record.stream != f"checkin-{record.actor}":
        yield forbid(N_("A check-in is one's own."), N_("Act as yourself: --as {staff}"), staff=record.actor)

"""How inspections are judged: by somebody else than who is responsible, row by row, each answer with what it needs."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Ask, Facts, Policy, Verdict, breach, reject, validator
from branchops.plugins.hygiene.events import inspections as ev
from branchops.plugins.hygiene.rules.daily import clean_stream
from branchops.plugins.hygiene.views.inspection import Inspection, SpotPlan
from branchops.plugins.hygiene.views.zones import Zone

ZONE = {"zone": Ask("hygiene.zone", lambda event, _state: f"zone-{event.zone}")}


@validator("hygiene.random-spot-checks", on=ev.Inspected, asks=ZONE)
def not_ones_own(event: ev.Inspected, _state: Inspection | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Doc2 I, VIII: nobody inspects an own desk or zone, under whichever id."""
    people = facts.people
    zone: Zone | None = facts["zone"]
    day = facts.calendar.day_of(facts.record.occurred_at if facts.record else facts.now)
    owners = {*event.owners, *(zone.people(day) if zone else ())}
    if not people.knows(event.inspector):
        yield reject(
            N_("“{who}” is nobody on the staff book."), N_("The list: branchops staff list"), who=event.inspector
        )
    elif any(people.knows(who) and people.same_person(who, event.inspector) for who in owners):
        yield reject(
            N_("{inspector} is responsible for {zone} and cannot inspect it."), N_("Somebody else inspects it."),
            inspector=event.inspector, zone=event.zone,
        )  # fmt: skip


@validator("hygiene.random-spot-checks", on=ev.Inspected, asks={
    "plan": Ask("hygiene.spot-plan", lambda event, _state: event.plan or None)
})  # fmt: skip
def of_a_plan(event: ev.Inspected, _state: Inspection | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Doc2 VIII: a spot check belongs to a plan of its zone, and is never announced."""
    plan: SpotPlan | None = facts["plan"]
    if not event.plan:
        return
    if plan is None or event.zone not in plan.zones:
        yield reject(
            N_("{plan} is no plan for {zone}."),
            N_("See: branchops hygiene spotcheck list"),
            plan=event.plan,
            zone=event.zone,
        )
    if event.announced:
        yield reject(N_("An announced inspection is no spot check."), N_("Leave out --announced or --plan."))


@validator(on=ev.Inspected)
def answers_are_whole(
    event: ev.Inspected, _state: Inspection | None, _facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Each row is answered once; not-applicable says why; a judgement that fails says what was seen."""
    codes = [one.code for one in event.results]
    if not codes or len(set(codes)) < len(codes):
        yield reject(
            N_("Each row is answered once, and one at least."), N_("Write --item CODE=pass, fail or na:REASON.")
        )
    for one in event.results:
        if one.got and (one.answer != "scored" or not 0 <= one.got <= one.points):
            yield reject(
                N_("{code} has {points} points at most."),
                N_("Write --item {code}=1/2."),
                code=one.code,
                points=one.points,
            )
        if one.answer == "na" and not one.reason.strip():
            yield reject(
                N_("{code}: not applicable needs a reason."), N_("Write --item {code}=na:vacant"), code=one.code
            )
        if one.answer == "fail" and one.note_on_fail and not one.note.strip():
            yield reject(
                N_("{code} is a judgement: a fail needs a note."),
                N_("Write --item {code}=fail:what you saw"),
                code=one.code,
            )
        if bool(one.photo) != bool(one.sha256):
            yield reject(
                N_("{code}: a photo is kept by path and digest."), N_("Use --photo {code}=FILE"), code=one.code
            )


@validator(
    "hygiene.personal-area-daily",
    on=ev.Inspected,
    asks={"day": Ask("hygiene.clean-day", lambda event, _state: clean_stream(event.day))},
)
def tick_against_evidence(
    event: ev.Inspected, _state: Inspection | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Doc3 II: a tick is a claim, an inspection evidence; contradicting, both are kept and it is told."""
    at = facts.record.occurred_at if facts.record else facts.now
    if event.day != facts.calendar.day_of(at):
        yield reject(
            N_("The inspection was on {day}."), N_("Leave the day to the command."), day=facts.calendar.day_of(at)
        )
    if facts["day"] is None or not any(one.answer == "fail" for one in event.results):
        return
    for who in event.owners:
        tick = facts["day"].tick("personal-area", who) or facts["day"].tick("tidy", who)
        if tick is not None and tick.at <= at:
            yield breach(N_("{who} had ticked the area as clean; the inspection found otherwise."), who=who)


@validator(on=ev.ActionDone)
def of_a_fail(event: ev.ActionDone, state: Inspection | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Only what failed is put right, once, and verified by somebody else."""
    if state is None or event.code not in {one.code for one in state.failed} or event.code in state.fixed:
        yield reject(
            N_("{code} is nothing to be put right here."), N_("See: branchops hygiene action list"), code=event.code
        )
    known = facts.people.knows(event.by) and facts.people.knows(event.verified_by)
    if known and facts.people.same_person(event.by, event.verified_by):
        yield reject(N_("Who put it right does not verify it."), N_("Name somebody else with --verified-by."))

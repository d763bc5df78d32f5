"""Daily ticks, rooms after use, materials, and who answers for what is found the next morning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from branchops.api import N_, Ask, Facts, Policy, Verdict, breach, enforces, forbid, reject, validator, warn
from branchops.plugins.hygiene.events import cleaning as ev
from branchops.plugins.hygiene.events.rota import month_stream
from branchops.plugins.hygiene.events.violations import ViolationAdded
from branchops.plugins.hygiene.rules.common import DOC2, DOC3, on
from branchops.plugins.hygiene.views.cleaning import CleanDay, Loan, RoomUse
from branchops.plugins.hygiene.views.rota import Rota
from branchops.plugins.hygiene.views.zones import Zone

STEWARD = "hygiene-steward"
OVERNIGHT = ("rubbish-overnight", "power-left-on")


def own_bins(policy: Policy) -> bool:
    """C3: whether each person empties their own bin."""
    return on(policy, DOC2) and (not on(policy, DOC3) or policy.get("hygiene.bins.mode", "split") in ("split", "each"))


def duty_bins(policy: Policy) -> bool:
    """C3: whether the duty person empties (and answers for) the common bins, or all of them."""
    return on(policy, DOC3) and (not on(policy, DOC2) or policy.get("hygiene.bins.mode", "split") in ("split", "duty"))


def rota_cleans(policy: Policy) -> bool:
    """C4: whether the rota cleans the public areas."""
    return on(policy, DOC3) and (not on(policy, DOC2) or policy.get("hygiene.public.mode", "both") in ("both", "rota"))


@enforces("hygiene.public-area-steward")
def steward_supervises(policy: Policy) -> bool:
    """C4: whether the steward (the administrative assistant's role) supervises the public areas every day."""
    return on(policy, DOC2) and (
        not on(policy, DOC3) or policy.get("hygiene.public.mode", "both") in ("both", "cleaners")
    )


def clean_stream(day: date) -> str:
    """The stream of a business day's ticks."""
    return f"clean-{day.isoformat()}"


def responsible(
    kind: str, day: date, rota: Rota | None, clean: CleanDay | None, zone: Zone | None, policy: Policy
) -> str:
    """Who of that business day answers for what the next morning finds: "" when nobody is known.

    Power left on: who signed as the last one out, else that day's duty person. Rubbish: the owner of a personal zone
    where each empties an own bin, else that day's duty person; nobody of the staff where a cleaner comes at night.
    """
    slot = rota.slot(day) if rota is not None else None
    due = slot.who if slot is not None else ""
    if kind == "power-left-on":
        tick = clean.tick("last-out") if clean is not None else None
        return tick.by if tick is not None else due
    if policy.get("hygiene.night-cleaner", False):
        return ""
    if zone is not None and zone.kind == "personal" and own_bins(policy):
        people = zone.people(day)
        return people[0] if len(people) == 1 else ""
    return due


@validator(
    "hygiene.no-rubbish-overnight",
    "hygiene.power-off-on-leaving",
    on=ViolationAdded,
    asks={
        "rota": Ask("hygiene.rota", lambda event, _: month_stream(event.day) if event.day else None),
        "clean": Ask("hygiene.clean-day", lambda event, _: clean_stream(event.day) if event.day else None),
        "zone": Ask("hygiene.zone", lambda event, _: f"zone-{event.zone}" if event.zone else None),
    },
)
def the_right_one_answers(event: ViolationAdded, _state: object, facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """Doc2 IV, Doc3 3.9: what is found at opening goes to the previous business day's person, not to today's."""
    if event.kind not in OVERNIGHT or facts.record is None:
        return
    rule = "hygiene.power-off-on-leaving" if event.kind == "power-left-on" else "hygiene.no-rubbish-overnight"
    for verdict in _answers(event, facts, policy):
        yield msgspec.structs.replace(verdict, rule=rule)


def _answers(event: ViolationAdded, facts: Facts, policy: Policy) -> Iterator[Verdict]:
    assert facts.record is not None
    found_on = facts.calendar.day_of(facts.record.occurred_at)
    before = facts.calendar.previous_business_day(found_on)
    if event.day != before:
        yield reject(
            N_("What was found on {found} answers for {before}, the business day before."),
            N_("Leave out --for, or name the day of the find with --at."),
            found=found_on,
            before=before,
        )
        return
    right = responsible(event.kind, before, facts["rota"], facts["clean"], facts["zone"], policy)
    if event.offender == "staff" and (not right or facts.people.person(right) != event.person):
        yield reject(
            N_("On {day} it was {right}, not {who}."),
            N_("Leave out --who: the responsible person of that day is found for you."),
            day=before,
            right=right or "-",
            who=event.who,
        )
    if event.kind == "power-left-on" and on(policy, DOC3):
        yield breach(N_("The power was left on over the night of {day}."), day=before)


# --- ticks


@validator("hygiene.power-off-on-leaving", on=ev.TaskDone)
def only_excluded_circuits_stay_on(
    event: ev.TaskDone, _state: CleanDay | None, _facts: Facts, policy: Policy
) -> Iterator[Verdict]:
    """Doc3 3.9: everything is off but the circuits of the exclusion list (alarm, cameras, servers, batteries)."""
    if event.task not in ("power", "last-out") or not on(policy, DOC3):
        return
    excluded = policy.get("hygiene.power.exclude", ())
    wrong = [name for name in event.left_on if name not in excluded]
    if wrong:
        yield breach(N_("Left on without being on the exclusion list: {names}."), names=", ".join(wrong))


@validator("hygiene.public-area-steward", on=ev.TaskDone)
def the_steward_supervises(
    event: ev.TaskDone, _state: CleanDay | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Doc2 VII: supervising the public areas is the steward's, on the day."""
    if event.task != "supervise" or not facts.people.knows(event.by):
        return
    if not facts.people.holds(event.by, STEWARD, event.day):
        holders = ", ".join(facts.people.holders(STEWARD, event.day)) or "-"
        yield forbid(
            N_("{by} is not the hygiene steward on {day}."), N_("It is: {holders}"),
            by=event.by, day=event.day, holders=holders,
        )  # fmt: skip


@validator(on=ev.TaskDone)
def a_tick_of_a_day(event: ev.TaskDone, state: CleanDay | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """A tick is about a business day that has come, about and by people of the staff book, once."""
    if event.day > facts.calendar.day_of(facts.now):
        yield reject(N_("{day} has not come yet."), N_("Tick what is done."), day=event.day)
    elif not facts.calendar.is_business_day(event.day):
        yield warn(N_("{day} is no business day."), day=event.day)
    elif event.day < facts.calendar.day_of(facts.now):
        yield warn(N_("Ticked after {day}: it stays late."), day=event.day)
    for who in (event.who, event.by):
        if who and not facts.people.knows(who):
            yield reject(N_("“{who}” is nobody on the staff book."), N_("The list: branchops staff list"), who=who)
    if state is not None and state.tick(event.task, event.who) is not None:
        yield reject(
            N_("That is ticked for {day} already ({task}, {who})."), N_("See: branchops hygiene round --show"),
            day=event.day, task=event.task, who=event.who or "-",
        )  # fmt: skip


# --- rooms and materials


@validator("hygiene.meeting-room-after-use", on=ev.RoomCleaned)
def cleaned_once(event: ev.RoomCleaned, state: RoomUse | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Doc2 VII.3: a use is closed by one cleaning, not before it ended."""
    if state is None or not state.open:
        yield reject(N_("That use of the room is closed already."), N_("See: branchops hygiene room list"))
    elif facts.record is not None and facts.record.occurred_at < state.used_at:
        yield reject(
            N_("It was used at {used} only."), N_("Give the time of the cleaning with --at."), used=state.used_at
        )
    if not facts.people.knows(event.by):
        yield reject(N_("“{who}” is nobody on the staff book."), N_("The list: branchops staff list"), who=event.by)


@validator("hygiene.materials-returned", on=ev.MaterialReturned)
def returned_once(_event: ev.MaterialReturned, state: Loan | None, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Doc2 V: what is out comes back once."""
    if state is None or not state.open:
        yield reject(N_("That is back already."), N_("See what is out: branchops hygiene borrow --list"))

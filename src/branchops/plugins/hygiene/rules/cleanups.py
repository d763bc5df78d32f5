"""Big clean-ups: the schedule by the branch's choices, and what a record of one must say.

Invariant: the schedule is a pure function of period, policy and calendar; every date that was planned stays visible
with the reason why it was kept, moved or dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from branchops.api import (
    N_,
    Ask,
    Calendar,
    Facts,
    Occurrence,
    Policy,
    Verdict,
    big_clean_dates,
    breach,
    enforces,
    reject,
    validator,
    warn,
)
from branchops.plugins.hygiene.events import cleaning as ev
from branchops.plugins.hygiene.rules.common import DOC3, on
from branchops.plugins.hygiene.views.cleaning import CleanUp

TWICE = 2


@enforces("hygiene.periodic-big-clean", "hygiene.big-clean-twice-monthly", "hygiene.big-clean-odd-saturday-pm")
def clean_ups(period: str, policy: Policy, calendar: Calendar) -> list[Occurrence]:
    """The big clean-ups of a period by the branch's rule: odd ISO Saturdays, 14 days from an anchor, nth Saturdays.

    Document 2 alone asks for regular ones without an interval, so the same schedule serves both packs.
    """
    rule: Any = policy.get("hygiene.bigclean.rule", "odd-iso-saturday")
    anchor = policy.get("hygiene.bigclean.anchor")
    if rule == "odd-iso-saturday" and policy.get("calendar.week_parity", "iso") == "anchor":
        rule = "anchor-date"
    if rule == "anchor-date" and anchor is None:
        rule = "odd-iso-saturday"
    nth = tuple(int(one) for one in policy.get("hygiene.bigclean.nth", ("1", "3")) if one.isdigit())
    holiday: Any = policy.get("hygiene.bigclean.holiday", "skip")
    return big_clean_dates(period, rule, calendar, anchor=anchor, nth=nth or (1, 3), holiday=holiday)


def between(first: date, last: date, policy: Policy, calendar: Calendar) -> list[Occurrence]:
    """The clean-ups kept whose date lies from `first` to `last`, both included, also those moved there from before."""
    span = (last - first).days + 63
    months = {f"{first:%Y-%m}", *(f"{last - timedelta(days=back):%Y-%m}" for back in range(0, span, 7))}
    found = [one for month in sorted(months) for one in clean_ups(month, policy, calendar)]
    return [one for one in found if one.kept and first <= one.date <= last]


def stream_of(planned: date) -> str:
    """The stream of a clean-up, by its planned date."""
    return f"bigclean-{planned.isoformat()}"


@validator("hygiene.big-clean-odd-saturday-pm", on=ev.CleanUpHeld)
def held_as_planned(event: ev.CleanUpHeld, _state: CleanUp | None, facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """Doc3 II: on its Saturday afternoon at the hour that was set; another day or an hour before noon is a breach."""
    today = facts.calendar.day_of(facts.now)
    if event.held > today:
        yield reject(N_("{held} has not come yet."), N_("Record a clean-up when it has taken place."), held=event.held)
        return
    planned = {one.original_date: one for one in clean_ups(f"{event.planned:%Y-%m}", policy, facts.calendar)}
    one = planned.get(event.planned)
    if one is None:
        yield warn(N_("{planned} is no date of the schedule: recorded as an extra clean-up."), planned=event.planned)
    elif event.held != one.date:
        yield breach(N_("The clean-up of {date} was held on {held}."), date=one.date, held=event.held)
    if not on(policy, DOC3):
        return
    if policy.get("hygiene.bigclean.time") is None:
        yield warn(
            N_("The hour of the big clean-up is not set."),
            N_("branchops policy set hygiene.bigclean.time HH:MM --reason R"),
        )
    if event.start is not None and event.start.hour < 12:
        yield breach(N_("The clean-up began at {start}; it belongs to the afternoon."), start=f"{event.start:%H:%M}")


@validator(
    "hygiene.big-clean-twice-monthly",
    on=ev.CleanUpHeld,
    asks={"zones": Ask("hygiene.zone", lambda _event, _state: {"active": True}, many=True)},
)
def everybody_everywhere(
    event: ev.CleanUpHeld, state: CleanUp | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Doc3 II: all staff, all areas. Who is not mentioned is unrecorded; an area not mentioned was not cleaned."""
    unknown = [one.who for one in event.attendance if not facts.people.knows(one.who)]
    if unknown:
        yield reject(
            N_("“{who}” is nobody on the staff book."), N_("The list: branchops staff list"), who=", ".join(unknown)
        )
    unexcused = [one.who for one in event.attendance if one.presence == "excused" and not one.reason.strip()]
    if unexcused:
        yield reject(
            N_("An excuse needs its reason ({who})."), N_("Write --excused ID=REASON."), who=", ".join(unexcused)
        )
    absent = [one.who for one in event.attendance if one.presence == "absent"]
    if absent:
        yield breach(N_("Absent from the big clean-up without excuse: {who}."), who=", ".join(absent))
    done = {*event.zones, *(state.zones if state else ())}
    left = sorted(zone.code for zone in facts["zones"] if zone.there(event.held) and zone.code not in done)
    if left and "all" not in done:
        yield warn(N_("Areas not cleaned yet: {zones}."), zones=", ".join(left))


@validator("hygiene.big-clean-twice-monthly", on=ev.AttendanceCorrected)
def correction_of_a_clean_up(
    event: ev.AttendanceCorrected, state: CleanUp | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Presence is set right for people of the staff book, an excuse with its reason."""
    if state is None or not facts.people.knows(event.who):
        yield reject(N_("“{who}” is nobody on the staff book."), N_("The list: branchops staff list"), who=event.who)
    if event.presence == "excused" and not event.reason.strip():
        yield reject(N_("An excuse needs its reason ({who})."), N_("Write --excused ID=REASON."), who=event.who)


def planned_for(day: date, policy: Policy, calendar: Calendar) -> date:
    """The planned date of the clean-up that a day names: its own, or that of the one moved to this day."""
    moved = [one for one in between(day, day, policy, calendar) if one.date == day]
    return moved[0].original_date if moved else day

"""Duties of schedules: big clean-ups to be recorded, a least number of spot checks a month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from branchops.api import N_, Ask, Duty, Facts, duty
from branchops.plugins.hygiene.duties.shared import ASKS, counted, of_day
from branchops.plugins.hygiene.events.violations import ADMIN
from branchops.plugins.hygiene.rules.cleanups import between, stream_of
from branchops.plugins.hygiene.rules.common import DOC2, packs
from branchops.plugins.hygiene.views.cleaning import CleanUp
from branchops.plugins.hygiene.views.inspection import Inspection

CLEAN_UPS = {**ASKS, "held": Ask("hygiene.clean-up", lambda _day, _: {}, many=True)}
LOOKS = {**ASKS, "looks": Ask("hygiene.inspection", lambda _day, _: {"announced": False}, many=True)}


@duty(
    "hygiene.big-clean-twice-monthly",
    "hygiene.big-clean-odd-saturday-pm",
    "hygiene.periodic-big-clean",
    daily=True,
    asks=CLEAN_UPS,
)
def big_clean_recorded(day: date, facts: Facts) -> Iterator[Duty]:
    """Doc2 VII.2, Doc3 II: a clean-up that was due since the last business day is recorded by close of this one."""
    policy = facts.policy_at(facts.calendar.open_of(day))
    if not packs(policy) or not facts["zones"] or not facts.calendar.is_business_day(day):
        return
    held: dict[str, CleanUp] = {row.id: row for row in facts["held"]}
    after = facts.calendar.previous_business_day(day) + timedelta(days=1)
    drawn = min(zone.since for zone in facts["zones"])
    for one in between(after, day, policy, facts.calendar):
        if one.date < drawn:
            continue
        row = held.get(stream_of(one.original_date))
        met = counted(row.at, row.recorded, facts.calendar) if row is not None else None
        title = N_("Record the big clean-up of {date}")
        if policy.get("hygiene.bigclean.time") is None:
            title = N_("Record the big clean-up of {date} (hour not set)")
        made = of_day(
            facts, day, "hygiene.big-clean-twice-monthly", title, facts.calendar.close_of(day),
            role=ADMIN, subject=one.date.isoformat(), met=met,
        )  # fmt: skip
        yield msgspec.structs.replace(made, args={"date": f"{one.date}"})


@duty("hygiene.random-spot-checks", daily=True, asks=LOOKS)
def enough_spot_checks(day: date, facts: Facts) -> Iterator[Duty]:
    """Doc2 VIII: by the last business day of a month there were so many unannounced looks. Tells no when, no where."""
    policy = facts.policy_at(facts.calendar.open_of(day))
    wanted: int = policy.get("hygiene.spotcheck.per-month", 2)
    if DOC2 not in packs(policy) or not facts["zones"] or not wanted:
        return
    if not facts.calendar.is_business_day(day) or facts.calendar.next_business_day(day).month == day.month:
        return
    looks: tuple[Inspection, ...] = facts["looks"]
    local = facts.calendar.day_of
    moments = sorted(
        counted(look.at, look.recorded, facts.calendar)
        for look in looks
        if (local(look.at).year, local(look.at).month) == (day.year, day.month)
    )
    met = moments[wanted - 1] if len(moments) >= wanted else None
    made = of_day(
        facts, day, "hygiene.random-spot-checks", N_("Unannounced checks this month: {done} of {wanted}"),
        facts.calendar.close_of(day), role=ADMIN, met=met,
    )  # fmt: skip
    args = {"done": str(len(moments)), "wanted": str(wanted)}
    yield msgspec.structs.replace(made, args=args)

"""Spot checks: plans without their secrets, the proof of a revealed one, coverage and how predictable they were."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from branchops.api import Column, Page, Reading, Table, _
from branchops.plugins.hygiene.reports.inspections import looks
from branchops.plugins.hygiene.rules.spotting import Check, commitment, draw
from branchops.plugins.hygiene.views.inspection import Inspection, SpotPlan

FEW = 8


def plans_table(reading: Reading) -> Table:
    """The plans: what is in the open."""
    columns = (
        Column("id", _("Id")),
        Column("first", _("From"), kind="date"),
        Column("last", _("To"), kind="date"),
        Column("checks", _("Checks"), kind="number"),
        Column("done", _("Done"), kind="number"),
        Column("commitment", _("Commitment (SHA-256)"), shown=False),
        Column("hash", _("Commitment (beginning)")),
        Column("revealed", _("Revealed"), kind="bool"),
    )
    rows = [
        {
            "id": plan.id,
            "first": min(plan.days),
            "last": max(plan.days),
            "checks": plan.checks,
            "done": sum(1 for _row in reading.rows("hygiene.inspection", {"plan": plan.id})),
            "commitment": plan.commitment,
            "hash": plan.commitment[:16],
            "revealed": bool(plan.revealed),
        }
        for plan in reading.rows("hygiene.spot-plan", order="id")
    ]
    return Table(columns, rows, title=_("Spot check plans"), key="plans")


def _checks(checks: Iterable[Check], done: Iterable[Inspection], reading: Reading) -> Table:
    columns = (
        Column("day", _("Day"), kind="date"),
        Column("at", _("Time of day")),
        Column("zone", _("Zone")),
        Column("inspection", _("Inspection")),
    )
    left = list(done)
    rows = []
    for check in checks:
        found = next((row for row in left if row.zone == check.zone and reading.day_of(row.at) == check.day), None)
        if found is not None:
            left.remove(found)
        rows.append(
            {"day": check.day, "at": f"{check.at:%H:%M}", "zone": check.zone, "inspection": found.id if found else ""}
        )
    return Table(columns, rows, title=_("Checks"), key="checks")


def drawn_table(reading: Reading, plan: SpotPlan) -> Table:
    """The checks of a plan, for eyes that may see them: `reading` reveals."""
    seed = plan.revealed or reading.clear(plan.seed)
    return _checks(draw(plan, seed), reading.rows("hygiene.inspection", {"plan": plan.id}), reading)


def plan_page(plan: SpotPlan, reading: Reading) -> Page:
    """A plan; once revealed with its checks and whether seed, commitment and draw agree."""
    facts: dict[str, Any] = {
        "id": plan.id,
        "first": min(plan.days),
        "last": max(plan.days),
        "hours": f"{plan.start:%H:%M}-{plan.end:%H:%M}",
        "zones": list(plan.zones),
        "count": plan.checks,
        "planned_at": plan.planned_at,
        "planner": reading.name(plan.planner),
        "commitment": plan.commitment,
        "seed": plan.revealed or "***",
        "proved": commitment(plan, plan.revealed) == plan.commitment if plan.revealed else None,
    }
    facts = {key: value for key, value in facts.items() if value is not None}
    labels = (
        Column("id", _("Id")),
        Column("hours", _("Hours")),
        Column("zones", _("Zones")),
        Column("planned_at", _("Planned at"), kind="time"),
        Column("planner", _("Planner")),
        Column("seed", _("Seed")),
        Column("first", _("From"), kind="date"),
        Column("last", _("To"), kind="date"),
        Column("count", _("Checks"), kind="number"),
        Column("commitment", _("Commitment (SHA-256)")),
        Column("proved", _("Seed and commitment agree"), kind="bool"),
    )
    done = list(reading.rows("hygiene.inspection", {"plan": plan.id}))
    sections = (_checks(draw(plan, plan.revealed), done, reading),) if plan.revealed else ()
    return Page(_("Spot check plan {id}").format(id=plan.id), facts, sections, labels=labels)


def evenness(counts: Iterable[int]) -> Decimal | None:
    """How evenly something spreads over its possible places: 1 even, 0 always the same; None without data."""
    every = list(counts)
    total = sum(every)
    if len(every) < 2 or not total:
        return None
    entropy = sum(count / total * math.log(total / count) for count in every if count)
    return Decimal(str(entropy / math.log(len(every)))).quantize(Decimal("0.01"), ROUND_HALF_UP)


def predictability(reading: Reading) -> Page:
    """Coverage of the zones by unannounced checks, and whether anybody could have guessed when they come."""
    rows = [row for row in looks(reading) if not row.announced]
    zones = [zone.code for zone in reading.rows("hygiene.zone", {"active": True})]
    local = [row.at.astimezone(reading.tz) for row in rows]
    weekdays = Counter(moment.weekday() for moment in local)
    hours = Counter(moment.hour for moment in local)
    slots = Counter((moment.weekday(), moment.hour) for moment in local)
    covered = {row.zone for row in rows}
    commonest = max(slots.values(), default=0)
    facts: dict[str, Any] = {
        "n": len(rows),
        "zones": len(zones),
        "zones_covered": len(covered & set(zones)),
        "weekday_evenness": evenness([weekdays.get(day, 0) for day in range(5)]),
        "hour_evenness": evenness([hours.get(hour, 0) for hour in range(9, 17)]),
        "commonest_slot_share": _share(commonest, len(rows)),
        "verdict": _verdict(len(rows), commonest),
    }
    labels = (
        Column("n", _("Unannounced checks"), kind="number"),
        Column("zones", _("Zones"), kind="number"),
        Column("zones_covered", _("Zones looked at"), kind="number"),
        Column("weekday_evenness", _("Spread over weekdays (0-1)"), kind="number"),
        Column("hour_evenness", _("Spread over hours 9-17 (0-1)"), kind="number"),
        Column("commonest_slot_share", _("Share of the commonest hour of the week"), kind="number"),
        Column("verdict", _("Verdict")),
    )
    return Page(
        _("Spot checks: coverage and predictability"), facts, (_zone_counts(zones, rows, reading),), labels=labels
    )


def _share(part: int, n: int) -> Decimal | None:
    return (Decimal(part) / n).quantize(Decimal("0.01"), ROUND_HALF_UP) if n else None


def _verdict(n: int, commonest: int) -> str:
    if not n:
        return _("No data.")
    if n < FEW:
        return _("Few checks ({n}): no word on predictability.").format(n=n)
    if commonest * 2 >= n:
        return _("Predictable: half of the checks or more come in one hour of the week.")
    return _("No hour of the week stands out.")


def _zone_counts(zones: list[str], rows: list[Inspection], reading: Reading) -> Table:
    columns = (
        Column("zone", _("Zone")),
        Column("n", "n", kind="number"),
        Column("last", _("Last looked at"), kind="date"),
        Column("days", _("Days since"), kind="number"),
    )
    lines = []
    for zone in zones:
        own = [reading.day_of(row.at) for row in rows if row.zone == zone]
        last = max(own, default=None)
        lines.append({"zone": zone, "n": len(own), "last": last, "days": (reading.today - last).days if last else None})
    return Table(columns, lines, title=_("Zones"), key="by_zone")

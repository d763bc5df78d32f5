"""Key risk indicators: value, direction, thresholds, age. No data is not low risk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

import msgspec

from branchops.api import Column, NotFound, Reading, Table, _, pick, status
from branchops.plugins.counter.reports.breaches import OWN, breaches_of
from branchops.plugins.counter.reports.registers import seal_counts, user_ids
from branchops.plugins.counter.rules.measure import rate


class Measured(msgspec.Struct, frozen=True):
    """An indicator's value (None: no data) and when its data last moved."""

    value: Decimal | None
    fresh: datetime | None = None


def measured(reading: Reading) -> dict[str, Measured]:
    """The value of every indicator. What is watched by two-person entries is known to be nothing once there are any."""
    seen = max((row.at for row in reading.rows("counter.pair", order="at DESC", limit=1)), default=None)
    seals = seal_counts(reading, "day")
    total, forced = sum(n for n, _hits in seals.values()), sum(hits for _n, hits in seals.values())
    specials = [e for e in reading.events("counter.special-entered") if reading.within(e.occurred_at)]
    broke = breaches_of(reading)
    inspected = [row.done.at for row in reading.rows("counter.inspection") if row.done and reading.within(row.done.at)]
    closed = [row for row in reading.rows("core.day") if row.closed_at and reading.within(row.closed_at)]
    missed = sum(one.rule.startswith(OWN) for row in closed for one in row.missed)
    found = {
        "late-entries": _count(sum(bool(e.meta.breaches) for e in specials), [e.recorded_at for e in specials]),
        "idle-ids": _count(len(list(user_ids(reading).rows)), [row.seen for row in reading.rows("counter.idlist")]),
        "forced-pass": Measured(rate(forced, total), _at(reading, max(seals, default=""))),
        "breaches": _count(len(broke), [row.at for row in broke] or [seen]),
        "missed-duties": _count(missed, [row.closed_at for row in closed]),
        "inspections": _count(len(inspected), inspected or [seen]),
    }
    return found | _cash(reading, seen) | _findings(reading)


def _cash(reading: Reading, seen: datetime | None) -> dict[str, Measured]:
    """Differences of the period, what is open now, bags and incidents."""
    every = list(reading.rows("counter.diff"))
    diffs = [row for row in every if reading.within(row.found.at)]
    fresh = [row.found.at for row in diffs] or [seen]
    amount = sum((abs(row.amount) for row in diffs if row.currency == "CNY"), Decimal(0))
    incidents, bags = list(reading.rows("counter.incident")), list(reading.rows("counter.bag"))
    return {
        "differences": _count(len(diffs), fresh),
        "open-differences": _count(sum(row.open for row in every), [row.found.at for row in every] or [seen]),
        "difference-amount": _count(amount, fresh),
        "unsealed-bags": _count(sum(not row.sealed for row in bags), [row.done.at for row in bags]),
        "incidents": _count(sum(row.open for row in incidents), [row.at for row in incidents] or [seen]),
    }


def _findings(reading: Reading) -> dict[str, Measured]:
    """Findings belong to another plugin: read if it is there, no data if not."""
    try:
        rows = list(reading.rows("improve.finding"))
        series = list(reading.rows("improve.series"))
    except NotFound:
        return {"overdue-findings": Measured(None), "repeat-findings": Measured(None)}
    overdue = {
        duty.subject
        for duty in reading.duties(under="counter.")
        if duty.rule.endswith("rectified-promptly") and status(duty, reading.now) == "overdue"
    }
    repeats = sum(max(0, len(getattr(row, "cases", ())) - 1) for row in series)
    fresh = [at for row in rows if (at := getattr(row, "opened_at", None))]
    return {"overdue-findings": _count(len(overdue), fresh), "repeat-findings": _count(repeats, fresh)}


def _count(n: int | Decimal, moments: Iterable[datetime | None]) -> Measured:
    known = [one for one in moments if one is not None]
    return Measured(Decimal(n) if known else None, max(known, default=None))


def _at(reading: Reading, day: str) -> datetime | None:
    return reading.calendar.close_of(date.fromisoformat(day)) if day else None


def risk_board(reading: Reading) -> Table:
    """III.3: each indicator with direction, thresholds and age. No data is not low risk; stale data is said to be."""
    values = measured(reading)
    stale = reading.policy["counter.risk.stale_days"]
    columns = (
        Column("title", _("Indicator")),
        Column("value", _("Value"), kind="number"),
        Column("direction", _("Better")),
        Column("amber", _("Amber"), kind="number"),
        Column("red", _("Red"), kind="number"),
        Column("state", _("State")),
        Column("fresh", _("Data of"), kind="time"),
        Column("code", _("Code"), shown=False),
        Column("colour", _("State"), shown=False),
        Column("stale", _("Stale"), kind="bool", shown=False),
    )
    rows = []
    for line in reading.pack("counter").data.get("indicator", ()):
        one = values.get(line["code"], Measured(None))
        old = one.fresh is None or reading.now - one.fresh > timedelta(days=stale)
        state = shade(one.value, Decimal(line["amber"]), Decimal(line["red"]), line["direction"])
        told_state = _(state) + (f" ({_('stale')})" if old and one.value is not None else "")
        rows.append(
            {
                "code": line["code"],
                "title": pick(line["en"], line["zh"]),
                "value": one.value,
                "direction": _("lower") if line["direction"] == "down" else _("higher"),
                "amber": Decimal(line["amber"]),
                "red": Decimal(line["red"]),
                "state": told_state,
                "colour": state,
                "fresh": one.fresh,
                "stale": old,
            }
        )
    notes = (
        _("Stale: no fresh data for {days} days. Period: {period}.").format(
            days=stale, period=reading.period or _("all")
        ),
    )
    return Table(columns, rows, title=_("Key risk indicators"), notes=notes)


def shade(value: Decimal | None, amber: Decimal, red: Decimal, direction: str) -> str:
    """`green`, `amber`, `red`, or `no data`. Downwards good: thresholds are reached from below; upwards: undercut."""
    if value is None:
        return "no data"
    if direction == "up":
        return "red" if value < red else "amber" if value < amber else "green"
    return "red" if value >= red else "amber" if value >= amber else "green"

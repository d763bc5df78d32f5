"""Figures computed from the ledger: each with its n and the query it came from, or no figure at all.

Invariant: a metric with nothing to count has no value, never 0 or 100. A plugin that is absent, or whose rows have
changed, leaves its metrics without data and says so; it breaks nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

import msgspec

from branchops.api import BranchOpsError, Column, Reading, Said, Table, _, period_bounds, pick, previous_period, status
from branchops.plugins.improve.reports.findings import repeats_of
from branchops.plugins.improve.reports.queries import bound
from branchops.plugins.improve.reports.words import LIGHTS

TENTH = Decimal("0.1")


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One metric over one period. `value` None means no data; `why` says why, where it is not simply that n is 0."""

    code: str
    title: str
    unit: str
    better: str
    value: Decimal | None
    n: int
    source: str
    why: str = ""
    good: Decimal | None = None
    bad: Decimal | None = None

    @property
    def words(self) -> str:
        """The value with its unit, or “no data”."""
        return _("no data") if self.value is None else f"{self.value}{' ' if self.unit else ''}{self.unit}"

    @property
    def light(self) -> str:
        """good, fair or bad by the metric's thresholds; empty without data or thresholds."""
        if self.value is None or self.good is None or self.bad is None:
            return ""
        if self.better == "up":
            return "good" if self.value >= self.good else "bad" if self.value < self.bad else "fair"
        return "good" if self.value <= self.good else "bad" if self.value > self.bad else "fair"


def metrics(reading: Reading) -> tuple[Mapping[str, Any], ...]:
    """The metrics of the pack, with the bank's overlay."""
    return tuple(reading.pack("improve").data.get("metric", ()))


def figure(reading: Reading, metric: Mapping[str, Any]) -> Figure:
    """One metric over the reading's period."""
    source = f"{metric['view']}: {' '.join(str(metric['sql']).split())}"
    value, n, why = None, 0, ""
    try:
        value, n = _HOW[str(metric["kind"])](reading, metric)
    except BranchOpsError as error:
        why = error.message
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as error:
        why = f"{type(error).__name__}: {error}"
    return Figure(
        code=str(metric["code"]),
        title=pick(str(metric["en"]), str(metric["zh"])),
        unit=str(metric.get("unit", "")),
        better=str(metric.get("better", "up")),
        value=value if n else None,
        n=n,
        source=source,
        why=why,
        good=_threshold(metric, "good"),
        bad=_threshold(metric, "bad"),
    )


def _threshold(metric: Mapping[str, Any], name: str) -> Decimal | None:
    return Decimal(str(metric[name])) if name in metric else None


def percent(part: Any, whole: Any) -> Decimal | None:
    """A percentage with one decimal, or None of nothing."""
    return (Decimal(100) * Decimal(str(part or 0)) / Decimal(str(whole))).quantize(TENTH) if whole else None


def _selected(reading: Reading, metric: Mapping[str, Any]) -> tuple[Any, ...]:
    sql, values = bound(str(metric["sql"]), reading)
    return reading.select(str(metric["view"]), sql, values)[0]


def _share(reading: Reading, metric: Mapping[str, Any]) -> tuple[Decimal | None, int]:
    n, hits = _selected(reading, metric)
    return percent(hits, n), int(n or 0)


def _count(reading: Reading, metric: Mapping[str, Any]) -> tuple[Decimal | None, int]:
    n, value = _selected(reading, metric)
    return Decimal(str(value or 0)), int(n or 0)


def _ratio(reading: Reading, metric: Mapping[str, Any]) -> tuple[Decimal | None, int]:
    n, part, whole = _selected(reading, metric)
    return percent(part, whole), int(n or 0)


def _kept(reading: Reading, metric: Mapping[str, Any]) -> tuple[Decimal | None, int]:
    """The share of duties done in time, of those that are over: done, or past their day."""
    view = str(metric["view"])
    sql, values = bound(str(metric["sql"]), reading)
    states = [
        status(duty, reading.now)
        for row in reading.rows(view, sql=sql, params=values)
        for duty in reading.duties_of(view, row, under=str(metric["rule"]))
        if duty.rule == metric["rule"] and duty.subject == row.id
    ]
    past = [state for state in states if state != "open"]
    return percent(past.count("met"), len(past)), len(past)


def _repeated(reading: Reading, metric: Mapping[str, Any]) -> tuple[Decimal | None, int]:
    view = str(metric["view"])
    sql, values = bound(str(metric["sql"]), reading)
    found = [bool(repeats_of(reading, row)) for row in reading.rows(view, sql=sql, params=values)]
    return percent(sum(found), len(found)), len(found)


_HOW = {"share": _share, "count": _count, "ratio": _ratio, "duty": _kept, "repeats": _repeated}


def all_figures(reading: Reading) -> list[Figure]:
    """All metrics over the reading's period."""
    return [figure(reading, metric) for metric in metrics(reading)]


def back(reading: Reading, steps: int) -> list[Reading]:
    """The reading's period and those before it, oldest first: days for a day, else periods of its kind."""
    if not reading.period:
        days = [reading.last - timedelta(days=step) for step in range(steps)]
        return [reading.over(day, day, day.isoformat()) for day in reversed(days)]
    names = [reading.period]
    while len(names) < steps:
        names.append(previous_period(names[-1]))
    return [reading.over(*period_bounds(name), name) for name in reversed(names)]


def indicators(reading: Reading) -> Table:
    """All metrics with value, n, thresholds and source."""
    columns = (
        Column("code", _("Code"), shown=False),
        Column("title", _("Indicator")),
        Column("shown", _("Value"), align="right"),
        Column("n", _("n"), kind="number"),
        Column("value", _("Value"), kind="number", shown=False),
        Column("unit", _("Unit"), shown=False),
        Column("light", _("Light")),
        Column("why", _("Why no data")),
        Column("source", _("Source"), shown=False),
    )
    return Table(columns, figure_rows(all_figures(reading)), title=_("Indicators"))


def figure_rows(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """Figures as rows."""
    return [
        {
            "code": one.code,
            "title": one.title,
            "shown": one.words,
            "n": one.n,
            "value": one.value,
            "unit": one.unit,
            "light": Said(one.light, _(LIGHTS[one.light]) if one.light else ""),
            "why": one.why,
            "source": one.source,
        }
        for one in figures
    ]

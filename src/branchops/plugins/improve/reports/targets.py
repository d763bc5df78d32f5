"""A target as people write it on the command line: `metric=complaints.on-time,goal=95,due=2027-03-31,owner=li`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from branchops.api import Reading, UsageError, _, pick
from branchops.plugins.improve.events import Target
from branchops.plugins.improve.reports.figures import figure, metrics

FIELDS = ("metric", "goal", "due", "owner", "title", "unit", "baseline", "direction", "observable", "code")
NEEDED = ("metric", "goal", "due", "owner")


def fields_of(text: str) -> dict[str, str]:
    """The `name=value` pairs of a text, commas between them. UsageError names what is wrong or missing."""
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    found = {name.strip(): value.strip() for name, sign, value in pairs if sign}
    strange = [name.strip() for name, sign, _value in pairs if not sign or name.strip() not in FIELDS]
    missing = [name for name in NEEDED if not found.get(name)]
    if strange or missing:
        said = _("A target does not know: {names}.") if strange else _("A target needs: {names}.")
        raise UsageError(
            said.format(names=", ".join(strange or missing)),
            _("Write metric=...,goal=95,due=2027-03-31,owner=li and, if need be: {names}").format(
                names=", ".join(FIELDS[4:])
            ),
        )
    return found


def target_of(
    text: str,
    reading: Reading,
    span: tuple[date, date],
    number: Callable[[str, str], Decimal],
    day: Callable[[str], date],
) -> Target:
    """The target a text means. Without a baseline, the metric's value over as long a span before is taken."""
    told = fields_of(text)
    metric = next((row for row in metrics(reading) if row["code"] == told["metric"]), None)
    title = told.get("title") or (pick(str(metric["en"]), str(metric["zh"])) if metric else told["metric"])
    baseline: Any = number(told["baseline"], "baseline") if told.get("baseline") else None
    if baseline is None and metric is not None:
        first, last = span
        before = reading.over(first - (last - first) - timedelta(days=1), min(first, reading.today) - timedelta(days=1))
        baseline = figure(before, metric).value
    return Target(
        code=told.get("code", "").upper(),
        metric=told["metric"],
        title=title,
        goal=number(told["goal"], "goal"),
        unit=told.get("unit") or str(metric.get("unit") or "n") if metric else told.get("unit", ""),
        due=day(told["due"]),
        owner=reading.people.resolve(told["owner"]),
        baseline=baseline,
        direction=told.get("direction") or str(metric.get("better", "up") if metric else "up"),
        observable=told.get("observable", ""),
    )

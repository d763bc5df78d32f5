"""What comes back: the repeat rate, and how each rule fares."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from branchops.api import Column, Reading, Table, _
from branchops.plugins.improve.reports.findings import came_back, repeats_of, window
from branchops.plugins.improve.reports.queries import IN_PERIOD, rows
from branchops.plugins.improve.reports.words import rule_title, what
from branchops.plugins.improve.views import Finding


def share(part: int, whole: int) -> str:
    """A percentage with its n, or “no data”."""
    if not whole:
        return _("no data")
    return f"{(Decimal(100 * part) / whole).quantize(Decimal('0.1'))} % (n = {whole})"


def of_period(reading: Reading) -> list[Finding]:
    """The findings opened in the period."""
    return list(rows(reading, "improve.finding", IN_PERIOD, order="opened_at, id"))


def repeat_rate(reading: Reading) -> Table:
    """Findings of the period that repeat an earlier one, and how many of all that is."""
    found = of_period(reading)
    ruled = [row for row in found if row.rule]
    lines = [(row, earlier) for row in ruled if (earlier := repeats_of(reading, row))]
    columns = (
        Column("id", _("Id")),
        Column("opened", _("Opened"), kind="date"),
        Column("what", _("Finding")),
        Column("rule", _("Rule"), shown=False),
        Column("unit", _("Unit")),
        Column("about", _("Staff concerned")),
        Column("earlier", _("Repeats")),
        Column("times", _("Times"), kind="number"),
    )
    table = [
        {
            "id": row.id,
            "opened": reading.day_of(row.opened_at),
            "what": what(reading, row),
            "rule": row.rule,
            "unit": row.unit,
            "about": list(row.about),
            "earlier": list(earlier),
            "times": len(earlier) + 1,
        }
        for row, earlier in lines
    ]
    notes = (
        _("Repeat rate: {share}; findings of the same rule, cause and unit within {days} days.").format(
            share=share(len(lines), len(ruled)), days=window(reading)
        ),
        _("Findings without a rule, not counted: {n}.").format(n=len(found) - len(ruled)),
        _("Policy version {version}.").format(version=reading.policy.version),
    )
    return Table(columns, table, title=_("Repeat findings"), notes=notes)


def by_rule(reading: Reading) -> Table:
    """How each rule fares: found, still open, overdue, put right in time, repeats, came back after closing."""
    groups: dict[str, list[Finding]] = {}
    for row in of_period(reading):
        groups.setdefault(row.rule, []).append(row)
    columns = (
        Column("rule", _("Rule"), shown=False),
        Column("title", _("Rule")),
        Column("found", _("Found"), kind="number"),
        Column("open", _("Open"), kind="number"),
        Column("overdue", _("Overdue"), kind="number"),
        Column("on_time", _("In time")),
        Column("repeats", _("Repeats"), kind="number"),
        Column("ineffective", _("Came back"), kind="number"),
    )
    lines = [_rule_line(reading, rule, found) for rule, found in groups.items()]
    lines.sort(key=lambda line: (-line["found"], line["rule"]))
    notes = (_("Findings opened in the period: {n}.").format(n=sum(line["found"] for line in lines)),)
    return Table(columns, lines, title=_("Findings by rule"), notes=notes)


def _rule_line(reading: Reading, rule: str, found: list[Finding]) -> dict[str, Any]:
    fixed = [row for row in found if row.fix is not None and row.due is not None]
    in_time = sum(1 for row in fixed if row.fix and row.due and reading.day_of(row.fix.recorded) <= row.due)
    return {
        "rule": rule,
        "title": rule_title(reading, rule) if rule else _("(no rule)"),
        "found": len(found),
        "open": sum(row.open for row in found),
        "overdue": sum(1 for row in found if is_overdue(reading, row)),
        "on_time": share(in_time, len(fixed)),
        "repeats": sum(1 for row in found if repeats_of(reading, row)),
        "ineffective": sum(1 for row in found if came_back(reading, row)),
    }


def is_overdue(reading: Reading, row: Finding) -> bool:
    """Whether a finding should have been put right by now and is not."""
    return row.open and row.fix is None and row.due is not None and row.due < reading.today

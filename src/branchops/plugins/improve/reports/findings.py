"""Findings as lists, registers, notices, and one of them as it stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from branchops.api import Column, Page, PrintedRegister, Reading, Said, Table, _, owed_by, state_title, status
from branchops.plugins.improve.reports.queries import IN_PERIOD, rows
from branchops.plugins.improve.reports.words import ORIGINS, SEVERITY, STATUS, outlet_line, rule_title, what
from branchops.plugins.improve.views import Finding, Series
from branchops.plugins.improve.views.series import recurred, repeats


def window(reading: Reading) -> int:
    """Within how many days the same problem again is a repeat."""
    return int(reading.policy.get("improve.repeat.window", 365))


def repeats_of(reading: Reading, row: Finding) -> tuple[str, ...]:
    """The earlier findings that this one repeats."""
    series: Series | None = reading.row("improve.series", row.series) if row.series else None
    told = (row.reopens,) if row.reopens else ()
    return tuple(dict.fromkeys((*repeats(series, row.id, window(reading)), *told)))


def came_back(reading: Reading, row: Finding) -> tuple[str, ...]:
    """The later findings by which this closed one has come back: its measure did not hold."""
    if row.open:
        return ()
    series: Series | None = reading.row("improve.series", row.series) if row.series else None
    told = (again.id for again in reading.rows("improve.finding", {"reopens": row.id}))
    return tuple(sorted({*recurred(series, row.id, window(reading)), *told}))


def state_of(reading: Reading, row: Finding) -> str:
    """Where a finding stands, with the word for lateness where it is late."""
    late = row.open and row.fix is None and row.due is not None and row.due < reading.today
    return f"{_(STATUS[row.status])}, {_('overdue')}" if late else _(STATUS[row.status])


def listed(reading: Reading, rows: Iterable[Finding], title: str = "") -> Table:
    """Findings as a table."""
    columns = (
        Column("id", _("Id")),
        Column("opened_at", _("Opened"), kind="time", shown=False),
        Column("what", _("Finding")),
        Column("severity", _("Severity"), shown=False),
        Column("grade", _("Severity")),
        Column("unit", _("Unit")),
        Column("owner", _("Owner")),
        Column("due", _("Due"), kind="date"),
        Column("state", _("Status")),
        Column("repeats", _("Again"), kind="number"),
        Column("status", _("Status"), shown=False),
        Column("rule", _("Rule"), shown=False),
        Column("cause", _("Cause"), shown=False),
        Column("origin", _("Origin"), shown=False),
        Column("record", _("Record"), shown=False),
        Column("closed_at", _("Closed"), kind="time", shown=False),
        Column("ineffective", _("Came back as"), shown=False),
    )
    return Table(columns, (_line(reading, row) for row in rows), title=title or _("Findings"))


def _line(reading: Reading, row: Finding) -> dict[str, Any]:
    return {
        "id": row.id,
        "opened_at": row.opened_at,
        "what": what(reading, row),
        "severity": row.severity,
        "grade": _(SEVERITY[row.severity]),
        "unit": row.unit,
        "owner": row.owner,
        "due": row.due,
        "state": state_of(reading, row),
        "repeats": len(repeats_of(reading, row)),
        "status": row.status,
        "rule": row.rule,
        "cause": row.cause,
        "origin": row.origin,
        "record": row.record,
        "closed_at": row.closed_at,
        "ineffective": list(came_back(reading, row)),
    }


def page(row: Finding, reading: Reading, *, owed: bool = True) -> Page:
    """One finding: what is known, what was done, what came of it, and (with `owed`) what is owed on it."""
    fix = row.fix
    back = came_back(reading, row)
    struck = reading.row("core.struck", row.mark.partition("|")[0]) if row.mark else None
    facts: dict[str, Any] = {
        "id": row.id,
        "finding": Said(row.text, what(reading, row)),
        "status": Said(row.status, state_of(reading, row)),
        "severity": Said(row.severity, _(SEVERITY[row.severity])),
        "rule": ruled(reading, row),
        "cause": row.cause,
        "unit": row.unit,
        "about": [reading.name(who) for who in row.about],
        "origin": Said(row.origin, _(ORIGINS[row.origin])),
        "record": row.record,
        "entry_voided": struck.reason if struck else "",
        "told_by": reading.clear(row.reporter, "name"),
        "opened_at": row.opened_at,
        "reopens": row.reopens,
        "repeats": list(repeats_of(reading, row)),
        "notified": [reading.name(who) for who in row.notified_to],
        "owner": reading.name(row.owner),
        "due": row.due,
        "put_right": fix.what if fix else "",
        "put_right_by": reading.name(fix.by) if fix else "",
        "evidence": fix.proof if fix else "",
        "practice_changed": fix.practice if fix else "",
        "rule_changed": fix.rule_changed if fix else "",
        "why_no_change": fix.no_change if fix else "",
        "verified_by": reading.name(row.verified.by) if row.verified else "",
        "closed_at": row.closed_at,
        "came_back_as": list(back),
        "effect": Said("came-back", _("not effective: it came back")) if back else "",
    }
    kept = {key: value for key, value in facts.items() if value not in ("", None, [], Said("", ""))}
    return Page(_("Finding {id}").format(id=row.id), kept, sections(row, reading, owed=owed), _labels())


def ruled(reading: Reading, row: Finding) -> Said:
    """The rule a finding is against; to people with its title."""
    return Said(row.rule, f"{row.rule} {rule_title(reading, row.rule)}" if row.rule else "")


def _labels() -> tuple[Column, ...]:
    titles = {
        "id": _("Id"),
        "finding": _("Finding"),
        "status": _("Status"),
        "severity": _("Severity"),
        "rule": _("Rule"),
        "cause": _("Cause"),
        "unit": _("Unit"),
        "about": _("Staff concerned"),
        "origin": _("Opened by"),
        "record": _("Record"),
        "entry_voided": _("Entry voided"),
        "told_by": _("Told by"),
        "opened_at": _("Opened"),
        "reopens": _("Reopens"),
        "repeats": _("Repeats"),
        "notified": _("Told"),
        "owner": _("Owner"),
        "due": _("Due"),
        "put_right": _("Put right"),
        "put_right_by": _("Put right by"),
        "evidence": _("Evidence"),
        "practice_changed": _("Practice changed"),
        "rule_changed": _("Rule text changed"),
        "why_no_change": _("Why nothing changed"),
        "verified_by": _("Verified by"),
        "closed_at": _("Closed"),
        "came_back_as": _("Came back as"),
        "effect": _("Effect"),
    }
    kinds: dict[str, Any] = {"opened_at": "time", "closed_at": "time", "due": "date"}
    return tuple(Column(key, title, kind=kinds.get(key, "text")) for key, title in titles.items())


def sections(row: Finding, reading: Reading, *, owed: bool = True) -> tuple[Table, ...]:
    """Due dates, looks across, and what is owed: only what there is."""
    dues = Table(
        (
            Column("due", _("Due"), kind="date"),
            Column("set", _("Set"), kind="time"),
            Column("by", _("By")),
            Column("approver", _("Approved by")),
            Column("reason", _("Reason")),
        ),
        [{"due": d.due, "set": d.recorded, "by": d.by, "approver": d.approver, "reason": d.reason} for d in row.dues],
        title=_("Due dates"),
        key="due_dates",
    )
    looks = Table(
        (
            Column("at", _("When"), kind="time"),
            Column("by", _("By")),
            Column("where", _("Where")),
            Column("result", _("Result")),
            Column("opened", _("Findings opened")),
            Column("counts", _("Counts"), kind="bool"),
        ),
        [
            {
                "at": look.at,
                "by": look.by,
                "where": Said("", _("nowhere else")) if look.excuse else look.where,
                "result": look.result,
                "opened": list(look.opened),
                "counts": look.counts,
            }
            for look in row.looks
        ],
        title=_("Looked across"),
        key="looked_across",
    )
    duties = _owed(row, reading) if row.open and owed else None
    return tuple(table for table in (dues, looks, duties) if table is not None and table.rows)


def _owed(row: Finding, reading: Reading) -> Table:
    return Table(
        (
            Column("due", _("Due"), kind="time"),
            Column("state", _("Status")),
            Column("title", _("What")),
            Column("owed_by", _("Who")),
            Column("status", _("Status"), shown=False),
            Column("who", _("Who"), shown=False),
            Column("role", _("Role"), shown=False),
            Column("rule", _("Rule"), shown=False),
        ),
        [
            {
                "due": duty.due,
                "state": state_title(status(duty, reading.now)),
                "status": status(duty, reading.now),
                "owed_by": owed_by(reading.people, duty.who, duty.role),
                "role": duty.role,
                "rule": duty.rule,
                "title": _(duty.title).format(**duty.args),
                "who": duty.who,
            }
            for duty in reading.duties_of("improve.finding", row)
        ],
        title=_("Owed"),
        key="owed",
    )


def notice(row: Finding, reading: Reading) -> Page:
    """What those concerned are told: never a customer's data, never who told of it."""
    facts: dict[str, Any] = {
        "id": row.id,
        "outlet": outlet_line(reading),
        "finding": Said(row.text, what(reading, row)),
        "severity": Said(row.severity, _(SEVERITY[row.severity])),
        "rule": ruled(reading, row),
        "unit": row.unit,
        "opened_at": row.opened_at,
        "owner": reading.name(row.owner),
        "due": row.due,
        "repeats": list(repeats_of(reading, row)),
    }
    labels = (*_labels(), Column("outlet", _("Outlet")))
    kept = {key: value for key, value in facts.items() if value not in ("", None, [], Said("", ""))}
    return Page(_("Notice of a finding"), kept, labels=labels)


def register(reading: Reading) -> PrintedRegister:
    """All findings of the period as a page to print: what, whose, by when, put right how, seen by whom."""
    columns = (
        Column("id", _("No.")),
        Column("opened", _("Opened"), kind="date"),
        Column("what", _("Finding")),
        Column("owner", _("Owner")),
        Column("due", _("Due"), kind="date"),
        Column("fix", _("Put right")),
        Column("changed", _("Practice or rule changed")),
        Column("verified", _("Verified by")),
        Column("state", _("Status")),
    )
    found = rows(reading, "improve.finding", IN_PERIOD, order="opened_at, id")
    return PrintedRegister(
        title=_("Register of findings"),
        outlet=outlet_line(reading),
        period=reading.period or _("all"),
        columns=columns,
        lines=tuple(_entry(reading, row) for row in found),
        signatures=(_("Kept by"), _("Head of the outlet")),
    )


def _entry(reading: Reading, row: Finding) -> dict[str, Any]:
    fix = row.fix
    late = fix is not None and row.due is not None and reading.day_of(fix.recorded) > row.due
    return {
        "id": row.id,
        "opened": reading.day_of(row.opened_at),
        "what": what(reading, row),
        "owner": row.owner,
        "due": row.due,
        "fix": f"{fix.what} [{fix.proof}]" if fix else "",
        "changed": (fix.practice or fix.rule_changed or fix.no_change) if fix else "",
        "verified": f"{row.verified.by} {reading.day_of(row.verified.at)}" if row.verified else "",
        "state": state_of(reading, row),
        "_late": late,
    }

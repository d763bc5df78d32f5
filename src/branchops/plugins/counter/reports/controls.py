"""Controls and their coverage, inspections, the opening and closing lists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Any

from branchops.api import N_, Column, Page, Reading, Table, Verdict, _, owed, pick, reject, stamp, status, warn
from branchops.plugins.counter.rules.managing import unfit
from branchops.plugins.counter.views.managing import Control, Inspection


def controls_checked(reading: Reading) -> Iterator[Verdict]:
    """III.2: a verdict for every control with a name that is blank, unknown or gone, and for having no controls."""
    rows = list(reading.rows("counter.control", {"open": True}))
    if not rows:
        yield warn(
            N_("No control is named yet."), N_("branchops counter control set KEY --responsible P --implementer Q")
        )
    for row in rows:
        for role, who in ((N_("responsible"), row.responsible), (N_("implementer"), row.implementer)):
            problem = unfit(who, reading.people, reading.today)
            if problem:
                yield reject(
                    N_("{id}: the {role} {who} is no longer somebody here."),
                    N_("branchops counter control set {key} --{role} STAFF"),
                    id=row.id,
                    key=row.key,
                    role=role,
                    who=who or "-",
                )
            elif reading.people.on_leave(who, reading.today):
                yield warn(N_("{id}: the {role} {who} is on leave."), id=row.id, role=role, who=who)


def custodian_checked(reading: Reading) -> Iterator[Verdict]:
    """II.2: somebody keeps the statements."""
    if reading.row("counter.custody", "statements") is None:
        yield warn(N_("Nobody keeps the statements of account."), N_("branchops counter statement custodian STAFF"))


def controls(reading: Reading) -> Table:
    """All controls in use."""
    columns = (
        Column("key", _("Control")),
        Column("title", _("What")),
        Column("responsible", _("Responsible")),
        Column("implementer", _("Implementer")),
        Column("used", _("Last used"), kind="time"),
        Column("times", _("Times"), kind="number"),
        Column("component", _("Component"), shown=False),
        Column("rules", _("Rules"), shown=False),
    )
    names = [column.key for column in columns]
    rows = [
        {**{name: getattr(row, name) for name in names}, "rules": list(row.rules)}
        for row in reading.rows("counter.control", {"open": True})
    ]
    return Table(columns, rows, title=_("Controls"), notes=() if rows else (_("None."),))


def coverage(reading: Reading) -> Table:
    """III.2: controls not used when they should have been, controls without a rule, rules without a control."""
    rows: list[dict[str, Any]] = []
    covered: set[str] = set()
    for row in reading.rows("counter.control", {"open": True}):
        covered.update(row.rules)
        if not row.rules:
            rows.append({"gap": "no-rule", "what": _("control without a rule"), "subject": row.key, "days": None})
        last = row.used or row.set_at
        idle = (reading.today - reading.day_of(last)).days
        if row.every and idle > row.every:
            rows.append({"gap": "idle", "what": _("control not used"), "subject": row.key, "days": idle})
    total = reading.pack("counter").rules
    bare = _("rule without a control")
    rows += [
        {"gap": "no-control", "what": bare, "subject": rule.id, "days": None}
        for rule in total
        if rule.id not in covered
    ]
    columns = (
        Column("what", _("Gap")),
        Column("subject", _("Subject")),
        Column("days", _("Days"), kind="number"),
        Column("gap", _("Code"), shown=False),
    )
    known = len([rule for rule in total if rule.id in covered])
    notes = (_("Rules with a control: {n} of {all}.").format(n=known, all=len(total)),)
    return Table(columns, rows, title=_("Coverage"), notes=notes)


def control_page(row: Control, reading: Reading) -> Page:
    """One control."""
    facts = {
        "id": row.id,
        "what": row.title,
        "responsible": reading.name(row.responsible),
        "implementer": reading.name(row.implementer),
        "rules": list(row.rules),
        "every": row.every,
        "component": row.component,
        "used": row.used,
        "times": row.times,
    }
    return Page(_("Control {key}").format(key=row.key), facts, (), (Column("used", _("Last used"), kind="time"),))


def inspections(reading: Reading) -> Table:
    """III.2: reviews planned in the period against those carried out; nothing found is a result."""
    columns = (
        Column("id", _("No.")),
        Column("area", _("Area")),
        Column("checker", _("Checker")),
        Column("due", _("Due"), kind="date"),
        Column("done", _("Done"), kind="time"),
        Column("sample", _("Drawn"), kind="number"),
        Column("population", _("Out of"), kind="number"),
        Column("checked", _("Checked"), kind="number"),
        Column("failed", _("Failed"), kind="number"),
        Column("seed", _("Seed"), shown=False),
    )
    rows = [
        {
            "id": row.id,
            "area": row.area,
            "checker": reading.name(row.checker),
            "due": row.due,
            "done": row.done.at if row.done else None,
            "sample": len(row.sample),
            "population": len(row.population),
            "checked": len(row.checked),
            "failed": len(row.failed) if row.done else None,
            "seed": row.seed,
        }
        for row in reading.rows("counter.inspection", order="due, id")
        if reading.first <= row.due <= max(reading.last, row.due if not reading.period else reading.last)
    ]
    done = sum(row["done"] is not None for row in rows)
    notes = (_("Planned {n}, carried out {done}.").format(n=len(rows), done=done),)
    return Table(columns, rows, title=_("Inspections"), notes=notes)


def inspection_page(row: Inspection, reading: Reading) -> Page:
    """One inspection: the draw, and what came of it."""
    facts = {
        "id": row.id,
        "template": row.template,
        "area": row.area,
        "checker": reading.name(row.checker),
        "due": row.due,
        "seed": row.seed,
        "population": list(row.population),
        "sample": list(row.sample),
        "done": row.done.at if row.done else None,
    }
    results = Table(
        (Column("unit", _("Unit")), Column("checked", _("Checked"), kind="bool"), Column("failed", _("Failed"))),
        [{"unit": unit, "checked": unit in row.checked, "failed": row.failed.get(unit, "")} for unit in row.sample],
        title=_("Results"),
        key="results",
    )
    return Page(_("Inspection {id}").format(id=row.id), facts, (results,), (Column("done", _("Done"), kind="time"),))


def day_list(reading: Reading, name: str, day: date) -> Table:
    """The opening or closing list of a day: rows answered by duties, and rows that somebody looks at and ticks."""
    ticks = {row.item: row for row in reading.rows("counter.tick", {"day": day.isoformat(), "list": name})}
    duties = [*reading.duties(), *reading.duties(on=day, everything=True)]
    columns = (
        Column("code", _("Row")),
        Column("title", _("What")),
        Column("state", _("State")),
        Column("by", _("By")),
        Column("at", _("When"), kind="time"),
        Column("status", _("State"), shown=False),
    )
    rows = []
    for line in reading.pack("counter").data.get("list", ()):
        if line["list"] != name:
            continue
        tick = ticks.get(line["code"])
        state = ("ok" if tick.ok else "not ok") if tick else "to do"
        if line.get("rule") and tick is None:
            state = _answered(reading, line["rule"], day, duties)
        rows.append(
            {
                "code": line["code"],
                "title": pick(line["en"], line["zh"]),
                "status": state,
                "state": _(state),
                "by": tick.by if tick else "",
                "at": tick.at if tick else None,
            }
        )
    title = _("Opening list, {day}") if name == "opening" else _("Closing list, {day}")
    return Table(columns, rows, title=title.format(day=day))


def _answered(reading: Reading, rule: str, day: date, duties: list[Any]) -> str:
    """A row that a rule's duties answer: `to do` while owed, `missed`, `late`, `not ok` after a breach, or `ok`."""
    mine = [duty for duty in duties if duty.rule == rule and _touches(reading, duty, day)]
    states = {status(duty, reading.now) for duty in mine}
    broken = any(
        rule in row.rules and reading.day_of(row.at) == day
        for row in reading.rows("counter.breach", sql="at >= ?", params=(stamp(reading.calendar.at(day, time.min)),))
    )
    if "missed" in states or "overdue" in states:
        return "missed"
    if any(owed(one) for one in states):
        return "to do"
    if "late" in states:
        return "late"
    return "not ok" if broken else "ok"


def _touches(reading: Reading, duty: Any, day: date) -> bool:
    if duty.rule.endswith("two-person-entry"):
        return str(duty.subject) == f"{day.isoformat()}#am"
    return duty.due is None or reading.day_of(duty.due) <= day or reading.day_of(duty.born) == day

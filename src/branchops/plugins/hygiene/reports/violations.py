"""Violations shown one by one, as a list, and as the notice that is handed over."""

from __future__ import annotations

from typing import Any

from branchops.api import Column, Page, PrintedRegister, Reading, Said, Table, _
from branchops.plugins.hygiene.reports.words import KINDS, OFFENDERS, STATUS, WHAT, register, table_of
from branchops.plugins.hygiene.rules.penalty import Penalty
from branchops.plugins.hygiene.views.violation import Violation


def violation_list(reading: Reading, where: dict[str, Any], *, every: bool = False) -> Table:
    """Violations, newest first."""
    columns = (
        Column("id", _("Id")),
        Column("at", _("When"), kind="time"),
        Column("kind", _("Kind"), shown=False),
        Column("kind_title", _("Kind")),
        Column("offender", _("Offender"), shown=False),
        Column("who", _("Staff id"), shown=False),
        Column("name", _("Who")),
        Column("zone", _("Zone")),
        Column("status", _("Status"), shown=False),
        Column("status_title", _("Status")),
        Column("day", _("Answers for"), kind="date", shown=False),
    )
    rows = [
        {
            "id": row.id,
            "at": row.at,
            "kind": row.kind,
            "kind_title": _(KINDS[row.kind]),
            "offender": row.offender,
            "who": row.who,
            "name": reading.name(row.who) or _(OFFENDERS[row.offender]),
            "zone": row.zone,
            "status": row.status,
            "status_title": _(STATUS[row.status]),
            "day": row.day,
        }
        for row in reading.rows("hygiene.violation", where, order="at DESC, id DESC")
        if every or row.standing
    ]
    return Table(columns, rows, title=_("Violations"), key="violations")


def violation_page(row: Violation, reading: Reading) -> Page:
    """One violation with what it costs."""
    rows = list(reading.rows("hygiene.violation", {"person": row.person})) if row.person else []
    penalty = table_of(reading, rows).get(row.id)
    what = penalty.what if penalty else "none"
    facts: dict[str, Any] = {
        "id": row.id,
        "kind": Said(row.kind, _(KINDS[row.kind])),
        "offender": Said(row.offender, _(OFFENDERS[row.offender])),
        "who": reading.name(row.who),
        "zone": row.zone,
        "at": row.at,
        "recorded_at": row.recorded,
        "answers_for": row.day,
        "reporter": reading.name(row.reporter),
        "status": Said(row.status, _(STATUS[row.status])),
        "occasion": penalty.occasion if penalty else None,
        "penalty": Said(what, _(WHAT[what])),
        "amount": penalty.amount if penalty else None,
        "unit": penalty.unit if penalty else "",
        "evidence": row.evidence,
        "sha256": row.sha256,
        "note": row.note,
        "appeal": row.appeal,
        "decision": row.decision,
        "same_as": row.merged_into,
    }
    titles = {
        "id": _("Id"),
        "kind": _("Kind"),
        "offender": _("Offender"),
        "who": _("Who"),
        "zone": _("Zone"),
        "recorded_at": _("Entered at"),
        "answers_for": _("Answers for"),
        "reporter": _("Reported by"),
        "status": _("Status"),
        "occasion": _("Occasion"),
        "penalty": _("Penalty"),
        "unit": _("CNY or points"),
        "evidence": _("Evidence"),
        "sha256": "SHA-256",
        "note": _("Note"),
        "appeal": _("Appeal"),
        "decision": _("Decision"),
        "same_as": _("Same occasion as"),
    }
    labels = (
        *(Column(key, title) for key, title in titles.items()),
        Column("at", _("When"), kind="time"),
        Column("amount", _("Amount"), kind="money"),
    )
    shown = {key: value for key, value in facts.items() if value not in ("", None)}
    return Page(_("Violation {id}").format(id=row.id), shown, labels=labels)


def notice(reading: Reading, row: Violation) -> PrintedRegister:
    """The notice given to the person: what, when, which occasion, what follows, and how to contest it."""
    rows = list(reading.rows("hygiene.violation", {"person": row.person})) if row.person else []
    penalty = table_of(reading, rows).get(row.id)
    said = [
        (_("Notice number"), row.id),
        (_("Full name"), reading.name(row.who) or _(OFFENDERS[row.offender])),
        (_("What"), _(KINDS[row.kind])),
        (_("When"), f"{row.at.astimezone(reading.tz):%Y-%m-%d %H:%M}"),
        (_("Occasion"), str(penalty.occasion) if penalty else "-"),
        (_("Penalty"), _amount(penalty)),
        (_("State"), _(STATUS[row.status])),
        (_("Evidence"), " ".join(part for part in (row.evidence, row.sha256[:16], row.note) if part) or "-"),
        (_("Paid into"), _("the fund for collective activities, as a contribution; nobody keeps it")),
        (_("To contest it"), f"branchops hygiene violation appeal {row.id} --reason …"),
    ]
    columns = (Column("what", _("Item")), Column("text", _("Text")))
    lines = tuple({"what": what, "text": text} for what, text in said)
    return register(
        reading, _("Hygiene notice"), row.id, columns, lines, (_("Administration department"), _("Person concerned"))
    )


def _amount(penalty: Penalty | None) -> str:
    if penalty is None or penalty.what == "none":
        return _(WHAT["none"])
    if penalty.what == "reminder":
        return _(WHAT["reminder"])
    return f"{penalty.unit} {penalty.amount}"

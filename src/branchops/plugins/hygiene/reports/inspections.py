"""Inspections: one shown, a sheet on paper, scores by zone, what is to be put right, how much depends on who looks."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import msgspec

from branchops.api import N_, Column, NotFound, Page, PrintedRegister, Reading, Table, _, number, pick
from branchops.plugins.hygiene.reports.checklist import rows_for
from branchops.plugins.hygiene.reports.words import register
from branchops.plugins.hygiene.views.inspection import Inspection

ANSWERS = {"pass": N_("pass"), "fail": N_("fail"), "na": N_("not applicable"), "scored": N_("scored"), "": ""}
TENTH = Decimal("0.1")


def mean(scores: Iterable[Decimal]) -> Decimal | None:
    """The mean, one decimal; None when there is nothing."""
    every = list(scores)
    return (sum(every, Decimal(0)) / len(every)).quantize(TENTH, ROUND_HALF_UP) if every else None


def looks(reading: Reading) -> list[Inspection]:
    """The inspections of the period."""
    return [row for row in reading.rows("hygiene.inspection", order="at, id") if reading.within(row.at)]


def inspection_page(row: Inspection, reading: Reading) -> Page:
    """One inspection with every answer."""
    facts: dict[str, Any] = {
        "id": row.id,
        "zone": row.zone,
        "at": row.at,
        "inspector": reading.name(row.inspector),
        "responsible": [reading.name(who) for who in row.owners],
        "announced": row.announced,
        "score": row.score,
        "points": f"{row.reached}/{row.possible}",
        "passed": not row.critical and not row.failed,
        "critical_fail": row.critical,
        "plan": row.plan,
        "template": row.template,
        "note": row.note,
    }
    labels = (
        Column("id", _("Id")),
        Column("zone", _("Zone")),
        Column("inspector", _("Inspector")),
        Column("responsible", _("Responsible")),
        Column("plan", _("Spot check plan")),
        Column("template", _("Template")),
        Column("note", _("Note")),
        Column("at", _("When"), kind="time"),
        Column("announced", _("Announced"), kind="bool"),
        Column("score", _("Score %"), kind="number"),
        Column("points", _("Points (what applied)")),
        Column("passed", _("Nothing failed"), kind="bool"),
        Column("critical_fail", _("Something critical failed"), kind="bool"),
    )
    shown = {key: value for key, value in facts.items() if value not in ("", [], None)}
    return Page(_("Inspection {id}").format(id=row.id), shown, (_sections(row, reading), _answers(row)), labels=labels)


def _sections(row: Inspection, reading: Reading) -> Table:
    """The score by section; the whole stands for the office as such and has no points of its own."""
    titles = {one["code"]: pick(one["en"], one["zh"]) for one in reading.pack("hygiene").data.get("section", ())}
    columns = (
        Column("section", _("Section"), shown=False),
        Column("title", _("Section")),
        Column("reached", _("Reached"), kind="number"),
        Column("possible", _("Possible"), kind="number"),
        Column("score", _("Score %"), kind="number"),
    )
    rows = []
    for code in dict.fromkeys(one.section for one in row.results):
        part = msgspec.structs.replace(row, results=tuple(one for one in row.results if one.section == code))
        line = {"section": code, "title": titles.get(code, code), "reached": part.reached}
        rows.append({**line, "possible": part.possible, "score": part.score})
    whole = {"section": "office", "title": titles.get("office", "office"), "reached": row.reached}
    rows.append({**whole, "possible": row.possible, "score": row.score})
    return Table(columns, rows, title=_("Sections"), key="sections")


def _answers(row: Inspection) -> Table:
    columns = (
        Column("code", _("Row")),
        Column("title", _("What")),
        Column("answer", _("Answer"), shown=False),
        Column("answer_title", _("Answer")),
        Column("points", _("Points"), kind="number"),
        Column("critical", _("Critical"), kind="bool", shown=False),
        Column("note", _("Note")),
        Column("photo", _("Photo"), shown=False),
        Column("sha256", "SHA-256", shown=False),
        Column("fixed", _("Put right"), kind="time"),
    )
    rows = [
        {
            "code": one.code,
            "title": pick(one.en, one.zh),
            "answer": one.answer,
            "answer_title": f"{one.got}/{one.points}" if one.answer == "scored" else _(ANSWERS[one.answer]),
            "points": one.points,
            "critical": one.critical,
            "note": one.note or one.reason,
            "photo": one.photo,
            "sha256": one.sha256,
            "fixed": row.fixed[one.code].at if one.code in row.fixed else None,
        }
        for one in row.results
    ]
    return Table(columns, rows, title=_("Answers"), key="results")


def sheet(reading: Reading, what: str, *, closing: bool = False) -> PrintedRegister:
    """An inspection sheet: filled in for an inspection, blank for a zone."""
    columns = (
        Column("code", _("Row")),
        Column("title", _("What")),
        Column("points", _("Points"), kind="number"),
        Column("answer", _("Pass / fail / n.a.")),
        Column("note", _("Note")),
    )
    signatures = (_("Inspector"), _("Responsible"))
    if what.upper().startswith("HI-"):
        row = reading.row("hygiene.inspection", number(what, "HI"))
        if row is None:
            raise NotFound(_("There is no record {id}.").format(id=what), _("Look for it with `branchops log`."))
        lines: list[dict[str, Any]] = [
            {
                "code": one.code,
                "title": pick(one.en, one.zh) + (" *" if one.critical else ""),
                "points": one.points,
                "answer": f"{one.got}/{one.points}" if one.answer == "scored" else _(ANSWERS[one.answer]),
                "note": one.note or one.reason,
            }
            for one in row.results
        ]
        score = _("score {score}").format(score=row.score if row.score is not None else _("no data"))
        period = f"{row.id} {row.zone} {row.at.astimezone(reading.tz):%Y-%m-%d %H:%M} {score}"
        return register(reading, _("Inspection sheet"), period, columns, lines, signatures)
    lines = [
        {
            "code": one["code"],
            "title": pick(one["en"], one["zh"]) + (" *" if one.get("critical") else ""),
            "points": one.get("points", 1),
            "answer": "",
            "note": "",
        }
        for one in rows_for(reading, what, closing=closing)
    ]
    return register(reading, _("Inspection sheet"), what, columns, lines, signatures)


def actions_table(reading: Reading, *, every: bool = False) -> Table:
    """What failed, who puts it right, and until when."""
    columns = (
        Column("id", _("Inspection")),
        Column("code", _("Row")),
        Column("title", _("What")),
        Column("zone", _("Zone")),
        Column("who", _("Who")),
        Column("due", _("Due"), kind="time"),
        Column("done", _("Put right"), kind="time", shown=every),
        Column("verified_by", _("Verified by"), shown=every),
    )
    rows = []
    for row in reading.rows("hygiene.inspection", {} if every else {"open": True}, order="at"):
        due = {duty.subject.partition("#")[2]: duty for duty in reading.duties_of("hygiene.inspection", row)}
        for one in row.failed:
            fixed = row.fixed.get(one.code)
            if fixed is not None and not every:
                continue
            duty = due.get(one.code)
            rows.append(
                {
                    "id": row.id,
                    "code": one.code,
                    "title": pick(one.en, one.zh),
                    "zone": row.zone,
                    "who": (duty.who or duty.role) if duty else "",
                    "due": duty.due if duty else None,
                    "done": fixed.at if fixed else None,
                    "verified_by": fixed.verified_by if fixed else "",
                }
            )
    return Table(columns, rows, title=_("To be put right"), key="actions")


def scores(reading: Reading) -> Table:
    """Scores by zone, announced and unannounced side by side: what is clean only when it is expected shows here."""
    columns = (
        Column("zone", _("Zone")),
        Column("n", "n", kind="number"),
        Column("score", _("Mean score %"), kind="number"),
        Column("critical", _("Critical"), kind="number"),
        Column("announced_n", _("n ann."), kind="number"),
        Column("announced", _("% ann."), kind="number"),
        Column("unannounced_n", _("n unann."), kind="number"),
        Column("unannounced", _("% unann."), kind="number"),
        Column("gap", _("Gap"), kind="number"),
        Column("templates", _("Templates"), kind="number", shown=False),
    )
    rows = looks(reading)
    lines = [_zone_line(zone, [row for row in rows if row.zone == zone]) for zone in sorted({row.zone for row in rows})]
    if rows:
        lines.append(_zone_line(_("all"), rows))
    note = _("n = {n} inspections; rows that did not apply are left out; {period}.").format(
        n=len(rows), period=reading.period or _("all")
    )
    return Table(columns, lines, title=_("Inspection scores"), notes=(note if rows else _("No data."),), key="scores")


def _zone_line(zone: str, rows: list[Inspection]) -> dict[str, Any]:
    told = [row.score for row in rows if row.score is not None and row.announced]
    untold = [row.score for row in rows if row.score is not None and not row.announced]
    a, b = mean(told), mean(untold)
    return {
        "zone": zone,
        "n": len(rows),
        "score": mean([*told, *untold]),
        "critical": sum(1 for row in rows if row.critical),
        "announced_n": len(told),
        "announced": a,
        "unannounced_n": len(untold),
        "unannounced": b,
        "gap": a - b if a is not None and b is not None else None,
        "templates": len({row.template for row in rows}),
    }


def inspectors(reading: Reading) -> Table:
    """Inspector effect: each one's scores against what the others gave the same zones."""
    columns = (
        Column("inspector", _("Inspector")),
        Column("n", "n", kind="number"),
        Column("score", _("Mean score %"), kind="number"),
        Column("others_n", _("n others"), kind="number"),
        Column("others", _("Others %"), kind="number"),
        Column("effect", _("Difference"), kind="number"),
        Column("fails", _("Fails each"), kind="number"),
    )
    rows = looks(reading)
    lines = []
    for who in sorted({row.inspector for row in rows}):
        own = [row for row in rows if row.inspector == who]
        zones = {row.zone for row in own}
        others = [row.score for row in rows if row.inspector != who and row.zone in zones and row.score is not None]
        a, b = mean(row.score for row in own if row.score is not None), mean(others)
        fails = Decimal(sum(len(row.failed) for row in own))
        lines.append(
            {
                "inspector": reading.name(who),
                "n": len(own),
                "score": a,
                "others_n": len(others),
                "others": b,
                "effect": a - b if a is not None and b is not None else None,
                "fails": (fails / len(own)).quantize(TENTH, ROUND_HALF_UP),
            }
        )
    return Table(columns, lines, title=_("Inspector effect"), notes=() if rows else (_("No data."),), key="inspectors")

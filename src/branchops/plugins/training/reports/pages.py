"""How one session, one observation, one refusal is shown, and lists of sessions and reflections."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from branchops.api import N_, Column, Page, Reading, Said, Table, _
from branchops.plugins.training.reports.matrix import book_of
from branchops.plugins.training.reports.service import sheet_of, titles
from branchops.plugins.training.rules.sheet import tally
from branchops.plugins.training.views.observation import Observation, Refusal
from branchops.plugins.training.views.session import Session

STATUS = {
    "present": N_("present"),
    "late": N_("late"),
    "excused": N_("excused"),
    "absent": N_("absent"),
    "unrecorded": N_("unrecorded"),
}
KINDS = {"training": N_("training"), "study": N_("study"), "summary": N_("summary")}
SCOPES = {"department": N_("department"), "company": N_("company")}
VISITS = {"announced": N_("announced"), "mystery": N_("mystery"), "routine": N_("routine")}


def _facts(facts: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in facts.items() if value not in ("", None, [], ())}


def session_page(row: Session, reading: Reading) -> Page:
    """One session with its seats; a corrected record shows what it said before."""
    book = book_of(reading)
    lasted = _("{minutes} minutes").format(minutes=row.minutes) if row.minutes else _("planned")
    facts = {
        "id": row.id,
        "held_on": row.day,
        "topics": [Said(code, book[code].title if code in book else code) for code in row.topics],
        "kinds": [Said(kind, _(KINDS[kind])) for kind in row.kinds],
        "scope": Said(row.scope, _(SCOPES[row.scope])),
        "title": row.title,
        "trainer": reading.name(row.trainer),
        "held_at": row.held_at,
        "recorded_at": row.recorded_at,
        "lasted": Said(row.minutes or None, lasted),
        "record": row.record_text or row.record_sha256,
        "reflections": _reflections(row),
    }
    columns = (
        Column("staff", _("Id")),
        Column("name", _("Name")),
        Column("status", _("Attendance"), shown=False),
        Column("status_title", _("Attendance")),
        Column("minutes", _("Minutes"), kind="number"),
        Column("reason", _("Reason")),
        Column("before", _("Earlier record")),
    )
    lines = [
        {
            "staff": staff,
            "name": reading.people.name(staff) if reading.people.knows(staff) else "",
            "status": seat.status,
            "status_title": _(STATUS[seat.status]),
            "minutes": seat.minutes,
            "reason": seat.reason,
            "before": [
                Said({"status": was.status, "by": was.by}, f"{_(STATUS[was.status])} ({was.by})") for was in seat.before
            ],
        }
        for staff, seat in sorted(row.seats.items())
    ]
    return Page(
        _("Session {id}").format(id=row.id), _facts(facts), (Table(columns, lines, title=_("Attendance"), key="seats"),)
    )


def _reflections(row: Session) -> Said | None:
    """How many of those who were there have handed one in; None where none is asked for."""
    if not row.essay:
        return None
    n, most = len(row.essays), len(row.there)
    return Said({"n": n, "of": most}, _("{n} of {all}").format(n=n, all=most))


def observation_page(row: Observation, reading: Reading) -> Page:
    """One observation with its sheet."""
    book = sheet_of(reading)
    sums = tally(row.scores, book)
    reasons = titles(reading, "not-applicable")
    second = {score.item: score.points for score in row.second_scores}
    facts = {
        "id": row.id,
        "staff": reading.name(row.staff),
        "observer": reading.name(row.observer),
        "visit": Said(row.visit, _(VISITS[row.visit])),
        "at": row.at,
        "points": Said(
            {"points": sums.points, "of": sums.most, "share": sums.share, "n": sums.n},
            _("{points} of {most} ({share} %), {n} items").format(
                points=sums.points, most=sums.most, share=sums.share, n=sums.n
            ),
        ),
        "second": reading.name(row.second),
        "complaint": row.complaint,
        "note": row.note,
    }
    columns = (
        Column("item", _("Item"), shown=False),
        Column("title", _("Item")),
        Column("points", _("Points"), kind="number"),
        Column("second_points", _("Second"), kind="number"),
        Column("anchor", _("Means")),
        Column("note", _("Note")),
    )
    lines = [
        {
            "item": score.item,
            "title": book[score.item].title if score.item in book else score.item,
            "points": score.points,
            "second_points": second.get(score.item),
            "anchor": book[score.item].anchor(score.points)
            if score.points is not None and score.item in book
            else reasons.get(score.na, score.na),
            "note": score.note,
        }
        for score in row.scores
    ]
    return Page(
        _("Observation {id}").format(id=row.id), _facts(facts), (Table(columns, lines, title=_("Sheet"), key="sheet"),)
    )


def refusal_page(row: Refusal, reading: Reading) -> Page:
    """One refusal."""
    facts = {
        "id": row.id,
        "staff": reading.name(row.staff),
        "at": row.at,
        "business": Said(row.business, titles(reading, "business").get(row.business, row.business)),
        "ground": Said(row.ground, titles(reading, "ground").get(row.ground, row.ground) or _("no ground")),
        "explained": row.explained,
        "breach": row.unlawful,
        "complaint": row.complaint,
        "note": row.note,
    }
    return Page(_("Refusal {id}").format(id=row.id), _facts(facts))


def sessions(reading: Reading, rows: Iterable[Session]) -> Table:
    """Sessions as a list."""
    book = book_of(reading)
    lines = [
        {
            "id": row.id,
            "day": row.day,
            "topics": ", ".join(book[code].title if code in book else code for code in row.topics),
            "kinds": ", ".join(_(KINDS[kind]) for kind in row.kinds),
            "held": row.held_at is not None,
            "minutes": row.minutes or None,
            "attended": len(row.there),
            "expected": len(row.seats),
            "unrecorded": len(row.unrecorded),
            "open": row.open,
        }
        for row in rows
    ]
    columns = (
        Column("id", _("Id")),
        Column("day", _("Date"), kind="date"),
        Column("topics", _("Topics")),
        Column("kinds", _("Kind")),
        Column("held", _("Held"), kind="bool", shown=False),
        Column("minutes", _("Minutes"), kind="number"),
        Column("attended", _("There"), kind="number"),
        Column("expected", _("Expected"), kind="number"),
        Column("unrecorded", _("Unrecorded"), kind="number"),
        Column("open", _("Open"), kind="bool", shown=False),
    )
    return Table(columns, lines, title=_("Sessions"))


def reflections(reading: Reading) -> Table:
    """Reflections handed in: never their text, only that they exist and how like others they are."""
    lines = [
        {
            "staff": row.staff,
            "name": reading.name(row.staff),
            "at": row.at,
            "about": row.session or row.complaint or row.theme,
            "length": row.length,
            "alike": f"{row.alike} %" if row.alike else "",
            "reviewer": row.reviewer,
            "comment": row.comment,
            "sha256": row.sha256,
        }
        for row in reading.rows("training.reflection", order="at, id")
        if reading.within(row.at)
    ]
    columns = (
        Column("staff", _("Id"), shown=False),
        Column("name", _("Name")),
        Column("at", _("When"), kind="time"),
        Column("about", _("About")),
        Column("length", _("Characters"), kind="number"),
        Column("alike", _("Alike"), align="right"),
        Column("reviewer", _("Reviewer")),
        Column("comment", _("Comment"), shown=False),
        Column("sha256", _("SHA-256"), shown=False),
    )
    return Table(columns, lines, title=_("Reflections"))

"""Hours against the period before, the trend of competence by cohort, and the study Saturdays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from branchops.api import Column, Reading, Table, _, period_bounds, previous_period
from branchops.plugins.training.reports.matrix import NO_BASELINE, all_standings, book_of, percent
from branchops.plugins.training.rules.curriculum import months_later, required
from branchops.plugins.training.rules.saturday import study_saturdays
from branchops.plugins.training.rules.sheet import items, tally
from branchops.plugins.training.views.session import Session


def period_of(reading: Reading) -> str:
    """The period asked for, or the present quarter."""
    return reading.period or f"{reading.today.year}-Q{(reading.today.month + 2) // 3}"


def sessions_of(reading: Reading, period: str) -> list[Session]:
    """The sessions held in a period."""
    first, last = period_bounds(period)
    found = reading.rows("training.session", sql="day BETWEEN ? AND ?", params=(first.isoformat(), last.isoformat()))
    return [one for one in found if one.held_at is not None]


def hours_of(sessions: Iterable[Session], topic: str) -> Decimal:
    """Person-hours of a topic; a session on several topics is shared out between them."""
    minutes = sum(
        (
            Decimal(seat.minutes) / len(one.topics)
            for one in sessions
            if topic in one.topics
            for seat in one.seats.values()
        ),
        Decimal(0),
    )
    return (minutes / 60).quantize(Decimal("0.1"))


def hours(reading: Reading) -> Table:
    """Hours and coverage of a period against the one before; in the first period there is nothing to compare with."""
    period = period_of(reading)
    now, before = sessions_of(reading, period), sessions_of(reading, previous_period(period))
    _first, last = period_bounds(period)
    rows = []
    for code, topic in book_of(reading).items():
        held = [one for one in now if code in one.topics]
        there = {staff for one in held for staff in one.there}
        bound = [row.id for row in reading.people if _bound(reading, row.id, topic, last)]
        spent, earlier = hours_of(now, code), hours_of(before, code)
        rows.append(
            {
                "topic": code,
                "topic_title": topic.title,
                "sessions": len(held),
                "hours": spent,
                "attended": len(there.intersection(bound)),
                "bound": len(bound),
                "coverage": percent(len(there.intersection(bound)), len(bound)),
                "previous": earlier if before else None,
                "change": f"{spent - earlier:+}" if before else _(NO_BASELINE),
            }
        )
    columns = (
        Column("topic", _("Topic"), shown=False),
        Column("topic_title", _("Topic")),
        Column("sessions", _("Sessions"), kind="number"),
        Column("hours", _("Hours"), kind="number"),
        Column("attended", _("Attended"), kind="number"),
        Column("bound", _("Bound (n)"), kind="number"),
        Column("coverage", _("%"), kind="number"),
        Column("previous", _("Before"), kind="number"),
        Column("change", _("Change"), align="right"),
    )
    note = _("{period} against {previous}; policy version {version}.").format(
        period=period, previous=previous_period(period), version=reading.policy.version
    )
    return Table(columns, rows, title=_("Training hours and coverage"), notes=(note,))


def _bound(reading: Reading, staff: str, topic: Any, day: date) -> bool:
    return reading.people.active(staff, day) and required(topic, reading.people.roles(staff, min(day, reading.today)))


def cohort(reading: Reading, staff: str, day: date) -> str:
    """`new` for whoever has had a role here for less than `training.cohort.months`, else `settled`."""
    starts = [span.start for span in reading.people.get(staff).roles]
    months = reading.policy.get("training.cohort.months", 12)
    return "new" if not starts or months_later(min(starts), months) > day else "settled"


def trend(reading: Reading) -> Table:
    """Quiz marks, observations, breaches of service per head and expiring competences, by cohort, each with its n."""
    period = period_of(reading)
    first, last = period_bounds(period)
    groups: dict[str, list[str]] = defaultdict(list)
    for row in reading.people:
        if reading.people.active(row.id, min(last, reading.today)) and row.roles:
            groups[cohort(reading, row.id, last)].append(row.id)
    expiring = [one.staff for one in all_standings(reading) if one.state in ("expired", "due-soon")]
    rows = [_cohort_line(reading, name, groups.get(name, []), first, last, expiring) for name in ("settled", "new")]
    columns = (
        Column("cohort", _("Cohort"), shown=False),
        Column("cohort_title", _("Cohort")),
        Column("people", _("People (n)"), kind="number"),
        Column("quizzes", _("Quizzes (n)"), kind="number"),
        Column("quiz", _("Quiz %"), kind="number"),
        Column("observations", _("Obs. (n)"), kind="number"),
        Column("observed", _("Obs. %"), kind="number"),
        Column("breaches", _("Breaches/head"), kind="number"),
        Column("expiring", _("Expiring"), kind="number"),
    )
    note = _("{period}; policy version {version}. A cell without data stays empty.").format(
        period=period, version=reading.policy.version
    )
    return Table(columns, rows, title=_("Competence by cohort"), notes=(note,))


def _cohort_line(
    reading: Reading, name: str, staff: list[str], first: date, last: date, expiring: list[str]
) -> dict[str, Any]:
    book = items(reading.pack("training").data.get("checklist", ()))
    shares: list[int] = []
    sheets, broken = [], 0
    for one in staff:
        learner = reading.row("training.learner", f"learner-{one}")
        if learner is not None:
            shares += [mark.share for mark in learner.quizzes if first <= reading.day_of(mark.at) <= last]
        for row in reading.rows("training.observation", {"staff": one}):
            if first <= reading.day_of(row.at) <= last:
                sheets.append(tally(row.scores, book))
                broken += len(row.failed)
        refusals = reading.rows("training.refusal", {"staff": one, "unlawful": True})
        broken += sum(first <= reading.day_of(row.at) <= last for row in refusals)
    points, most = sum(sheet.points for sheet in sheets), sum(sheet.most for sheet in sheets)
    return {
        "cohort": name,
        "cohort_title": _("here longer") if name == "settled" else _("new"),
        "people": len(staff),
        "quizzes": len(shares),
        "quiz": (Decimal(sum(shares)) / (100 * len(shares))).quantize(Decimal("0.1")) if shares else None,
        "observations": len(sheets),
        "observed": percent(points, most),
        "breaches": (Decimal(broken) / len(staff)).quantize(Decimal("0.01")) if staff else None,
        "expiring": sum(one in staff for one in expiring),
    }


def saturdays(reading: Reading) -> Table:
    """The study Saturdays of a period: kept, moved or dropped, why, and what was held."""
    period = reading.period or f"{reading.today:%Y-%m}"
    held = {one.day: one for one in reading.rows("training.session", {"saturday": True}) if one.held_at is not None}
    planned = study_saturdays(period, reading.policy, reading.calendar)
    rows = []
    for one in planned:
        session = held.get(one.date) if one.kept else None
        rows.append(
            {
                "original": one.original_date,
                "week": f"W{one.original_date.isocalendar().week:02}",
                "date": one.date if one.kept else None,
                "kept": one.kept,
                "reason": _(one.reason),
                "session": session.id if session else "",
                "attended": len(session.there) if session else None,
                "unrecorded": len(session.unrecorded) if session else None,
            }
        )
    columns = (
        Column("original", _("Saturday"), kind="date"),
        Column("week", _("Week")),
        Column("date", _("Kept on"), kind="date"),
        Column("kept", _("Kept"), kind="bool"),
        Column("reason", _("Reason")),
        Column("session", _("Session")),
        Column("attended", _("Attended"), kind="number"),
        Column("unrecorded", _("Unrecorded"), kind="number"),
    )
    kept = sum(bool(row["kept"]) for row in rows)
    touched = {one.original_date.year for one in planned}
    uncovered = sorted(year for year in touched if not reading.calendar.covered(year))
    notes = [_("{kept} of {all} study mornings are kept.").format(kept=kept, all=len(rows))]
    if uncovered:
        years = ", ".join(map(str, uncovered))
        notes.append(
            _("Statutory holidays of {years} are not known yet: only the bank's own list counts.").format(years=years)
        )
    return Table(columns, rows, title=_("Study Saturdays"), notes=tuple(notes))

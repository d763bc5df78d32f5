"""What somebody should look at: causes by frequency, complaints handed around, what is overdue, satisfaction."""

from __future__ import annotations

from typing import Any

from branchops.api import Column, Reading, Table, _, state_title, status
from branchops.plugins.complaints.reports.statistics import CASE, IN, OURS, rate
from branchops.plugins.complaints.reports.words import titles
from branchops.plugins.complaints.views import Case


def causes(reading: Reading) -> Table:
    """Art. 7(2): causes, the most frequent first, with their running share; recurring ones marked."""
    sql = f"SELECT cause, count(*) FROM {{table}} WHERE {OURS} AND cause <> '' AND {IN} GROUP BY cause"  # noqa: S608
    found = sorted(reading.select(CASE, sql, reading.span()), key=lambda one: (-one[1], one[0]))
    known, total, running = titles(reading, "cause"), sum(n for _code, n in found), 0
    back = {remedy.id.partition("@")[0] for remedy in reading.rows("complaints.remedy") if remedy.times > 1}
    rows = []
    for code, n in found:
        running += n
        told = {"rate": rate(n, total), "running": rate(running, total), "recurred": code in back}
        rows.append({"code": code, "title": known.get(code, ""), "n": n, **told})
    columns = (
        Column("code", _("Code")),
        Column("title", _("Cause")),
        Column("n", _("n"), kind="number"),
        Column("rate", _("Share"), align="right"),
        Column("running", _("Running share"), align="right"),
        Column("recurred", _("Came back"), kind="bool"),
    )
    note = _("n = {total}").format(total=total) if total else _("No data: no cause was found in this period.")
    return Table(columns, rows, title=_("Causes of complaints"), notes=(note,))


def pingpong(reading: Reading) -> Table:
    """Art. 7(1): complaints that were handed on more than once, and to whom."""
    where = f"json_array_length(handovers) > 1 AND {IN}"
    limit = reading.policy["complaints.pingpong.max"]
    rows = [_passed(case, limit) for case in reading.rows(CASE, sql=where, params=reading.span())]
    columns = (
        Column("id", _("Id")),
        Column("times", _("Hand-overs"), kind="number"),
        Column("way", _("Way")),
        Column("back", _("Went back"), kind="bool"),
        Column("alarm", _("Too often"), kind="bool"),
    )
    notes = () if rows else (_("No complaint was handed on more than once."),)
    return Table(columns, rows, title=_("Complaints handed around"), notes=notes)


def _passed(case: Case, limit: int) -> dict[str, Any]:
    way = [case.handovers[0].giver, *(one.to for one in case.handovers)]
    times = len(case.handovers)
    told = {"back": len(set(way)) < len(way), "alarm": times > limit}
    return {"id": case.id, "times": times, "way": " → ".join(way), **told}


def overdue(reading: Reading) -> Table:
    """Art. 4: the head's list: what is overdue or missed about complaints, the longest first."""
    owed = [
        duty
        for duty in reading.duties()
        if duty.rule.startswith("complaints.") and status(duty, reading.now) in ("overdue", "missed")
    ]
    rows = [
        {
            "due": duty.due,
            "subject": duty.subject,
            "title": _(duty.title).format(**duty.args),
            "who": duty.who,
            "owed_by": reading.people.name(duty.who) if reading.people.knows(duty.who) else duty.who,
            "state": state_title(status(duty, reading.now)),
            "days": (reading.today - reading.day_of(duty.due)).days if duty.due else None,
            "status": status(duty, reading.now),
            "rule": duty.rule,
        }
        for duty in owed
    ]
    columns = (
        Column("due", _("Due"), kind="time"),
        Column("days", _("Days"), kind="number"),
        Column("state", _("Status")),
        Column("subject", _("Subject")),
        Column("title", _("What")),
        Column("owed_by", _("Who")),
        Column("who", _("Who"), shown=False),
        Column("status", _("Status"), shown=False),
        Column("rule", _("Rule"), shown=False),
    )
    return Table(columns, rows, title=_("Overdue complaints"), notes=() if rows else (_("Nothing is overdue."),))


def satisfaction(reading: Reading) -> Table:
    """Art. 7(1): how satisfied customers were; all answers are kept, the last one counts, changes show."""
    where = f"satisfaction > 0 AND {IN}"
    rows = [
        {"id": case.id, "score": case.satisfaction, "answers": " → ".join(note.text for note in case.surveys)}
        for case in reading.rows(CASE, sql=where, params=reading.span())
    ]
    total = len(rows)
    mean = f"{sum(row['score'] for row in rows) / total:.1f}" if total else _("no data")
    columns = (Column("id", _("Id")), Column("score", _("Score"), kind="number"), Column("answers", _("Answers")))
    notes = (_("n = {total}").format(total=total), _("Mean: {mean}").format(mean=mean))
    return Table(columns, rows, title=_("Satisfaction after closing"), notes=notes)

"""What somebody should look at: causes by frequency, complaints handed around, what is overdue, satisfaction."""

from __future__ import annotations

from typing import Any

import msgspec

from branchops.api import Column, Reading, Table, _, state_title, status
from branchops.plugins.complaints.reports.counting import codes
from branchops.plugins.complaints.reports.daily import IN, lines
from branchops.plugins.complaints.reports.statistics import rate
from branchops.plugins.complaints.reports.words import titles


def causes(reading: Reading) -> Table:
    """Art. 7(2): causes, the most frequent first, with their running share; recurring ones marked."""
    named = ((code, n) for code, n in codes(reading, "cause").items() if code)
    found = sorted(named, key=lambda one: (-one[1], one[0]))
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
    limit = reading.policy["complaints.pingpong.max"]
    rows = [_passed(id_, msgspec.json.decode(handovers), limit) for id_, handovers in lines(reading, _PASSED)]
    columns = (
        Column("id", _("Id")),
        Column("times", _("Hand-overs"), kind="number"),
        Column("way", _("Way")),
        Column("back", _("Went back"), kind="bool"),
        Column("alarm", _("Too often"), kind="bool"),
    )
    notes = () if rows else (_("No complaint was handed on more than once."),)
    return Table(columns, rows, title=_("Complaints handed around"), notes=notes)


_PASSED = f"SELECT id, handovers FROM {{table}} WHERE json_array_length(handovers) > 1 AND {IN}"  # noqa: S608


def _passed(id_: str, handovers: list[dict[str, str]], limit: int) -> dict[str, Any]:
    way = [handovers[0]["giver"], *(one["to"] for one in handovers)]
    times = len(handovers)
    told = {"back": len(set(way)) < len(way), "alarm": times > limit}
    return {"id": id_, "times": times, "way": " → ".join(way), **told}


def overdue(reading: Reading) -> Table:
    """Art. 4: the head's list: what is overdue or missed about complaints, the longest first."""
    owed = [duty for duty in reading.duties(under="complaints.") if status(duty, reading.now) in ("overdue", "missed")]
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
    rows = [
        {"id": id_, "score": score, "answers": " → ".join(note["text"] for note in msgspec.json.decode(surveys))}
        for id_, score, surveys in lines(reading, _SURVEYED)
    ]
    total = len(rows)
    mean = f"{sum(row['score'] for row in rows) / total:.1f}" if total else _("no data")
    columns = (Column("id", _("Id")), Column("score", _("Score"), kind="number"), Column("answers", _("Answers")))
    notes = (_("n = {total}").format(total=total), _("Mean: {mean}").format(mean=mean))
    return Table(columns, rows, title=_("Satisfaction after closing"), notes=notes)


_SURVEYED = f"SELECT id, satisfaction, surveys FROM {{table}} WHERE satisfaction > 0 AND {IN}"  # noqa: S608

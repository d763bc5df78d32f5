"""Breaches, duties kept and missed, and the honour list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from branchops.api import (
    Column,
    Duty,
    Reading,
    Table,
    _,
    breach,
    duty_id,
    period_bounds,
    pick,
    previous_period,
    status,
    told,
)
from branchops.plugins.counter.rules.measure import rate
from branchops.plugins.counter.views.registers import Breach

OWN = "counter."


def titles(reading: Reading) -> dict[str, str]:
    """Rule ids to their titles in the language of the output."""
    return {rule.id: pick(rule.en, rule.zh) for rule in reading.pack("counter").rules}


def said(row: Breach) -> str:
    """What was wrong, in the language of the output."""
    parts = [msgspec.json.decode(text) for text in row.texts]
    return " ".join(told(breach(part["text"], **part["facts"])) for part in parts)


def breaches_of(reading: Reading) -> list[Breach]:
    """The breaches of the period, oldest first."""
    return list(reading.rows("counter.breach", sql="at >= ? AND at < ?", params=reading.span(), order="at, id"))


def breach_register(reading: Reading) -> Table:
    """Every breach of the period, with whom it is about (masked unless revealed)."""
    columns = (
        Column("at", _("When"), kind="time"),
        Column("id", _("Record")),
        Column("rule", _("Rule")),
        Column("who", _("Who")),
        Column("text", _("What")),
        Column("pos", _("Position"), kind="number", shown=False),
        Column("event", _("Entry"), shown=False),
    )
    rows = [
        {
            "at": row.at,
            "id": row.stream,
            "rule": ", ".join(rule.removeprefix(OWN) for rule in row.rules),
            "who": ", ".join(row.people),
            "text": said(row),
            "pos": row.pos,
            "event": row.id,
        }
        for row in breaches_of(reading)
    ]
    return Table(columns, rows, title=_("Breaches"), notes=() if rows else (_("None: a nil return."),))


def breach_trend(reading: Reading) -> Table:
    """III.1: breaches by month and rule, beside the checks made: none may only mean that nobody looked."""
    months: dict[tuple[str, str], Counter[str]] = {}
    named = titles(reading)
    for row in breaches_of(reading):
        for rule in row.rules:
            months.setdefault((reading.day_of(row.at).strftime("%Y-%m"), rule), Counter()).update(row.people)
    checks = Counter(
        reading.day_of(row.done.at).strftime("%Y-%m")
        for row in reading.rows("counter.inspection")
        if row.done and reading.within(row.done.at)
    )
    columns = (
        Column("month", _("Month")),
        Column("title", _("Rule")),
        Column("n", _("Breaches"), kind="number"),
        Column("people", _("People"), kind="number"),
        Column("checks", _("Inspections"), kind="number"),
        Column("rule", _("Rule"), shown=False),
    )
    rows = [
        {
            "month": month,
            "rule": rule,
            "title": named.get(rule, rule),
            "n": sum(people.values()),
            "people": len(people),
            "checks": checks[month],
        }
        for (month, rule), people in sorted(months.items())
    ]
    notes: tuple[str, ...] = (_("Inspections in the period: {n}.").format(n=sum(checks.values())),)
    if not rows:
        notes = (*notes, _("No breaches on record. Without inspections that says nothing."))
    return Table(columns, rows, title=_("Breaches by month"), notes=notes)


def kept(reading: Reading, first: date, last: date) -> Iterator[tuple[Duty, str]]:
    """The counter's duties due from `first` to `last`, each with how it stands: what was not done leaves no entry, so
    they come from rows, from the business days, and from what closed days missed."""
    found: dict[str, tuple[Duty, str]] = {}
    sources: list[Iterable[Duty]] = [reading.duties(everything=True, under=OWN)]
    sources += [reading.duties(on=day, under=OWN) for day in _business_days(reading, first, last)]
    for duties in sources:
        for duty in duties:
            if duty.due is not None and first <= reading.day_of(duty.due) <= last:
                found[duty_id(duty)] = (duty, status(duty, reading.now))
    for day in reading.rows("core.day"):
        for missed in day.missed:
            key = f"{missed.rule}@{missed.subject}"
            if key in found and found[key][1] == "overdue":
                found[key] = (found[key][0], "missed")
    return iter(found.values())


def _business_days(reading: Reading, first: date, last: date) -> list[date]:
    since = reading.day_of(reading.outlet.since) if reading.outlet else reading.today
    return list(reading.calendar.business_days(max(first, since), min(last, reading.today)))


Tally = dict[tuple[str, str], Counter[str]]


def _tally(reading: Reading, first: date, last: date) -> Tally:
    counts: Tally = {}
    for duty, state in kept(reading, first, last):
        word = "missed" if state in ("missed", "overdue") else state
        counts.setdefault((duty.rule, duty.who or duty.role), Counter())[word] += 1
    return counts


def _share(by: Counter[str]) -> Decimal | None:
    """The share done in time of what has come due."""
    return rate(by["met"], sum(by.values()) - by["open"])


def performance(reading: Reading) -> Table:
    """III.3: duties by rule and person: on time, late, missed, open; beside it the share of the period before."""
    counts = _tally(reading, reading.first, reading.last)
    before = _tally(reading, *period_bounds(previous_period(reading.period))) if reading.period else {}
    named = titles(reading)
    columns = (
        Column("title", _("Rule")),
        Column("who", _("Who")),
        Column("n", _("Due"), kind="number"),
        Column("met", _("On time"), kind="number"),
        Column("late", _("Late"), kind="number"),
        Column("missed", _("Missed"), kind="number"),
        Column("open", _("Open"), kind="number"),
        Column("rate", _("Share"), kind="number"),
        Column("before", _("Period before"), kind="number"),
        Column("rule", _("Rule"), shown=False),
    )
    rows = [
        {
            "rule": rule,
            "title": named.get(rule, rule),
            "who": who,
            "n": sum(by.values()),
            **{word: by[word] for word in ("met", "late", "missed", "open")},
            "rate": _share(by),
            "before": _share(before.get((rule, who), Counter())),
        }
        for (rule, who), by in sorted(counts.items())
    ]
    notes = (
        _("Period: {period}. Policy version {version}.").format(
            period=reading.period or _("all"), version=reading.policy.version
        ),
    )
    return Table(columns, rows, title=_("Duties kept"), notes=notes)


def honour(reading: Reading) -> Table:
    """III.2: who has gone how long without a breach; numbers only, unless the outlet shows names."""
    last: dict[str, datetime] = {}
    for row in reading.rows("counter.breach"):
        for who in row.people:
            person = reading.people.person(who) if reading.people.knows(who) else who
            last[person] = max(row.at, last.get(person, row.at))
    present = {row.person for row in reading.people if row.kind == "employee" and row.left_on is None}
    start = reading.outlet.since if reading.outlet else reading.now
    streaks = {who: (reading.today - reading.day_of(last.get(who, start))).days for who in present}
    if reading.policy["counter.honour.names"]:
        columns = (
            Column("who", _("Who")),
            Column("days", _("Days without a breach"), kind="number"),
        )
        rows: list[dict[str, Any]] = [
            {"who": reading.name(who), "days": days} for who, days in sorted(streaks.items(), key=lambda one: -one[1])
        ]
        return Table(columns, rows, title=_("Honour list"))
    columns = (Column("streak", _("Days without a breach")), Column("people", _("People"), kind="number"))
    bands = ((0, 29), (30, 89), (90, 364), (365, None))
    rows = [
        {
            "streak": f"{low}–{high}" if high else f"{low}+",
            "people": sum(low <= days <= (high or days) for days in streaks.values()),
        }
        for low, high in bands
    ]
    return Table(columns, rows, title=_("Honour list"), notes=(_("Numbers only: counter.honour.names is off."),))

"""Breaches, duties kept and missed, key risk indicators, honour, and hints that are never verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec

from branchops.api import Column, Duty, Reading, Table, _, breach, duty_id, pick, status, told
from branchops.plugins.counter.reports.registers import seal_counts, user_ids
from branchops.plugins.counter.rules.measure import rate
from branchops.plugins.counter.views.custody import Pair
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
    return [row for row in reading.rows("counter.breach", order="at, id") if reading.within(row.at)]


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


def kept(reading: Reading) -> Iterator[tuple[Duty, str]]:
    """The counter's duties of the period, each with how it stands: from rows, from days, and from what days missed."""
    found: dict[str, tuple[Duty, str]] = {}
    days = [day for day in _business_days(reading) if day <= reading.today]
    sources: list[Iterable[Duty]] = [reading.duties(everything=True)]
    sources += [reading.duties(on=day, everything=True) for day in days]
    for duties in sources:
        for duty in duties:
            if duty.rule.startswith(OWN) and duty.due is not None and reading.within(duty.due):
                found[duty_id(duty)] = (duty, status(duty, reading.now))
    for day in reading.rows("core.day"):
        for missed in day.missed:
            key = f"{missed.rule}@{missed.subject}"
            if key in found and found[key][1] == "overdue":
                found[key] = (found[key][0], "missed")
    return iter(found.values())


def _business_days(reading: Reading) -> list[date]:
    if not reading.period:
        return []
    start = reading.first
    since = reading.outlet.since if reading.outlet else None
    if since is not None:
        start = max(start, reading.day_of(since))
    return list(reading.calendar.business_days(start, min(reading.last, reading.today)))


def performance(reading: Reading) -> Table:
    """III.3: duties by rule and by person: on time, late, missed, still open. What was not done leaves no entry."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for duty, state in kept(reading):
        word = "missed" if state in ("missed", "overdue") else state
        counts.setdefault((duty.rule, duty.who or duty.role), Counter())[word] += 1
    named = titles(reading)
    columns = (
        Column("title", _("Rule")),
        Column("who", _("Who")),
        Column("n", _("Due"), kind="number"),
        Column("met", _("On time"), kind="number"),
        Column("late", _("Late"), kind="number"),
        Column("missed", _("Missed"), kind="number"),
        Column("open", _("Open"), kind="number"),
        Column("rate", _("On time"), kind="number"),
        Column("rule", _("Rule"), shown=False),
    )
    rows = [
        {
            "rule": rule,
            "title": named.get(rule, rule),
            "who": who,
            "n": sum(by.values()),
            **{word: by[word] for word in ("met", "late", "missed", "open")},
            "rate": rate(by["met"], sum(by.values()) - by["open"]),
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


# --- key risk indicators


class Measured(msgspec.Struct, frozen=True):
    """An indicator's value (None: no data) and when its data last moved."""

    value: Decimal | None
    fresh: datetime | None = None


def measured(reading: Reading) -> dict[str, Measured]:
    """The value of every indicator."""
    diffs = [row for row in reading.rows("counter.diff") if reading.within(row.found.at)]
    specials = [e for e in reading.events("counter.special-entered") if reading.within(e.occurred_at)]
    seals = seal_counts(reading, "day")
    total, forced = sum(n for n, _hits in seals.values()), sum(hits for _n, hits in seals.values())
    idle = list(user_ids(reading).rows)
    listed = [row.seen for row in reading.rows("counter.idlist")]
    broke = breaches_of(reading)
    inspections = [row for row in reading.rows("counter.inspection") if row.done and reading.within(row.done.at)]
    closed = [row for row in reading.rows("core.day") if row.closed_at and reading.within(row.closed_at)]
    missed = sum(one.rule.startswith(OWN) for row in closed for one in row.missed)
    any_entry = max((row.at for row in reading.rows("counter.pair", order="at DESC", limit=1)), default=None)
    incidents = list(reading.rows("counter.incident"))
    found = {
        "differences": _count(len(diffs), [row.found.at for row in diffs] or [any_entry]),
        "open-differences": _count(sum(row.open for row in diffs), [row.found.at for row in diffs] or [any_entry]),
        "late-entries": _count(sum(bool(e.meta.breaches) for e in specials), [e.recorded_at for e in specials]),
        "idle-ids": _count(len(idle), listed),
        "forced-pass": Measured(rate(forced, total), _at(reading, max(seals, default=""))),
        "incidents": _count(sum(row.open for row in incidents), [row.at for row in incidents] or [any_entry]),
        "breaches": _count(len(broke), [row.at for row in broke] or [any_entry]),
        "missed-duties": _count(missed, [row.closed_at for row in closed]),
        "inspections": _count(len(inspections), [row.done.at for row in inspections if row.done] or [any_entry]),
    }
    return found | _findings(reading)


def _findings(reading: Reading) -> dict[str, Measured]:
    """Findings belong to another plugin: read if it is there, no data if not."""
    try:
        rows = list(reading.rows("improve.finding"))
    except Exception:
        return {"overdue-findings": Measured(None), "repeat-findings": Measured(None)}
    overdue = {
        duty.subject
        for duty in reading.duties()
        if duty.rule.endswith("rectified-promptly") and status(duty, reading.now) == "overdue"
    }
    repeats = sum(bool(getattr(row, "repeats", ()) or getattr(row, "repeat_of", "")) for row in rows)
    fresh = [at for row in rows if (at := getattr(row, "opened_at", None))]
    return {"overdue-findings": _count(len(overdue), fresh), "repeat-findings": _count(repeats, fresh)}


def _count(n: int, moments: Iterable[datetime | None]) -> Measured:
    known = [one for one in moments if one is not None]
    return Measured(Decimal(n) if known else None, max(known, default=None))


def _at(reading: Reading, day: str) -> datetime | None:
    return reading.calendar.close_of(date.fromisoformat(day)) if day else None


def risk_board(reading: Reading) -> Table:
    """III.3: each indicator with direction, thresholds and age. No data is not low risk; stale data is said to be."""
    values = measured(reading)
    stale = reading.policy["counter.risk.stale_days"]
    columns = (
        Column("title", _("Indicator")),
        Column("value", _("Value"), kind="number"),
        Column("direction", _("Better")),
        Column("amber", _("Amber"), kind="number"),
        Column("red", _("Red"), kind="number"),
        Column("state", _("State")),
        Column("fresh", _("Data of"), kind="time"),
        Column("code", _("Code"), shown=False),
        Column("colour", _("State"), shown=False),
        Column("stale", _("Stale"), kind="bool", shown=False),
    )
    rows = []
    for line in reading.pack("counter").data.get("indicator", ()):
        one = values.get(line["code"], Measured(None))
        old = one.fresh is None or reading.now - one.fresh > timedelta(days=stale)
        state = shade(one.value, Decimal(line["amber"]), Decimal(line["red"]), line["direction"])
        told_state = _(state) + (f" ({_('stale')})" if old and one.value is not None else "")
        rows.append(
            {
                "code": line["code"],
                "title": pick(line["en"], line["zh"]),
                "value": one.value,
                "direction": _("lower") if line["direction"] == "down" else _("higher"),
                "amber": Decimal(line["amber"]),
                "red": Decimal(line["red"]),
                "state": told_state,
                "colour": state,
                "fresh": one.fresh,
                "stale": old,
            }
        )
    notes = (
        _("Stale: no fresh data for {days} days. Period: {period}.").format(
            days=stale, period=reading.period or _("all")
        ),
    )
    return Table(columns, rows, title=_("Key risk indicators"), notes=notes)


def shade(value: Decimal | None, amber: Decimal, red: Decimal, direction: str) -> str:
    """`green`, `amber`, `red`, or `no data`. Downwards good: thresholds are reached from below; upwards: undercut."""
    if value is None:
        return "no data"
    if direction == "up":
        return "red" if value < red else "amber" if value < amber else "green"
    return "red" if value >= red else "amber" if value >= amber else "green"


# --- hints


def hints(reading: Reading) -> Table:
    """What a careful reviewer would look at: the same pair day after day, signatures in a row within one minute, one
    and the same witness, round amounts. Indicators only; none of it is a breach."""
    pairs = [row for row in reading.rows("counter.pair", order="at, id") if reading.within(row.at)]
    rows = [
        *_same_pair(reading, pairs),
        *_same_minute(pairs),
        *_same_witness(reading, pairs),
        *_round(reading, pairs),
    ]
    columns = (
        Column("hint", _("Hint")),
        Column("who", _("Who")),
        Column("n", _("Times"), kind="number"),
        Column("of", _("Of"), kind="number"),
        Column("text", _("What")),
        Column("code", _("Code"), shown=False),
    )
    notes = (_("Hints for a closer look, never breaches. Two-person entries looked at: {n}.").format(n=len(pairs)),)
    return Table(columns, rows, title=_("Hints"), notes=notes)


def _hint(code: str, title: str, who: str, n: int, of: int, text: str) -> dict[str, Any]:
    return {"code": code, "hint": title, "who": who, "n": n, "of": of, "text": text}


def _same_pair(reading: Reading, pairs: list[Pair]) -> Iterator[dict[str, Any]]:
    """Runs of business days on which one pair, and no other, did one kind of thing."""
    wanted = reading.policy["counter.hint.pair_days"]
    by_type: dict[str, dict[date, set[str]]] = {}
    for row in pairs:
        by_type.setdefault(row.type, {}).setdefault(reading.day_of(row.at), set()).add(row.pair)
    for type_name, days in sorted(by_type.items()):
        best: dict[str, int] = {}
        run, previous = 0, ""
        for day in sorted(days):
            only = next(iter(days[day])) if len(days[day]) == 1 else ""
            run = run + 1 if only and only == previous else int(bool(only))
            previous = only
            best[only] = max(best.get(only, 0), run)
        for pair, longest in sorted(best.items()):
            if pair and longest >= wanted:
                yield _hint("same-pair", _("same pair every day"), pair, longest, len(days), type_name)


def _same_minute(pairs: list[Pair]) -> Iterator[dict[str, Any]]:
    """One pair's signatures under several different records within one minute."""
    minutes: dict[tuple[str, str], set[str]] = {}
    for row in pairs:
        minutes.setdefault((row.pair, row.recorded_at.strftime("%Y-%m-%d %H:%M")), set()).add(row.stream)
    found: Counter[str] = Counter()
    for (pair, _minute), streams in minutes.items():
        found[pair] += len(streams) > 1
    for pair, n in sorted(found.items()):
        if n:
            text = _("several records signed within one minute")
            yield _hint(
                "same-minute", _("same-minute signatures"), pair, n, sum(row.pair == pair for row in pairs), text
            )


def _same_witness(reading: Reading, pairs: list[Pair]) -> Iterator[dict[str, Any]]:
    """One witness for nearly all of a teller's counts."""
    share = reading.policy["counter.hint.witness_share"]
    by: dict[str, Counter[str]] = {}
    for row in pairs:
        if row.type == "counter.seat-left":
            by.setdefault(row.first, Counter())[row.second] += 1
    for teller, witnesses in sorted(by.items()):
        n = sum(witnesses.values())
        witness, hits = witnesses.most_common(1)[0]
        if n >= reading.policy["counter.hint.pair_days"] and Decimal(hits) / n >= share:
            text = _("counted along with {teller}").format(teller=teller)
            yield _hint("same-witness", _("always the same witness"), witness, hits, n, text)


def _round(reading: Reading, pairs: list[Pair]) -> Iterator[dict[str, Any]]:
    """Counts that come out round more often than cash does."""
    step = reading.policy["counter.hint.round"]
    by: dict[str, list[bool]] = {}
    for row in pairs:
        if row.amount is not None and row.amount:
            by.setdefault(row.pair, []).append(row.amount % step == 0)
    for pair, flags in sorted(by.items()):
        if len(flags) >= reading.policy["counter.hint.pair_days"] and sum(flags) * 2 > len(flags):
            text = _("whole multiples of {step}").format(step=step)
            yield _hint("round-amounts", _("round amounts"), pair, sum(flags), len(flags), text)

"""Statistics of a period: every figure with its number, what it is a part of, and the period before beside it.

Invariant: merged, voided and archived-elsewhere duplicates count once or not at all; a rate without a denominator is
“no data”, and a period without complaints is a nil return. Counting is done in SQL; only the limits of the period's own
complaints are computed one by one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from branchops.api import N_, Column, Page, Reading, Table, _, listing, period_bounds, previous_period, stamp, unstamp
from branchops.plugins.complaints.reports.lists import reply_state
from branchops.plugins.complaints.reports.words import CHANNELS, KINDS, LEVELS, OUTCOMES, titles

Span = tuple[str, str]
CASE = "complaints.case"
OURS = "kind = 'complaint' AND merged_into = ''"
IN = "received_at >= ? AND received_at < ?"


class Clocked(NamedTuple):
    """What the reply clock needs of a case."""

    received_at: datetime
    received_on: date | None
    registered_at: datetime
    first_reply_at: datetime | None
    first_reply_recorded: datetime | None


def statistics(reading: Reading) -> Page:
    """Art. 4, 6: what a period saw, for head office: n, denominator, rate, the period before, the policy."""
    span, before = reading.span(), _before(reading)
    rows = [_figure(reading, name, make, span, before) for name, make in FIGURES]
    received = rows[0]["n"]
    facts = {
        "period": reading.period or _("all"),
        "outlet": f"{reading.outlet.code} {reading.outlet.name}" if reading.outlet else "",
        "received": received,
        "nil": received == 0,
        "previous_period": previous_period(reading.period) if reading.period else "",
        "policy": reading.policy.version,
    }
    figures = Table(_figure_columns(), rows, title=_("Figures"), key="figures", notes=_notes(received))
    sections = [figures, *(_breakdown(reading, *one, span, before) for one in _axes(reading))]
    labels = (
        Column("received", _("Complaints received"), kind="number"),
        Column("nil", _("Nil return"), kind="bool"),
        Column("policy", _("Policy version")),
    )
    return Page(_("Complaint statistics"), facts, tuple(sections), labels)


def _notes(received: int) -> tuple[str, ...]:
    return () if received else (_("Nil return: no complaint was received in this period."),)


def _before(reading: Reading) -> Span | None:
    if not reading.period:
        return None
    first, last = period_bounds(previous_period(reading.period))
    edges = (first, last + timedelta(days=1))
    start, end = (stamp(datetime.combine(edge, time(), reading.tz)) for edge in edges)
    return start, end


# --- figures: a name, and a function that gives (n, denominator) of a span; a denominator of None is a plain number


def _count(reading: Reading, condition: str, params: tuple[Any, ...]) -> int:
    sql = f"SELECT count(*) FROM {{table}} WHERE {condition}"  # noqa: S608 - words of our own, values bound
    return int(reading.select(CASE, sql, params)[0][0])


def _plain(condition: str) -> Callable[[Reading, Span], tuple[int, int | None]]:
    return lambda reading, span: (_count(reading, f"{condition} AND {IN}", span), None)


def _share(condition: str, of: str = OURS) -> Callable[[Reading, Span], tuple[int, int | None]]:
    """Those of the received complaints `of` a condition that fulfil another as well."""

    def make(reading: Reading, span: Span) -> tuple[int, int | None]:
        return _count(reading, f"{of} AND {condition} AND {IN}", span), _count(reading, f"{of} AND {IN}", span)

    return make


def _closed(reading: Reading, span: Span) -> tuple[int, int | None]:
    condition = f"{OURS} AND status IN ('closed', 'archived') AND closed_at >= ? AND closed_at < ?"
    return _count(reading, condition, span), None


def _standing(at: int) -> Callable[[Reading, Span], tuple[int, int | None]]:
    """Complaints outstanding at the start (0) or at the end (1) of a period."""

    def make(reading: Reading, span: Span) -> tuple[int, int | None]:
        condition = f"{OURS} AND received_at < ? AND (closed_at IS NULL OR closed_at >= ?)"
        return _count(reading, condition, (span[at], span[at])), None

    return make


def _on_time(reading: Reading, span: Span) -> tuple[int, int | None]:
    """Answered within the limit, of those answered or past their limit."""
    live = "no_reply = '' AND status NOT IN ('archived', 'withdrawn')"
    sql = f"SELECT {', '.join(Clocked._fields)} FROM {{table}} WHERE {OURS} AND {live} AND {IN}"  # noqa: S608
    calendar = reading.calendar
    states = [reply_state(reading, _clocked(row), calendar) for row in reading.select(CASE, sql, span)]
    return states.count("met"), len(states) - states.count("open")


def _clocked(row: tuple[Any, ...]) -> Clocked:
    at, on, registered, first, recorded = row
    return Clocked(
        unstamp(at),
        date.fromisoformat(on) if on else None,
        unstamp(registered),
        unstamp(first) if first else None,
        unstamp(recorded) if recorded else None,
    )


def _repeat(reading: Reading, span: Span) -> tuple[int, int | None]:
    """Told to be a repeat, or the same keyed digest complained before within the days of the policy."""
    days = reading.policy["complaints.repeat.days"]
    same = "other.complainant = {table}.complainant AND other.id < {table}.id"
    near = f"julianday(other.received_at) >= julianday({{table}}.received_at) - {int(days)}"
    earlier = f"SELECT 1 FROM {{table}} AS other WHERE {same} AND {near}"  # noqa: S608 - words of our own
    again = f"(repeat = 1 OR (complainant <> '' AND EXISTS ({earlier})))"
    return _share(again)(reading, span)


def _satisfied(reading: Reading, span: Span) -> tuple[int, int | None]:
    """Content (4 or 5), of those who answered after closing."""
    return _share("satisfaction >= 4", f"{OURS} AND satisfaction > 0")(reading, span)


SETTLED = "status IN ('closed', 'archived')"
FIGURES: tuple[tuple[str, Callable[[Reading, Span], tuple[int, int | None]]], ...] = (
    (N_("received"), _plain(OURS)),
    (N_("outstanding at the start"), _standing(0)),
    (N_("closed in the period"), _closed),
    (N_("outstanding at the end"), _standing(1)),
    (N_("closed, of those received"), _share(SETTLED)),
    (N_("answered on the spot"), _share("first_contact = 1")),
    (N_("answered within the limit"), _on_time),
    (N_("upheld wholly or partly"), _share("outcome IN ('upheld', 'partly')", f"{OURS} AND outcome <> ''")),
    (N_("settled at the outlet"), _share("escalated_at IS NULL", f"{OURS} AND {SETTLED}")),
    (N_("reported to head office"), _share("escalated_at IS NOT NULL")),
    (N_("transferred by a regulator"), _share("regulator <> ''")),
    (N_("major"), _share("level = 'major'")),
    (N_("repeated by the same customer"), _repeat),
    (N_("with a breach of the rules"), _share("breaches <> '[]'")),
    (N_("content afterwards"), _satisfied),
    (N_("withdrawn"), _share("status = 'withdrawn'")),
    (N_("merged into another"), _plain("kind = 'complaint' AND merged_into <> ''")),
    (N_("suggestions"), _plain("kind = 'suggestion' AND merged_into = ''")),
    (N_("praise"), _plain("kind = 'praise' AND merged_into = ''")),
)


def _figure(
    reading: Reading,
    name: str,
    make: Callable[[Reading, Span], tuple[int, int | None]],
    span: Span,
    before: Span | None,
) -> dict[str, Any]:
    n, of = make(reading, span)
    last, last_of = make(reading, before) if before else (None, None)
    return {
        "figure": name,
        "title": _(name),
        "n": n,
        "of": of,
        "rate": rate(n, of),
        "previous": last,
        "previous_of": last_of,
        "previous_rate": rate(last, last_of),
    }


def rate(n: int | None, of: int | None) -> str:
    """A part in per cent with one decimal; “no data” when there is nothing it could be a part of."""
    if of is None or n is None:
        return ""
    return f"{100 * n / of:.1f} %" if of else _("no data")


def _figure_columns() -> tuple[Column, ...]:
    return (
        Column("title", _("Figure")),
        Column("n", _("n"), kind="number"),
        Column("of", _("of"), kind="number"),
        Column("rate", _("Rate"), align="right"),
        Column("previous", _("Before"), kind="number"),
        Column("previous_rate", _("Rate before"), align="right"),
        Column("figure", _("Figure"), shown=False),
        Column("previous_of", _("of"), kind="number", shown=False),
    )


def _axes(reading: Reading) -> list[tuple[str, str, str, dict[str, str]]]:
    """What complaints are broken down by: key, title, column, and the known codes with their titles."""
    said: dict[str, dict[str, str]] = {
        name: {code: _(word) for code, word in words.items() if code}
        for name, words in (("channel", CHANNELS), ("outcome", OUTCOMES), ("level", LEVELS), ("kind", KINDS))
    }
    return [
        ("by_channel", _("By way of receipt"), "channel", said["channel"]),
        ("by_channel_code", _("By channel of the business (A)"), "channel_code", titles(reading, "channel")),
        ("by_business", _("By business (B)"), "business", titles(reading, "business")),
        ("by_cause", _("By cause (C)"), "cause", titles(reading, "cause")),
        ("by_outcome", _("By outcome"), "outcome", said["outcome"]),
        ("by_level", _("By level"), "level", said["level"]),
    ]


def _breakdown(
    reading: Reading, key: str, title: str, column: str, known: dict[str, str], span: Span, before: Span | None
) -> Table:
    now, then = _grouped(reading, column, span), _grouped(reading, column, before) if before else {}
    total = sum(now.values())
    codes = [*known, *sorted((set(now) | set(then)) - set(known))]
    rows = [
        {"code": code, "title": known.get(code, code) or _("not given"), "n": now.get(code, 0),
         "rate": rate(now.get(code, 0), total), "previous": then.get(code, 0) if before else None}
        for code in codes
        if code or now.get(code) or then.get(code)
    ]  # fmt: skip
    nil = [str(row["title"]) for row in rows if not row["n"]]
    columns = (
        Column("code", _("Code")),
        Column("title", title),
        Column("n", _("n"), kind="number"),
        Column("rate", _("Share"), align="right"),
        Column("previous", _("Before"), kind="number"),
    )
    notes = (_("n = {total}").format(total=total), *((_("Nil: {names}").format(names=listing(nil)),) if nil else ()))
    return Table(columns, rows, title=title, key=key, notes=notes)


def _grouped(reading: Reading, column: str, span: Span) -> dict[str, int]:
    sql = f"SELECT {column}, count(*) FROM {{table}} WHERE {OURS} AND {IN} GROUP BY {column}"  # noqa: S608
    return {str(code): int(n) for code, n in reading.select(CASE, sql, span)}

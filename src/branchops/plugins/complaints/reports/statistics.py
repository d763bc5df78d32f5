"""Statistics of a period: every figure with its number, what it is a part of, and the period before beside it.

Invariant: a rate without a denominator is “no data” to people and nothing to programs, and a period without complaints
is a nil return.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from branchops.api import Column, Page, Reading, Said, Table, _, listing, period_bounds, previous_period
from branchops.plugins.complaints.reports.counting import Counting, Figure
from branchops.plugins.complaints.reports.words import CHANNELS, KINDS, LEVELS, OUTCOMES, titles


def statistics(reading: Reading) -> Page:
    """Art. 4, 6: what a period saw, for head office: n, denominator, rate, the period before, the policy."""
    counting = Counting(reading)
    now = counting.of(reading)
    before = _before(reading)
    then = counting.of(before) if before else None
    rows = [_figure(name, figure, then.figures[name] if then else None) for name, figure in now.figures.items()]
    received = rows[0]["n"]
    facts = {
        "period": reading.period or Said("", _("all")),
        "outlet": f"{reading.outlet.code} {reading.outlet.name}" if reading.outlet else "",
        "received": received,
        "nil": received == 0,
        "previous_period": previous_period(reading.period) if reading.period else "",
        "policy": reading.policy.version,
    }
    figures = Table(_figure_columns(), rows, title=_("Figures"), key="figures", notes=_notes(received))
    parts = [
        _breakdown(axis, now.axes[axis.column], then.axes[axis.column] if then else {}, before=then is not None)
        for axis in _axes(reading)
    ]
    sections = (figures, *parts)
    labels = (
        Column("received", _("Complaints received"), kind="number"),
        Column("nil", _("Nil return"), kind="bool"),
        Column("policy", _("Policy version")),
    )
    return Page(_("Complaint statistics"), facts, sections, labels)


def _notes(received: int) -> tuple[str, ...]:
    return () if received else (_("Nil return: no complaint was received in this period."),)


def _before(reading: Reading) -> Reading | None:
    if not reading.period:
        return None
    period = previous_period(reading.period)
    return reading.over(*period_bounds(period), period)


def _figure(name: str, now: Figure, last: Figure | None) -> dict[str, Any]:
    n, of = now
    then, then_of = last or (None, None)
    return {
        "figure": name,
        "title": _(name),
        "n": n,
        "of": of,
        "rate": rate(n, of),
        "previous": then,
        "previous_of": then_of,
        "previous_rate": rate(then, then_of),
    }


def rate(n: int | None, of: int | None) -> str | Said:
    """A part in per cent with one decimal; empty where none is asked for. Where there is nothing it could be a part of
    people read “no data”, and programs get None."""
    if of is None or n is None:
        return ""
    return f"{100 * n / of:.1f} %" if of else Said(None, _("no data"))


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


class _Axis(NamedTuple):
    """What complaints are broken down by: key and title of the section, the head over its codes' titles, the column
    that is counted, and the known codes with their titles."""

    key: str
    title: str
    head: str
    column: str
    known: dict[str, str]


def _axes(reading: Reading) -> list[_Axis]:
    """All that complaints are broken down by."""
    said: dict[str, dict[str, str]] = {
        name: {code: _(word) for code, word in words.items() if code}
        for name, words in (("channel", CHANNELS), ("outcome", OUTCOMES), ("level", LEVELS), ("kind", KINDS))
    }
    channels = titles(reading, "channel")
    return [
        _Axis("by_channel", _("By way of receipt"), _("Channel"), "channel", said["channel"]),
        _Axis("by_channel_code", _("By channel of the business (A)"), _("Channel"), "channel_code", channels),
        _Axis("by_business", _("By business (B)"), _("Business"), "business", titles(reading, "business")),
        _Axis("by_cause", _("By cause (C)"), _("Cause"), "cause", titles(reading, "cause")),
        _Axis("by_outcome", _("By outcome"), _("Outcome"), "outcome", said["outcome"]),
        _Axis("by_level", _("By level"), _("Level"), "level", said["level"]),
    ]


def _breakdown(axis: _Axis, now: Mapping[str, int], then: Mapping[str, int], *, before: bool) -> Table:
    known, total = axis.known, sum(now.values())
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
        Column("title", axis.head),
        Column("n", _("n"), kind="number"),
        Column("rate", _("Share"), align="right"),
        Column("previous", _("Before"), kind="number"),
    )
    notes = (_("n = {total}").format(total=total), *((_("Nil: {names}").format(names=listing(nil)),) if nil else ()))
    return Table(columns, rows, title=axis.title, key=axis.key, notes=notes)

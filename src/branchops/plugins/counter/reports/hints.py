"""Hints for a closer look at two-person entries: indicators, never verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from branchops.api import Column, Reading, Table, _
from branchops.plugins.counter.views.custody import Pair


def hints(reading: Reading) -> Table:
    """What a careful reviewer would look at: the same pair day after day, signatures in a row within one minute, one
    and the same witness, round amounts. Indicators only; none of it is a breach."""
    pairs = list(reading.rows("counter.pair", sql="at >= ? AND at < ?", params=reading.span(), order="at, id"))
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

"""Absences from the seat, and how long large cash takes to the safe."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from branchops.api import Column, Page, Reading, Table, _
from branchops.plugins.counter.duties.cash import crossings
from branchops.plugins.counter.rules.measure import percentile
from branchops.plugins.counter.views.seat import Absence, Till


def absences(reading: Reading, *, everything: bool = False, limit: int = 50) -> Table:
    """Who is away, newest first. The counts stay out: a second count must be made blind."""
    columns = (
        Column("id", _("No.")),
        Column("teller", _("Teller")),
        Column("left", _("Left"), kind="time"),
        Column("returned", _("Back"), kind="time"),
        Column("witness", _("Witness")),
        Column("signed_off", _("Signed off"), kind="time"),
        Column("minutes", _("Minutes"), kind="number"),
    )
    where = {} if everything else {"open": True}
    rows = [
        {
            "id": row.id,
            "teller": reading.name(row.teller),
            "left": row.left_at,
            "returned": row.returned.at if row.returned else None,
            "witness": row.witness,
            "signed_off": row.signed_off.at if row.signed_off else None,
            "minutes": int(((row.returned.at if row.returned else reading.now) - row.left_at).total_seconds() // 60),
        }
        for row in reading.rows("counter.absence", where, order="left_at DESC", limit=limit)
    ]
    return Table(columns, rows, title=_("Away from the seat"), notes=() if rows else (_("Nobody."),))


def absence_page(row: Absence, reading: Reading) -> Page:
    """One absence. The first count is shown once the second has been made."""
    facts: dict[str, Any] = {
        "id": row.id,
        "teller": reading.name(row.teller),
        "left": row.left_at,
        "witness": reading.name(row.witness),
        "count": row.count if row.witness else None,
        "witness_count": row.witness_count,
        "currency": row.currency,
        "single": row.single,
        "signed_off": row.signed_off.at if row.signed_off else None,
        "returned": row.returned.at if row.returned else None,
    }
    labels = (Column("left", _("Left"), kind="time"), Column("count", _("Count"), kind="money"))
    return Page(_("Absence {id}").format(id=row.id), facts, (), labels)


def till_page(row: Till, reading: Reading) -> Page:
    """A till of a day: balances, movements, final counts."""
    del reading
    facts = {"id": row.id, "teller": row.teller, "day": row.day, "open": row.open}
    balances = Table(
        (
            Column("at", _("When"), kind="time"),
            Column("kind", _("Kind")),
            Column("book", _("Book"), kind="money"),
            Column("cash", _("Cash"), kind="money"),
            Column("currency", _("Currency")),
        ),
        [{"at": b.at, "kind": b.kind, "book": b.book, "cash": b.cash, "currency": b.currency} for b in row.balances],
        title=_("Balances"),
        key="balances",
    )
    moves = Table(
        (
            Column("at", _("When"), kind="time"),
            Column("amount", _("Amount"), kind="money"),
            Column("currency", _("Currency")),
            Column("vault", _("To the safe"), kind="bool"),
        ),
        [{"at": m.at, "amount": m.amount, "currency": m.currency, "vault": m.vault} for m in row.moves],
        title=_("Cash"),
        key="moves",
    )
    finals = Table(
        (
            Column("at", _("When"), kind="time"),
            Column("count", _("Count"), kind="money"),
            Column("general", _("General teller")),
        ),
        [{"at": f.at, "count": f.count, "general": f.general} for f in row.finals],
        title=_("Final counts"),
        key="finals",
    )
    return Page(_("Till of {teller}, {day}").format(teller=row.teller, day=row.day), facts, (balances, moves, finals))


def _times(reading: Reading) -> Iterator[tuple[str, int | None]]:
    for till in reading.rows("counter.till", order="day, id"):
        if not till.moves or not reading.within(till.moves[0].at):
            continue
        large = reading.policies.at(till.moves[0].at)["counter.cash.large"]
        for code, move, _amount, back in crossings(till.moves, large):
            yield code, None if back is None else int((back.at - move.at).total_seconds() // 60)


def time_to_safe(reading: Reading) -> Table:
    """I.4: how many minutes large cash lay in the till, per currency; cash still lying there is counted apart."""
    found: dict[str, list[int | None]] = {}
    for code, minutes in _times(reading):
        found.setdefault(code, []).append(minutes)
    columns = (
        Column("currency", _("Currency")),
        Column("n", _("Times"), kind="number"),
        Column("still", _("Still there"), kind="number"),
        Column("p50", _("Median min."), kind="number"),
        Column("p90", _("90 % min."), kind="number"),
        Column("longest", _("Longest"), kind="number"),
    )
    rows = []
    for code, times in sorted(found.items()):
        done = [one for one in times if one is not None]
        rows.append(
            {
                "currency": code,
                "n": len(times),
                "still": len(times) - len(done),
                "p50": percentile(done, 50),
                "p90": percentile(done, 90),
                "longest": max(done, default=None),
            }
        )
    return Table(columns, rows, title=_("Large cash to the safe"), notes=() if rows else (_("No large cash: nil."),))

"""Cash differences: the list, one record, cumulative over and short per person, machines as counted."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from branchops.api import N_, Column, Page, Reading, Said, Table, _
from branchops.plugins.counter.reports.words import word
from branchops.plugins.counter.views.differences import Diff

STATUS = {
    "open": N_("open"),
    "resolved": N_("resolved"),
    "suspended": N_("suspended"),
    "disposed": N_("disposed of"),
}
DISPOSITIONS = {
    "": "",
    "customer-card": N_("to the customer's card"),
    "customer-account": N_("to the customer's account"),
    "head-office-adjustment": N_("adjusted by head office"),
    "non-operating-income": N_("non-operating income"),
    "non-operating-expense": N_("non-operating expense"),
    "recovered-from-teller": N_("made good by the teller"),
    "booking-corrected": N_("booking corrected"),
}


def _line(row: Diff, reading: Reading) -> dict[str, Any]:
    return {
        "id": row.id,
        "found": row.found.at,
        "place": row.place,
        "unit": row.unit,
        "amount": row.amount,
        "currency": row.currency,
        "teller": reading.name(row.teller),
        "status": row.status,
        "state": _(STATUS[row.status]),
        "disposition": row.disposition,
    }


def _columns() -> tuple[Column, ...]:
    return (
        Column("id", _("No.")),
        Column("found", _("Found"), kind="time"),
        Column("unit", _("Unit")),
        Column("amount", _("Amount"), kind="money"),
        Column("currency", _("Currency")),
        Column("teller", _("Teller")),
        Column("state", _("Status")),
        Column("place", _("Place"), shown=False),
        Column("status", _("Status"), shown=False),
        Column("disposition", _("Disposition"), shown=False),
    )


def diffs(reading: Reading, *, everything: bool = False, teller: str = "", limit: int | None = None) -> Table:
    """Differences, newest first: open ones, or all."""
    where: dict[str, object] = {} if everything else {"open": True}
    if teller:
        where["teller"] = teller
    rows = [_line(row, reading) for row in reading.rows("counter.diff", where, order="day DESC, id DESC", limit=limit)]
    return Table(_columns(), rows, title=_("Cash differences"), notes=() if rows else (_("None."),))


def register(reading: Reading) -> Table:
    """I.2: the register of the period: one line a difference, with how it was settled."""
    rows = []
    for row in reading.rows("counter.diff", order="day, id"):
        if reading.within(row.found.at):
            line = _line(row, reading)
            line |= {
                "card": row.card,
                "settled": row.closed.at if row.closed else row.suspended.at if row.suspended else None,
                "approver": row.approver,
                "how": _(DISPOSITIONS[row.disposition]),
                "claims": ", ".join(claim.claim for claim in row.claims),
            }
            rows.append(line)
    columns = (
        *_columns(),
        Column("card", _("Card")),
        Column("settled", _("Settled"), kind="time"),
        Column("how", _("Disposition")),
        Column("approver", _("Approved by")),
        Column("claims", _("Claims")),
    )
    return Table(
        columns, rows, title=_("Register of cash differences"), notes=() if rows else (_("None: a nil return."),)
    )


def page(row: Diff, reading: Reading) -> Page:
    """One difference."""
    facts: dict[str, Any] = {key: value for key, value in _line(row, reading).items() if key != "state"}
    facts |= {
        "status": Said(row.status, _(STATUS[row.status])),
        "card": row.card,
        "note": Said(row.note, word(row.note)),
        "account": row.account,
        "approver": reading.name(row.approver),
        "disposition": Said(row.disposition, _(DISPOSITIONS[row.disposition])),
        "claims": [claim.claim for claim in row.claims],
    }
    labels = (
        Column("amount", _("Amount"), kind="money"),
        Column("status", _("Status")),
    )
    return Page(_("Cash difference {id}").format(id=row.id), facts, (), labels)


def over_short(reading: Reading) -> Table:
    """I.2: per person and currency, overages and shortages of the period side by side, and their running sum.

    The sum is a sign of accuracy for management; it settles nothing, each difference stays a record of its own.
    """
    found: dict[tuple[str, str], list[Decimal]] = {}
    for row in reading.rows("counter.diff", order="day, id"):
        if row.teller and reading.within(row.found.at):
            person = reading.people.person(row.teller) if reading.people.knows(row.teller) else row.teller
            found.setdefault((person, row.currency), []).append(row.amount)
    columns = (
        Column("person", _("Person")),
        Column("currency", _("Currency")),
        Column("n", _("Number"), kind="number"),
        Column("over_n", _("Over"), kind="number"),
        Column("over", _("Sum over"), kind="money"),
        Column("short_n", _("Short"), kind="number"),
        Column("short", _("Sum short"), kind="money"),
        Column("cumulative", _("Cumulative"), kind="money"),
    )
    rows = [
        {
            "person": reading.name(person),
            "currency": currency,
            "n": len(amounts),
            "over_n": sum(amount > 0 for amount in amounts),
            "over": sum((amount for amount in amounts if amount > 0), Decimal(0)),
            "short_n": sum(amount < 0 for amount in amounts),
            "short": sum((amount for amount in amounts if amount < 0), Decimal(0)),
            "cumulative": sum(amounts, Decimal(0)),
        }
        for (person, currency), amounts in sorted(found.items())
    ]
    notes = (_("Period: {period}.").format(period=reading.period or _("all")),)
    return Table(columns, rows, title=_("Over and short, per person"), notes=notes)


def devices(reading: Reading) -> Table:
    """I.2: machines as counted: overages and shortages beside each other, never one against the other."""
    columns = (
        Column("device", _("Machine")),
        Column("counts", _("Counts"), kind="number"),
        Column("counted", _("Cash counted"), kind="money"),
        Column("over_n", _("Over"), kind="number"),
        Column("over", _("Sum over"), kind="money"),
        Column("short_n", _("Short"), kind="number"),
        Column("short", _("Sum short"), kind="money"),
        Column("undeclared", _("Without a target"), kind="number"),
        Column("notes_off", _("Notes differ"), kind="number"),
        Column("currency", _("Currency"), shown=False),
    )
    names = [column.key for column in columns]
    rows = [{name: getattr(row, name) for name in names} for row in reading.rows("counter.device")]
    return Table(columns, rows, title=_("Machines as counted"), notes=() if rows else (_("No data."),))

"""Penalties as tables: what violations cost now, and the book of how that came about.

Invariant: the book's lines of one violation add up to what the penalty table says of it now.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

import msgspec

from branchops.api import N_, Column, Reading, Recorded, Table, _
from branchops.plugins.hygiene.reports.words import KINDS, STATUS, WHAT, facts_of, staff_rows, table_of
from branchops.plugins.hygiene.rules.funding import payable
from branchops.plugins.hygiene.rules.penalty import NOTHING, Penalty, terms_of
from branchops.plugins.hygiene.views.fund import paid
from branchops.plugins.hygiene.views.violation import VIOLATION, Violation


class BookLine(msgspec.Struct, frozen=True):
    """One line of the penalty book: when, which violation, what changed, by how much."""

    at: datetime
    id: str
    person: str
    text: str
    args: dict[str, str]
    amount: Decimal
    unit: str
    cause: str


def penalty_table(reading: Reading) -> Table:
    """Every violation that stands, with its occasion, its penalty, what is payable and what was paid."""
    rows = staff_rows(reading)
    table, due = table_of(reading, rows), payable(rows, facts_of(reading))
    lines = tuple(reading.rows("hygiene.fund-line"))
    columns = (
        Column("id", _("Id")),
        Column("at", _("When"), kind="time", shown=False),
        Column("day", _("Day"), kind="date"),
        Column("name", _("Who")),
        Column("who", _("Staff id"), shown=False),
        Column("kind", _("Kind"), shown=False),
        Column("kind_title", _("Kind")),
        Column("occasion", _("Occasion"), kind="number"),
        Column("what", _("Penalty"), shown=False),
        Column("amount", _("Amount"), kind="money"),
        Column("unit", _("CNY or points"), shown=False),
        Column("status", _("Status"), shown=False),
        Column("status_title", _("Status")),
        Column("payable", _("Payable"), kind="money", shown=False),
        Column("paid", _("Paid"), kind="money"),
    )
    found = []
    for row in sorted(rows, key=lambda row: (row.at, row.id)):
        if row.id not in table or not reading.within(row.at):
            continue
        penalty = table[row.id]
        found.append(
            {
                "id": row.id,
                "at": row.at,
                "day": reading.day_of(row.at),
                "name": reading.name(row.who),
                "who": row.who,
                "kind": row.kind,
                "kind_title": _(KINDS[row.kind]),
                "occasion": penalty.occasion,
                "what": penalty.what,
                "amount": penalty.amount,
                "unit": penalty.unit or "-",
                "status": row.status,
                "status_title": _(STATUS[row.status]),
                "payable": due.get(row.id, NOTHING),
                "paid": paid(lines, row.id),
            }
        )
    return Table(columns, found, title=_("Penalties"), notes=(terms_note(reading),), key="penalties")


def terms_note(reading: Reading) -> str:
    """The terms in force today, in a sentence."""
    terms = terms_of(reading.policy)
    if not terms.unit:
        return _("Penalties are off: violations are recorded and cost nothing.")
    return _("{unit} {each} each; occasions counted by {window}; policy version {version}.").format(
        unit=terms.unit, each=terms.each, window=terms.window, version=reading.policy.version
    )


def violation_changes(reading: Reading) -> Iterator[tuple[Recorded, str, Violation | None]]:
    """Every entry that changed a violation, with the violation's id and its row as it stood after that entry."""
    live: dict[str, dict[str, Recorded]] = {}
    for event in reading.events(*VIOLATION.types, "entry.voided"):
        if event.type == "entry.voided":
            if event.stream not in live or event.data.target not in live[event.stream]:
                continue
            del live[event.stream][event.data.target]
        else:
            live.setdefault(event.stream, {})[event.id] = event
        row = None
        for one in live[event.stream].values():
            row = VIOLATION.apply(row, one)
        yield event, event.stream, row


def book(reading: Reading) -> list[BookLine]:
    """How the penalties came to be what they are: assessments, and compensating lines when history changed."""
    rows: dict[str, Violation] = {}
    known: dict[str, dict[str, Penalty]] = {}
    lines: list[BookLine] = []
    for event, name, row in violation_changes(reading):
        old = rows.pop(name, None)
        if row is not None:
            rows[name] = row
        touched = row or old
        if touched is None or touched.offender != "staff":
            continue
        person = touched.person
        before = known.get(person, {})
        after = table_of(reading, [row for row in rows.values() if row.person == person])
        known[person] = after
        lines += _differences(event, before, after)
    return lines


def _differences(event: Recorded, before: dict[str, Penalty], after: dict[str, Penalty]) -> Iterator[BookLine]:
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        one = new or old
        assert one is not None
        change = (new.amount if new else NOTHING) - (old.amount if old else NOTHING)
        if old is None:
            text, args = N_("{what}, occasion {n}"), {"what": one.what, "n": str(one.occasion)}
        elif new is None:
            text, args = N_("taken back (was occasion {n})"), {"n": str(old.occasion)}
        elif old.occasion != new.occasion:
            text, args = N_("occasion {old} becomes {new}"), {"old": str(old.occasion), "new": str(new.occasion)}
        else:
            text, args = N_("computed anew"), {}
        yield BookLine(
            event.recorded_at, name, one.person, text, args, change, one.unit, f"{event.stream} #{event.pos}"
        )


def book_table(reading: Reading) -> Table:
    """The penalty book as a table."""
    columns = (
        Column("at", _("Entered at"), kind="time"),
        Column("id", _("Id")),
        Column("person", _("Who")),
        Column("text", _("What")),
        Column("amount", _("Amount"), kind="money"),
        Column("unit", _("CNY or points"), shown=False),
        Column("cause", _("Because of")),
    )
    rows = []
    for line in book(reading):
        if reading.within(line.at):
            args = {**line.args, **({"what": _(WHAT[line.args["what"]])} if "what" in line.args else {})}
            text = _(line.text).format(**args)
            compensating = line.text not in (N_("{what}, occasion {n}"),) and line.amount != 0
            if compensating:
                text = _("{text}: compensating entry {amount}").format(text=text, amount=f"{line.amount:+}")
            rows.append(
                {
                    "at": line.at,
                    "id": line.id,
                    "person": reading.name(line.person),
                    "text": text,
                    "amount": line.amount,
                    "unit": line.unit or "-",
                    "cause": line.cause,
                }
            )
    return Table(columns, rows, title=_("Penalty book"), key="book")

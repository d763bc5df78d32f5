"""The activity fund: what is in it, what is open, what goes back, and its printed statement."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from branchops.api import N_, Column, Page, PrintedRegister, Reading, Table, _
from branchops.plugins.hygiene.reports.words import facts_of, register, staff_rows
from branchops.plugins.hygiene.rules.funding import owed_back, payable
from branchops.plugins.hygiene.rules.penalty import NOTHING
from branchops.plugins.hygiene.views.fund import Purse, paid
from branchops.plugins.hygiene.views.violation import Violation


def purse(reading: Reading) -> Purse:
    """The fund, empty when nothing has moved yet."""
    found: Purse | None = reading.row("hygiene.purse", "fund")
    return found or Purse(id="fund", currency="CNY")


def open_on(reading: Reading, row: Violation) -> Decimal:
    """What is payable for one violation and not paid yet."""
    rows = reading.rows("hygiene.violation", {"person": row.person}) if row.person else ()
    due = payable(rows, facts_of(reading)).get(row.id, NOTHING)
    return due - paid(reading.rows("hygiene.fund-line", {"violation": row.id}), row.id)


def to_give_back(reading: Reading, violation: str) -> tuple[Decimal, str]:
    """What is to be given back for one violation, and to whom."""
    lines = tuple(reading.rows("hygiene.fund-line", {"violation": violation}))
    if not lines:
        return NOTHING, ""
    person = lines[0].person
    rows = reading.rows("hygiene.violation", {"person": person})
    return owed_back(rows, lines, facts_of(reading)).get(violation, NOTHING), person


def balance_page(reading: Reading) -> Page:
    """What is in the fund, what is still to come in, what is to be given back, what may be spent."""
    rows, lines, now = staff_rows(reading), tuple(reading.rows("hygiene.fund-line")), facts_of(reading)
    state, due = purse(reading), payable(rows, now)
    back = owed_back(rows, lines, now)
    receivable = sum((max(due[name] - paid(lines, name), NOTHING) for name in due), NOTHING)
    owed = sum(back.values(), NOTHING)
    facts = {
        "currency": state.currency,
        "balance": state.balance,
        "received": state.received,
        "spent": state.spent,
        "refunded": state.refunded,
        "receivable": receivable,
        "owed_back": owed,
        "free": max(state.balance - owed, NOTHING),
    }
    titles = (
        ("balance", _("Balance")),
        ("received", _("Income")),
        ("spent", _("Spending")),
        ("refunded", _("Given back")),
        ("receivable", _("Still to come in")),
        ("owed_back", _("To be given back")),
        ("free", _("Free to spend")),
    )
    labels = tuple(Column(key, title, kind="money") for key, title in titles)
    return Page(_("Activity fund"), facts, (_owed_back_table(back),) if back else (), labels=labels)


def _owed_back_table(back: dict[str, Decimal]) -> Table:
    columns = (Column("id", _("Violation")), Column("amount", _("Amount"), kind="money"))
    rows = [{"id": name, "amount": amount} for name, amount in back.items()]
    return Table(columns, rows, title=_("To be given back"), key="refunds")


def statement(reading: Reading) -> PrintedRegister:
    """The fund's statement of a period: opening balance, every line with the balance after it, closing balance."""
    columns = (
        Column("date", _("Date"), kind="date"),
        Column("what", _("What")),
        Column("ref", _("Penalty / activity")),
        Column("signed", _("Payer / received or approved by")),
        Column("in", _("Money in"), kind="money"),
        Column("out", _("Money out"), kind="money"),
        Column("balance", _("Balance"), kind="money"),
    )
    balance = NOTHING
    lines: list[dict[str, Any]] = []
    opening: Decimal | None = None
    for line in reading.rows("hygiene.fund-line", order="key"):
        day: date = reading.day_of(line.recorded)
        if day > reading.last:
            break
        if day >= reading.first and opening is None:
            opening = balance
        balance += line.amount
        if day >= reading.first:
            lines.append(_statement_line(line, day, balance, late=reading.day_of(line.at) != day))
    opening = balance if opening is None else opening
    first = {"date": None, "what": _("Brought forward"), "balance": opening, "_number": ""}
    last = {"date": None, "what": _("Carried forward"), "balance": balance, "_number": ""}
    every = [first, *lines, last] if lines or opening else []
    return register(
        reading, _("Statement of the activity fund"), reading.period or _("all"), columns, every,
        (_("Kept by"), _("Checked by")),
    )  # fmt: skip


FUND_WORDS = {
    "hygiene.fund-received": N_("penalty paid"),
    "hygiene.fund-spent": N_("activity"),
    "hygiene.fund-refunded": N_("given back"),
}


def _statement_line(line: Any, day: date, balance: Decimal, *, late: bool) -> dict[str, Any]:
    return {
        "date": day,
        "what": _(FUND_WORDS[line.type]),
        "ref": line.violation or f"{line.activity} ({line.purpose})",
        "signed": f"{line.payer} / {line.approver}",
        "in": line.amount if line.amount > 0 else None,
        "out": -line.amount if line.amount < 0 else None,
        "balance": balance,
        "_late": late,
    }

"""The fund as rows: the purse (what is in it) and its lines (what moved)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

import msgspec

from branchops.api import Recorded, View

RECEIVED = "hygiene.fund-received"
SPENT = "hygiene.fund-spent"
REFUNDED = "hygiene.fund-refunded"


class Purse(msgspec.Struct, frozen=True, kw_only=True):
    """The fund as it stands: `balance` is cash, in one currency."""

    id: str
    currency: str
    balance: Decimal = Decimal("0.00")
    received: Decimal = Decimal("0.00")
    spent: Decimal = Decimal("0.00")
    refunded: Decimal = Decimal("0.00")


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One movement, in the order of the ledger; `amount` is signed. `violation` is empty for spending."""

    key: str
    event: str
    type: str
    at: datetime
    recorded: datetime
    amount: Decimal
    currency: str
    violation: str = ""
    person: str = ""
    activity: str = ""
    purpose: str = ""
    payer: str = ""
    approver: str = ""


def _first(event: Recorded) -> Purse:
    return moved(Purse(id=event.stream, currency=event.data.currency), event)


def moved(row: Purse, event: Recorded) -> Purse:
    """The purse after a movement."""
    amount: Decimal = event.data.amount
    if event.type == RECEIVED:
        return msgspec.structs.replace(row, balance=row.balance + amount, received=row.received + amount)
    if event.type == SPENT:
        return msgspec.structs.replace(row, balance=row.balance - amount, spent=row.spent + amount)
    return msgspec.structs.replace(row, balance=row.balance - amount, refunded=row.refunded + amount)


def line(event: Recorded) -> Line:
    """A movement as a line."""
    data = event.data
    received = event.type == RECEIVED
    return Line(
        key=f"{event.pos:012d}",
        event=event.id,
        type=event.type,
        at=event.occurred_at,
        recorded=event.recorded_at,
        amount=data.amount if received else -data.amount,
        currency=data.currency,
        violation=getattr(data, "violation", ""),
        person=getattr(data, "person", ""),
        activity=getattr(data, "activity", ""),
        purpose=getattr(data, "purpose", ""),
        payer=data.person if received else data.payer,
        approver=data.received_by if received else data.approver,
    )


def paid(lines: Iterable[Line], violation: str) -> Decimal:
    """What is in the fund for one violation: paid in and not given back."""
    return sum((one.amount for one in lines if one.violation == violation), Decimal("0.00"))


FUND_VIEWS = (
    View(
        name="hygiene.purse",
        row=Purse,
        opens=dict.fromkeys((RECEIVED, SPENT, REFUNDED), _first),
        folds=dict.fromkeys((RECEIVED, SPENT, REFUNDED), moved),
    ),
    View(
        name="hygiene.fund-line",
        row=Line,
        opens=dict.fromkeys((RECEIVED, SPENT, REFUNDED), line),
        key=lambda event: f"{event.pos:012d}",
        index=("violation",),
    ),
)

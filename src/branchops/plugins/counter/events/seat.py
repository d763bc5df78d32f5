"""Leaving the seat, tills and large cash (articles I.1, I.4, I.6, I.8).

Streams: an absence has its number (`AW-2026-0001`); a till of a day is `till-<teller>-<date>`. Amounts are exact
decimals in the currency named beside them; `day` is the outlet's date of the occurrence.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from branchops.api import Event, Signs

LEAVE = "counter.leave-seat-dual-count"
FINAL = "counter.eod-count-with-general-teller"


class SeatLeft(Event, frozen=True):
    """A teller left the seat. Both counts were made apart; `blind` says that both were typed unseen.

    Without a `witness` only one person counted, and `single` says why.
    """

    teller: Annotated[str, Signs(rule=LEAVE)]
    day: date
    count: Decimal
    witness: Annotated[str, Signs(rule=LEAVE)] = ""
    witness_count: Decimal | None = None
    currency: str = "CNY"
    long: bool = False
    signed_off: bool = False
    stamps_stowed: bool = False
    single: str = ""
    blind: bool = False


class CountAttested(Event, frozen=True):
    """A second person counted the cash of somebody who had left the seat alone."""

    witness: Annotated[str, Signs(rule=LEAVE)]
    witness_count: Decimal


class SignedOff(Event, frozen=True):
    """The teller's terminal was signed off while the teller was away."""

    by: str


class Returned(Event, frozen=True):
    """The teller is back at the seat."""

    teller: str


class Balanced(Event, frozen=True):
    """The ledger balance of a till was struck: `book` against the `cash` counted. `manual`: the system was down."""

    teller: str
    day: date
    kind: Literal["interim", "final"]
    book: Decimal
    cash: Decimal
    currency: str = "CNY"
    manual: bool = False


class CashReceived(Event, frozen=True):
    """Cash came into a till (negative: it was paid out)."""

    teller: str
    day: date
    amount: Decimal
    currency: str = "CNY"
    ref: str = ""


class VaultedIn(Event, frozen=True):
    """Cash of a till was locked in the safe."""

    teller: str
    day: date
    amount: Decimal
    currency: str = "CNY"


class FinalCounted(Event, frozen=True):
    """After the formal balance the teller counted the cash together with the general teller."""

    teller: Annotated[str, Signs(rule=FINAL)]
    day: date
    count: Decimal
    general: Annotated[str, Signs(rule=FINAL)] = ""
    currency: str = "CNY"
    single: str = ""

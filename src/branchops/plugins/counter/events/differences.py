"""Cash differences at machines and tills (article I.2). One difference is one record: never netted, never split.

Stream: the number of the difference, `D-2026-0001`; counts of machines lie in `device-<id>`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from branchops.api import Event, Personal, Signs

SAME_DAY = "counter.atm-difference-same-day"

Place = Literal["atm", "till"]
Disposition = Literal[
    "customer-card", "customer-account", "head-office-adjustment", "non-operating-income", "non-operating-expense",
    "recovered-from-teller", "booking-corrected",
]  # fmt: skip


class DifferenceOpened(Event, frozen=True):
    """Cash was found over (+) or short (-). `card` holds a card number's last four digits behind stars, no more."""

    place: Place
    unit: str
    amount: Decimal
    day: date
    currency: str = "CNY"
    teller: str = ""
    error_day: date | None = None
    card: str = ""
    source: str = ""
    note: str = ""


class DifferenceResolved(Event, frozen=True):
    """It was cleared up, whole. `offset` and `part` exist to be refused: nothing is netted and nothing split."""

    disposition: Disposition
    by: str
    note: str = ""
    offset: str = ""
    part: Decimal | None = None


class DifferenceSuspended(Event, frozen=True):
    """It was parked in a suspense account, with an approval. `account` shows its last four digits only."""

    account: str
    approver: Annotated[str, Signs(role="outlet-head", rule=SAME_DAY)]
    requested_by: str
    reason: str = ""
    offset: str = ""
    part: Decimal | None = None


class DifferenceFollowedUp(Event, frozen=True):
    """Somebody looked into a suspended difference."""

    by: str
    note: str


class ClaimLinked(Event, frozen=True):
    """A customer's claim belongs to it: `claim` is a complaint or a reference of the bank."""

    claim: str
    amount: Decimal | None = None
    customer: Personal | None = None
    card: str = ""


class DifferenceDisposed(Event, frozen=True):
    """What became of a suspended difference, approved by the head."""

    disposition: Disposition
    approver: Annotated[str, Signs(role="outlet-head", rule=SAME_DAY)]
    by: str
    customer_signed: bool = False
    note: str = ""
    offset: str = ""
    part: Decimal | None = None


class DeviceCounted(Event, frozen=True):
    """A machine's cash as counted; `declared` is what it should have been (None: not told).

    `bills` is the number of notes that was told, `notes` the number that the denominations add up to.
    """

    device: str
    counted: Decimal
    at_day: date
    declared: Decimal | None = None
    currency: str = "CNY"
    bills: int | None = None
    notes: int | None = None
    ref: str = ""

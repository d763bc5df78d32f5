"""The activity fund. Stream: `fund`, one for the outlet, so that every movement is decided against the balance."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from branchops.api import Event, Signs, event_types

FUND_STREAM = "fund"
ACTIVITIES = "hygiene.penalties-fund-activities"


class FundReceived(Event, frozen=True):
    """A penalty was paid in, in the branch's currency. `person` is the human the violation is about."""

    violation: str
    amount: Decimal
    person: str
    received_by: str
    currency: str = "CNY"


class FundSpent(Event, frozen=True):
    """Money was spent on a collective activity; payer and approver both sign. `sha256` is that of the receipt."""

    amount: Decimal
    activity: str
    purpose: str
    payer: Annotated[str, Signs(rule=ACTIVITIES)]
    approver: Annotated[str, Signs(rule=ACTIVITIES)]
    currency: str = "CNY"
    receipt: str = ""
    sha256: str = ""


class FundRefunded(Event, frozen=True):
    """The compensating entry: money that is no longer owed went back to who had paid it."""

    violation: str
    amount: Decimal
    person: str
    payer: Annotated[str, Signs(rule=ACTIVITIES)]
    approver: Annotated[str, Signs(rule=ACTIVITIES)]
    currency: str = "CNY"


FUND = event_types("hygiene", FundReceived, FundSpent, FundRefunded, state="hygiene.purse")

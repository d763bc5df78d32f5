"""What the customer is told, and how it ends: promise, reply, outcome, apology, correction, signature, survey."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from branchops.api import Event, Personal, Signs
from branchops.plugins.complaints.events.taking import Finding


class Promised(Event, frozen=True):
    """A reply was agreed with the customer, due by an instant of the outlet's clock."""

    by: datetime


class Replied(Event, frozen=True):
    """The customer was answered. `interim` says that the matter itself is still open."""

    by: str
    via: str
    text: Personal = ""
    on_the_spot: bool = False
    interim: bool = False


class ContactTried(Event, frozen=True):
    """The customer was called, or looked for, and not reached."""

    by: str
    via: str
    note: Personal = ""


class ReplyImpossible(Event, frozen=True):
    """There is nobody to answer: `reason` is a code, such as unreachable or anonymous."""

    reason: str
    note: str = ""


class Resolved(Event, frozen=True):
    """What came of it, and the facts that rests on. `cause`, `unit` and `about` are as known when it was settled."""

    outcome: Finding
    facts: Personal
    by: str = ""
    amount: Decimal | None = None
    currency: str = "CNY"
    cause: str = ""
    unit: str = ""
    about: tuple[str, ...] = ()


class Apologised(Event, frozen=True):
    """The person or department responsible apologised. `declined`: the customer would not hear it."""

    by: str
    department: bool = False
    declined: bool = False


class Explained(Event, frozen=True):
    """It was explained to the customer why the bank is not at fault. `routes`: told of review and mediation."""

    by: str
    text: Personal = ""
    routes: bool = False


class Corrected(Event, frozen=True):
    """The error was put right. Money moves in the core system: `voucher` is its number there."""

    text: str
    amount: Decimal | None = None
    currency: str = "CNY"
    voucher: str = ""


class SignedOff(Event, frozen=True):
    """The head confirms handling and reply in the register. Covers the record up to `covers` (a stream version)."""

    signer: Annotated[str, Signs(role="outlet-head", rule="complaints.head-signs-register")]
    covers: int
    outcome: str = ""
    cause: str = ""
    unit: str = ""


class Closed(Event, frozen=True):
    """The handler closes what stands in the opinion book, a suggestion, or praise."""

    by: Annotated[str, Signs(role="complaint-handler", rule="complaints.book-written-reply-signed")]
    covers: int
    outcome: str = ""
    cause: str = ""
    unit: str = ""


class Surveyed(Event, frozen=True):
    """After closing: how satisfied the customer is, from 1 to 5. Every answer stays; the last one counts."""

    score: int
    via: str = ""
    comment: Personal = ""

"""How a complaint comes in, and what it is: received, entered in the register, classified, withdrawn, archived."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from branchops.api import Event, Personal

Channel = Literal["oral", "book", "letter", "phone", "other"]
Kind = Literal["complaint", "suggestion", "praise"]
Finding = Literal["upheld", "partly", "not-upheld"]
Level = Literal["", "ordinary", "complex", "major"]
Urgency = Literal["", "I", "II", "III"]


class Received(Event, frozen=True):
    """Somebody at the outlet took a complaint. `readback` is yes, no, or the code of why it was not possible.

    `complainant` is the store's keyed digest of the contact: it recognises the same person again, and names nobody.
    `no_contact` says why nothing to reach the customer by is known; `since` carries the clock of the complaint this one
    was split from; `enters` makes the entry in the opinion register as well; `origin` names the file of an import.
    """

    channel: Channel
    gist: Personal
    taker: str = ""
    outlet: str = ""
    subtype: str = ""
    kind: Kind = "complaint"
    readback: str = ""
    caller: Personal | None = None
    contact: Personal | None = None
    complainant: str = ""
    no_contact: str = ""
    about: tuple[str, ...] = ()
    unit: str = ""
    channel_code: str = ""
    business: str = ""
    product: str = ""
    customer_cause: Personal | None = None
    demand: Personal | None = None
    level: Level = ""
    urgency: Urgency = ""
    sensitivity: tuple[str, ...] = ()
    repeat: bool = False
    regulator: str = ""
    received_on: date | None = None
    postmark: date | None = None
    file: str = ""
    sha256: str = ""
    volume: str = ""
    page: int = 0
    reopens: str = ""
    split_from: str = ""
    since: datetime | None = None
    enters: bool = False
    origin: str = ""


class Entered(Event, frozen=True):
    """The handler wrote it into the opinion register. What the first taker noted is another entry."""

    by: str


class Classified(Event, frozen=True):
    """Level, urgency, tags or codes were judged anew; what is empty stays as it was."""

    level: Level = ""
    urgency: Urgency = ""
    sensitivity: tuple[str, ...] = ()
    business: str = ""
    channel_code: str = ""
    unit: str = ""
    product: str = ""
    repeat: bool = False
    regulator: str = ""


class KindJudged(Event, frozen=True):
    """It was judged to be another kind of entry: a complaint, a suggestion, or praise."""

    kind: Kind
    reason: str = ""


class SuggestionDecided(Event, frozen=True):
    """What became of a suggestion."""

    adopted: bool
    reason: str = ""


class Withdrawn(Event, frozen=True):
    """The customer takes it back. That ends the procedure the day it is received."""

    reason: Personal = ""


class Archived(Event, frozen=True):
    """It was dealt with before this ledger began: how it ended, as the file it comes from has it."""

    outcome: Finding | Literal[""] = ""
    closed_on: date | None = None
    replied_on: date | None = None
    cause: str = ""
    response: str = ""
    timely: bool | None = None
    amount: Decimal | None = None

"""What happens to a complaint. Stream: the complaint's number, `C-2026-0113`.

Everything a customer says or is known by is `Personal`: sealed with the key of this complaint before it is stored.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from branchops.api import Event, Personal, Signs, event_types

Channel = Literal["oral", "book", "letter", "phone", "other"]
Kind = Literal["complaint", "suggestion", "praise"]
Finding = Literal["upheld", "partly", "not-upheld"]


class Received(Event):
    """Somebody at the outlet took a complaint. `readback` is yes, no, or the code of the reason why it was not possible."""

    channel: Channel
    gist: Personal
    taker: str
    subtype: str = ""
    kind: Kind = "complaint"
    readback: str = ""
    caller: Personal | None = None
    contact: Personal | None = None
    about: tuple[str, ...] = ()
    business: str = ""
    customer_cause: Personal | None = None
    received_on: date | None = None
    postmark: date | None = None
    file: str = ""
    sha256: str = ""


class HandedOver(Event):
    """The owner asks somebody else to take it over; the owner stays owner until that is accepted."""

    to: str
    reason: str = ""


class Accepted(Event):
    """The one asked takes it over. `private`: whether the customer was asked to a quieter place (yes, no, declined)."""

    by: str
    private: str = ""


class HeadInformed(Event):
    """The handler reported to the head."""

    head: str
    note: str = ""


class Promised(Event):
    """A reply was agreed with the customer, due by an instant of the outlet's clock."""

    by: datetime


class Investigated(Event):
    """Something was found out. `sha256` is the digest of a file kept as evidence."""

    finding: Personal
    investigator: str
    interviewed: tuple[str, ...] = ()
    file: str = ""
    sha256: str = ""


class Proposed(Event):
    """A way to settle it was put to the customer."""

    proposal: Personal


class Replied(Event):
    """The customer was answered. `interim` says that the matter itself is still open."""

    by: str
    via: str
    text: Personal = ""
    on_the_spot: bool = False
    interim: bool = False


class CauseFound(Event):
    """The cause as the bank sees it: a code of the pack, and words."""

    code: str
    text: str = ""


class Resolved(Event):
    """What came of it, and the facts that rests on."""

    outcome: Finding
    facts: Personal
    amount: str = ""


class Apologised(Event):
    """The person or department responsible apologised."""

    by: str
    department: bool = False


class Explained(Event):
    """It was explained to the customer why the bank is not at fault."""

    by: str
    text: Personal = ""


class SignedOff(Event):
    """The head confirms handling and reply in the register. Covers the record up to `covers` (a stream version)."""

    signer: Annotated[str, Signs(role="outlet-head", rule="complaints.head-signs-register")]
    covers: int


class BeyondAuthorityConfirmed(Event):
    """The head confirms that it exceeds what the outlet may decide."""

    head: Annotated[str, Signs(role="outlet-head", rule="complaints.escalate-after-head-confirms")]
    reason: str = ""


class Escalated(Event):
    """It was reported to head office. A letter's copy stays: `sha256` of the file, or the number of the paper copy."""

    to: str
    sha256: str = ""
    paper_copy: str = ""
    head_concerned: bool = False


EVENTS = event_types(
    "complaints",
    Received,
    HandedOver,
    Accepted,
    HeadInformed,
    Promised,
    Investigated,
    Proposed,
    Replied,
    CauseFound,
    Resolved,
    Apologised,
    Explained,
    SignedOff,
    BeyondAuthorityConfirmed,
    Escalated,
    state="complaints.case",
)

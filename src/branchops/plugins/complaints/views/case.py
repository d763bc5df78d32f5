"""Complaints as rows: one `Case` a complaint, as it stands."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec


class Reply(msgspec.Struct, frozen=True):
    """An answer to the customer: claimed and recorded instants, by whom, how, whether it was only an interim one."""

    at: datetime
    recorded: datetime
    by: str
    via: str
    interim: bool = False
    on_the_spot: bool = False


class Promise(msgspec.Struct, frozen=True):
    """A promise: due by, made at."""

    by: datetime
    at: datetime


class Handover(msgspec.Struct, frozen=True):
    """A hand-over: from, to, when asked, when accepted."""

    giver: str
    to: str
    at: datetime
    accepted: datetime | None = None


class Note(msgspec.Struct, frozen=True):
    """Something said at an instant: head office's word, the head's instruction, a survey's answer."""

    at: datetime
    text: str
    recorded: datetime
    final: bool = False


class Link(msgspec.Struct, frozen=True):
    """Another complaint this one belongs with."""

    to: str
    relation: str


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A complaint as it stands. `open` is true until it is closed; `owner` is who has to see to it now.

    `first_reply_at` is when the customer was first answered, as far as the limit counts it is for the duty to say
    (`first_reply_recorded` beside it); `merged_into` is empty where the complaint counts for itself.
    """

    id: str
    channel: str
    subtype: str
    kind: str
    status: str = "received"
    open: bool = True
    outlet: str = ""
    received_at: datetime
    registered_at: datetime
    received_on: date | None = None
    postmark: date | None = None
    taker: str
    owner: str
    handler: str = ""
    entered_by: str = ""
    entered_at: datetime | None = None
    readback: str = ""
    private: str = ""
    gist: str
    caller: str = ""
    contact: str = ""
    complainant: str = ""
    no_contact: str = ""
    about: tuple[str, ...] = ()
    unit: str = ""
    channel_code: str = ""
    business: str = ""
    product: str = ""
    customer_cause: str = ""
    demand: str = ""
    level: str = ""
    urgency: str = ""
    sensitivity: tuple[str, ...] = ()
    repeat: bool = False
    regulator: str = ""
    volume: str = ""
    page: int = 0
    file: str = ""
    sha256: str = ""
    handovers: tuple[Handover, ...] = ()
    informed_at: datetime | None = None
    instructions: tuple[Note, ...] = ()
    notified_at: datetime | None = None
    promises: tuple[Promise, ...] = ()
    investigations: int = 0
    proposals: int = 0
    replies: tuple[Reply, ...] = ()
    first_reply_at: datetime | None = None
    first_reply_recorded: datetime | None = None
    first_contact: bool = False
    attempts: int = 0
    no_reply: str = ""
    book_reply_page: int = 0
    book_reply_text: str = ""
    book_signed_by: str = ""
    cause: str = ""
    cause_text: str = ""
    outcome: str = ""
    amount: Decimal | None = None
    resolved_at: datetime | None = None
    facts: str = ""
    apologised_by: str = ""
    apologised_at: datetime | None = None
    explained_by: str = ""
    corrected_at: datetime | None = None
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    escalated_at: datetime | None = None
    escalated_to: str = ""
    copy_file: str = ""
    copy_sha256: str = ""
    hq: tuple[Note, ...] = ()
    regulator_days: int = 0
    adopted: str = ""
    signed_by: str = ""
    signed_at: datetime | None = None
    covers: int = 0
    closed_at: datetime | None = None
    surveys: tuple[Note, ...] = ()
    satisfaction: int = 0
    links: tuple[Link, ...] = ()
    merged_into: str = ""
    merged_from: str = ""
    split_from: str = ""
    reopens: str = ""
    origin: str = ""
    breaches: tuple[str, ...] = ()
    version: int = 1

    @property
    def pending(self) -> Handover | None:
        """A hand-over asked for and not yet accepted."""
        last = self.handovers[-1] if self.handovers else None
        return last if last is not None and last.accepted is None else None

    @property
    def final_reply(self) -> Reply | None:
        """The first answer that was more than an interim one."""
        return next((reply for reply in self.replies if not reply.interim), None)

    @property
    def on_the_spot(self) -> bool:
        """Whether it was answered on the spot."""
        return any(reply.on_the_spot for reply in self.replies)

    @property
    def upheld(self) -> bool:
        """Whether the bank is liable, wholly or in part."""
        return self.outcome in ("upheld", "partly")

    @property
    def hq_result(self) -> Note | None:
        """Head office's final word."""
        return next((note for note in self.hq if note.final), None)

"""Decisions about what the customer is told, and how it ends."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import msgspec

from branchops.api import Policy
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.rules.decide.tidy import tidy
from branchops.plugins.complaints.views import Case


class PromiseReply(msgspec.Struct, frozen=True, kw_only=True):
    """Agree a time for the reply."""

    by: datetime


def decide_promise(_case: Case, command: PromiseReply, _policy: Policy) -> ev.Promised:
    """A reply was promised."""
    return ev.Promised(by=command.by)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Answer the customer."""

    by: str
    via: str
    text: str = ""
    on_the_spot: bool = False
    interim: bool = False


def decide_reply(_case: Case, command: Answer, _policy: Policy) -> ev.Replied:
    """The customer was answered."""
    return ev.Replied(**{**msgspec.structs.asdict(command), "text": tidy(command.text)})


class TryContact(msgspec.Struct, frozen=True, kw_only=True):
    """Note that the customer was not reached."""

    by: str
    via: str
    note: str = ""


def decide_attempt(_case: Case, command: TryContact, _policy: Policy) -> ev.ContactTried:
    """The customer was not reached."""
    return ev.ContactTried(by=command.by, via=command.via, note=tidy(command.note))


class GiveUpReply(msgspec.Struct, frozen=True, kw_only=True):
    """Say why nobody can be answered."""

    reason: str
    note: str = ""


def decide_no_reply(_case: Case, command: GiveUpReply, _policy: Policy) -> ev.ReplyImpossible:
    """Nobody can be answered."""
    return ev.ReplyImpossible(reason=command.reason, note=command.note)


class Resolve(msgspec.Struct, frozen=True, kw_only=True):
    """Say what came of it."""

    outcome: ev.Finding
    facts: str
    by: str = ""
    amount: Decimal | None = None
    currency: str = "CNY"


def decide_resolve(case: Case, command: Resolve, _policy: Policy) -> ev.Resolved:
    """It was settled; who listens learns the cause, the unit and the people concerned as they are known now."""
    return ev.Resolved(
        outcome=command.outcome,
        facts=tidy(command.facts),
        by=command.by,
        amount=command.amount,
        currency=command.currency,
        cause=case.cause,
        unit=case.unit,
        about=case.about,
    )


class Apologise(msgspec.Struct, frozen=True, kw_only=True):
    """Apologise."""

    by: str
    department: bool = False
    declined: bool = False


def decide_apology(_case: Case, command: Apologise, _policy: Policy) -> ev.Apologised:
    """The bank apologised."""
    return ev.Apologised(by=command.by, department=command.department, declined=command.declined)


class Explain(msgspec.Struct, frozen=True, kw_only=True):
    """Explain."""

    by: str
    text: str = ""
    routes: bool = False


def decide_explain(_case: Case, command: Explain, _policy: Policy) -> ev.Explained:
    """It was explained."""
    return ev.Explained(by=command.by, text=tidy(command.text), routes=command.routes)


class Correct(msgspec.Struct, frozen=True, kw_only=True):
    """Put it right."""

    text: str
    amount: Decimal | None = None
    currency: str = "CNY"
    voucher: str = ""


def decide_correct(_case: Case, command: Correct, _policy: Policy) -> ev.Corrected:
    """It was put right."""
    return ev.Corrected(**{**msgspec.structs.asdict(command), "text": tidy(command.text)})


class SignOff(msgspec.Struct, frozen=True, kw_only=True):
    """Sign the register."""

    signer: str


def decide_signoff(case: Case, command: SignOff, _policy: Policy) -> ev.SignedOff:
    """The head signed what stands in the record now."""
    return ev.SignedOff(
        signer=command.signer, covers=case.version, outcome=case.outcome, cause=case.cause, unit=case.unit
    )


class Close(msgspec.Struct, frozen=True, kw_only=True):
    """Close an entry of the book, a suggestion, or praise."""

    by: str


def decide_close(case: Case, command: Close, _policy: Policy) -> ev.Closed:
    """The handler closed what stands in the record now."""
    return ev.Closed(by=command.by, covers=case.version, outcome=case.outcome, cause=case.cause, unit=case.unit)


class Survey(msgspec.Struct, frozen=True, kw_only=True):
    """Note how satisfied the customer is."""

    score: int
    via: str = ""
    comment: str = ""


def decide_survey(_case: Case, command: Survey, _policy: Policy) -> ev.Surveyed:
    """The customer was asked."""
    return ev.Surveyed(score=command.score, via=command.via, comment=tidy(command.comment))

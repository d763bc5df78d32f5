"""Decisions about taking a complaint and saying what it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import msgspec

from branchops.api import Entry, Policy
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.rules.decide.tidy import kept, tidy
from branchops.plugins.complaints.views import Case


class Receive(msgspec.Struct, frozen=True, kw_only=True):
    """Take a complaint."""

    channel: ev.Channel
    gist: str
    taker: str = ""
    outlet: str = ""
    subtype: str = ""
    kind: ev.Kind = "complaint"
    readback: str = ""
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
    level: ev.Level = ""
    urgency: ev.Urgency = ""
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


def decide_receive(_case: Case | None, command: Receive, policy: Policy) -> ev.Received:
    """A complaint was taken."""
    fields = msgspec.structs.asdict(command)
    fields["gist"] = tidy(command.gist)
    for name in ("caller", "contact"):
        fields[name] = kept(name, fields[name], policy)
    for name in ("customer_cause", "demand"):
        fields[name] = tidy(fields[name]) or None
    known = policy.get("complaints.channel.codes-of", {})
    fields["channel_code"] = (
        command.channel_code or known.get(command.subtype) or known.get(command.channel, "")
    ).upper()
    fields["business"] = command.business.upper()
    return ev.Received(**fields)


class Archive(msgspec.Struct, frozen=True, kw_only=True):
    """Take over a complaint that was dealt with before this ledger."""

    received: Receive
    archived: ev.Archived


def decide_archive(_case: Case | None, command: Archive, policy: Policy) -> Iterator[Entry]:
    """It was received, and it was closed, elsewhere."""
    yield Entry(decide_receive(None, command.received, policy))
    yield Entry(command.archived)


class Enter(msgspec.Struct, frozen=True, kw_only=True):
    """Write it into the register."""

    by: str


def decide_enter(_case: Case, command: Enter, _policy: Policy) -> ev.Entered:
    """It was entered."""
    return ev.Entered(by=command.by)


class Classify(msgspec.Struct, frozen=True, kw_only=True):
    """Judge level, urgency, tags and codes."""

    level: ev.Level = ""
    urgency: ev.Urgency = ""
    sensitivity: tuple[str, ...] = ()
    business: str = ""
    channel_code: str = ""
    unit: str = ""
    product: str = ""
    repeat: bool = False
    regulator: str = ""


def decide_classify(_case: Case, command: Classify, _policy: Policy) -> ev.Classified:
    """It was classified."""
    fields = msgspec.structs.asdict(command)
    codes = {name: fields[name].upper() for name in ("business", "channel_code")}
    return ev.Classified(**{**fields, **codes})


class JudgeKind(msgspec.Struct, frozen=True, kw_only=True):
    """Say that it is another kind of entry."""

    kind: ev.Kind
    reason: str = ""


def decide_kind(_case: Case, command: JudgeKind, _policy: Policy) -> ev.KindJudged:
    """It is of another kind."""
    return ev.KindJudged(kind=command.kind, reason=command.reason)


class DecideSuggestion(msgspec.Struct, frozen=True, kw_only=True):
    """Adopt a suggestion or not."""

    adopted: bool
    reason: str = ""


def decide_suggestion(_case: Case, command: DecideSuggestion, _policy: Policy) -> ev.SuggestionDecided:
    """The suggestion was decided on."""
    return ev.SuggestionDecided(adopted=command.adopted, reason=command.reason)


class Withdraw(msgspec.Struct, frozen=True, kw_only=True):
    """The customer takes it back."""

    reason: str = ""


def decide_withdraw(_case: Case, command: Withdraw, _policy: Policy) -> ev.Withdrawn:
    """It was taken back."""
    return ev.Withdrawn(reason=command.reason)

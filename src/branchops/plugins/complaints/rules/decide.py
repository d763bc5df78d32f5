"""Decisions: what a command makes happen. Whether it may is the validators' business."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec

from branchops.api import Policy
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.views import Case


class Receive(msgspec.Struct, frozen=True, kw_only=True):
    """Take a complaint."""

    channel: ev.Channel
    gist: str
    taker: str
    subtype: str = ""
    kind: ev.Kind = "complaint"
    readback: str = ""
    caller: str = ""
    contact: str = ""
    about: tuple[str, ...] = ()
    business: str = ""
    customer_cause: str = ""
    received_on: date | None = None
    postmark: date | None = None
    file: str = ""
    sha256: str = ""


def decide_receive(_case: Case | None, command: Receive, _policy: Policy) -> ev.Received:
    """A complaint was taken."""
    fields = msgspec.structs.asdict(command)
    for name in ("caller", "contact", "customer_cause"):
        fields[name] = fields[name] or None
    return ev.Received(**fields)


class HandOver(msgspec.Struct, frozen=True, kw_only=True):
    """Ask somebody to take it over."""

    to: str
    reason: str = ""


def decide_handover(_case: Case, command: HandOver, _policy: Policy) -> ev.HandedOver:
    """A hand-over was asked for."""
    return ev.HandedOver(to=command.to, reason=command.reason)


class Accept(msgspec.Struct, frozen=True, kw_only=True):
    """Take it over."""

    by: str
    private: str = ""


def decide_accept(_case: Case, command: Accept, _policy: Policy) -> ev.Accepted:
    """A hand-over was accepted."""
    return ev.Accepted(by=command.by, private=command.private)


class ReportHead(msgspec.Struct, frozen=True, kw_only=True):
    """Report to the head."""

    head: str
    note: str = ""


def decide_report_head(_case: Case, command: ReportHead, _policy: Policy) -> ev.HeadInformed:
    """The head was told."""
    return ev.HeadInformed(head=command.head, note=command.note)


class PromiseReply(msgspec.Struct, frozen=True, kw_only=True):
    """Agree a time for the reply."""

    by: datetime


def decide_promise(_case: Case, command: PromiseReply, _policy: Policy) -> ev.Promised:
    """A reply was promised."""
    return ev.Promised(by=command.by)


class Investigate(msgspec.Struct, frozen=True, kw_only=True):
    """Note what was found out."""

    finding: str
    investigator: str
    interviewed: tuple[str, ...] = ()
    file: str = ""
    sha256: str = ""


def decide_investigate(_case: Case, command: Investigate, _policy: Policy) -> ev.Investigated:
    """Something was found out."""
    return ev.Investigated(**msgspec.structs.asdict(command))


class Propose(msgspec.Struct, frozen=True, kw_only=True):
    """Propose a settlement."""

    proposal: str


def decide_propose(_case: Case, command: Propose, _policy: Policy) -> ev.Proposed:
    """A settlement was proposed."""
    return ev.Proposed(proposal=command.proposal)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Answer the customer."""

    by: str
    via: str
    text: str = ""
    on_the_spot: bool = False
    interim: bool = False


def decide_reply(_case: Case, command: Answer, _policy: Policy) -> ev.Replied:
    """The customer was answered."""
    return ev.Replied(**msgspec.structs.asdict(command))


class FindCause(msgspec.Struct, frozen=True, kw_only=True):
    """Name the cause."""

    code: str
    text: str = ""


def decide_cause(_case: Case, command: FindCause, _policy: Policy) -> ev.CauseFound:
    """The cause was found."""
    return ev.CauseFound(code=command.code.upper(), text=command.text)


class Resolve(msgspec.Struct, frozen=True, kw_only=True):
    """Say what came of it."""

    outcome: ev.Finding
    facts: str
    amount: str = ""


def decide_resolve(_case: Case, command: Resolve, _policy: Policy) -> ev.Resolved:
    """It was settled."""
    return ev.Resolved(outcome=command.outcome, facts=command.facts, amount=command.amount)


class Apologise(msgspec.Struct, frozen=True, kw_only=True):
    """Apologise."""

    by: str
    department: bool = False


def decide_apology(_case: Case, command: Apologise, _policy: Policy) -> ev.Apologised:
    """The bank apologised."""
    return ev.Apologised(by=command.by, department=command.department)


class Explain(msgspec.Struct, frozen=True, kw_only=True):
    """Explain."""

    by: str
    text: str = ""


def decide_explain(_case: Case, command: Explain, _policy: Policy) -> ev.Explained:
    """It was explained."""
    return ev.Explained(by=command.by, text=command.text)


class SignOff(msgspec.Struct, frozen=True, kw_only=True):
    """Sign the register."""

    signer: str


def decide_signoff(case: Case, command: SignOff, _policy: Policy) -> ev.SignedOff:
    """The head signed what stands in the record now."""
    return ev.SignedOff(signer=command.signer, covers=case.version)


class ConfirmBeyondAuthority(msgspec.Struct, frozen=True, kw_only=True):
    """Confirm that it is beyond the outlet."""

    head: str
    reason: str = ""


def decide_confirm_beyond_authority(
    _case: Case, command: ConfirmBeyondAuthority, _policy: Policy
) -> ev.BeyondAuthorityConfirmed:
    """The head confirmed that it is beyond the outlet."""
    return ev.BeyondAuthorityConfirmed(head=command.head, reason=command.reason)


class Escalate(msgspec.Struct, frozen=True, kw_only=True):
    """Report it to head office."""

    to: str = "HQ"
    sha256: str = ""
    paper_copy: str = ""
    head_concerned: bool = False


def decide_escalate(_case: Case, command: Escalate, _policy: Policy) -> ev.Escalated:
    """It was reported up."""
    return ev.Escalated(**msgspec.structs.asdict(command))



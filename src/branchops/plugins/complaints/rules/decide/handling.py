"""Decisions about who has it in hand, and what is found out."""

from __future__ import annotations

import msgspec

from branchops.api import Policy
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.rules.decide.tidy import tidy
from branchops.plugins.complaints.views import Case


class HandOver(msgspec.Struct, frozen=True, kw_only=True):
    """Ask somebody to take it over."""

    to: str
    reason: str = ""
    via: str = ""


def decide_handover(_case: Case, command: HandOver, _policy: Policy) -> ev.HandedOver:
    """A hand-over was asked for."""
    return ev.HandedOver(to=command.to, reason=command.reason, via=command.via)


class Accept(msgspec.Struct, frozen=True, kw_only=True):
    """Take it over."""

    by: str
    private: str = ""
    enters: bool = False


def decide_accept(_case: Case, command: Accept, _policy: Policy) -> ev.Accepted:
    """A hand-over was accepted."""
    return ev.Accepted(by=command.by, private=command.private, enters=command.enters)


class ReportHead(msgspec.Struct, frozen=True, kw_only=True):
    """Report to the head."""

    head: str
    note: str = ""


def decide_report_head(_case: Case, command: ReportHead, _policy: Policy) -> ev.HeadInformed:
    """The head was told."""
    return ev.HeadInformed(head=command.head, note=command.note)


class Instruct(msgspec.Struct, frozen=True, kw_only=True):
    """Say how to go on."""

    head: str
    text: str


def decide_instruct(_case: Case, command: Instruct, _policy: Policy) -> ev.Instructed:
    """The head gave an instruction."""
    return ev.Instructed(head=command.head, text=command.text.strip())


class Notify(msgspec.Struct, frozen=True, kw_only=True):
    """Tell the one responsible."""

    to: str = ""
    note: str = ""


def decide_notify(_case: Case, command: Notify, _policy: Policy) -> ev.Notified:
    """The one responsible was told."""
    return ev.Notified(to=command.to, note=command.note)


class Investigate(msgspec.Struct, frozen=True, kw_only=True):
    """Note what was found out."""

    finding: str
    investigator: str
    interviewed: tuple[str, ...] = ()
    file: str = ""
    sha256: str = ""


def decide_investigate(_case: Case, command: Investigate, _policy: Policy) -> ev.Investigated:
    """Something was found out."""
    fields = msgspec.structs.asdict(command)
    return ev.Investigated(**{**fields, "finding": tidy(command.finding)})


class Propose(msgspec.Struct, frozen=True, kw_only=True):
    """Propose a settlement."""

    proposal: str


def decide_propose(_case: Case, command: Propose, _policy: Policy) -> ev.Proposed:
    """A settlement was proposed."""
    return ev.Proposed(proposal=tidy(command.proposal))


class FindCause(msgspec.Struct, frozen=True, kw_only=True):
    """Name the cause."""

    code: str
    text: str = ""


def decide_cause(_case: Case, command: FindCause, _policy: Policy) -> ev.CauseFound:
    """The cause was found."""
    return ev.CauseFound(code=command.code.upper(), text=command.text.strip())


class ReportConduct(msgspec.Struct, frozen=True, kw_only=True):
    """Report that somebody behaved badly."""

    conduct: ev.Conduct
    who: str
    reported_by: str = ""
    note: str = ""
    observation: str = ""


def decide_conduct(_state: object, command: ReportConduct, _policy: Policy) -> ev.Misbehaved:
    """Somebody behaved badly."""
    return ev.Misbehaved(**{**msgspec.structs.asdict(command), "note": tidy(command.note)})


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """Answer a checklist."""

    checklist: str
    items: tuple[ev.CheckedItem, ...]
    note: str = ""


def decide_check(_state: object, command: Check, _policy: Policy) -> ev.Checked:
    """A checklist was answered."""
    return ev.Checked(checklist=command.checklist, items=command.items, note=command.note)

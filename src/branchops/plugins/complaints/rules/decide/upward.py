"""Decisions about head office, the regulator and the service line."""

from __future__ import annotations

import msgspec

from branchops.api import Policy
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.rules.decide.tidy import tidy
from branchops.plugins.complaints.views import Case


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
    file: str = ""
    sha256: str = ""
    paper_copy: str = ""
    head_concerned: bool = False


def decide_escalate(_case: Case, command: Escalate, _policy: Policy) -> ev.Escalated:
    """It was reported up."""
    return ev.Escalated(**msgspec.structs.asdict(command))


class AddHqStatus(msgspec.Struct, frozen=True, kw_only=True):
    """Note what head office said."""

    text: str
    result: bool = False


def decide_hq_status(_case: Case, command: AddHqStatus, _policy: Policy) -> ev.HqStatus:
    """Head office said something."""
    return ev.HqStatus(text=tidy(command.text), result=command.result)


class ExtendLimit(msgspec.Struct, frozen=True, kw_only=True):
    """Extend the regulator's limit."""

    days: int
    reason: str
    head: str
    approval: str = ""


def decide_extend(_case: Case, command: ExtendLimit, _policy: Policy) -> ev.LimitExtended:
    """The regulator's limit was extended."""
    return ev.LimitExtended(**msgspec.structs.asdict(command))


class TakeHotline(msgspec.Struct, frozen=True, kw_only=True):
    """Note a call of the service line handed over in the hall."""

    staff: str
    verified_by: str = ""
    called: str = ""
    agent: str = ""
    agent_case: str = ""
    said: str = ""
    note: str = ""
    ended: str = ""


def decide_hotline(_case: Case, command: TakeHotline, _policy: Policy) -> ev.HotlineCalled:
    """The service line was on the telephone."""
    return ev.HotlineCalled(**{**msgspec.structs.asdict(command), "said": tidy(command.said)})

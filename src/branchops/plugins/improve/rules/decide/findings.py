"""Decisions about findings. Whether they may be is the validators' business."""

from __future__ import annotations

from datetime import date

import msgspec

from branchops.api import Policy, tidy
from branchops.plugins.improve import events as ev
from branchops.plugins.improve.views import Finding


class Open(msgspec.Struct, frozen=True, kw_only=True):
    """Open a finding by hand."""

    text: str
    severity: ev.Severity = "medium"
    rule: str = ""
    cause: str = ""
    unit: str = ""
    about: tuple[str, ...] = ()
    record: str = ""
    reopens: str = ""
    reporter: str = ""
    found_on: date | None = None


def decide_open(_row: object, command: Open, _policy: Policy) -> ev.Opened:
    """A problem was found."""
    fields = msgspec.structs.asdict(command)
    return ev.Opened(**{**fields, "text": tidy(command.text), "reporter": command.reporter or None})


class Notify(msgspec.Struct, frozen=True, kw_only=True):
    """Tell those concerned."""

    to: tuple[str, ...]
    by: str
    via: str = ""


def decide_notify(_row: Finding, command: Notify, _policy: Policy) -> ev.Notified:
    """They were told."""
    return ev.Notified(to=command.to, by=command.by, via=command.via)


class Assign(msgspec.Struct, frozen=True, kw_only=True):
    """Give it to somebody. Without a day the one already set stays, or `fallback` is set."""

    owner: str
    due: date | None = None
    fallback: date


def decide_assign(row: Finding, command: Assign, _policy: Policy) -> ev.Assigned:
    """Somebody owns it."""
    return ev.Assigned(owner=command.owner, due=command.due or (row.due if row else None) or command.fallback)


class Extend(msgspec.Struct, frozen=True, kw_only=True):
    """Give it more time."""

    due: date
    reason: str
    approver: str


def decide_extend(_row: Finding, command: Extend, _policy: Policy) -> ev.Extended:
    """It has more time."""
    return ev.Extended(due=command.due, reason=command.reason.strip(), approver=command.approver)


class Raise(msgspec.Struct, frozen=True, kw_only=True):
    """Take an overdue finding up with somebody higher."""

    to: str
    note: str = ""
    step: int = 0


def decide_raise(row: Finding, command: Raise, _policy: Policy) -> ev.Raised:
    """It was taken up: by default one step above the last."""
    last = max((int(step) for step in row.raised), default=0) if row else 0
    return ev.Raised(step=command.step or last + 1, to=command.to, note=tidy(command.note))


class Rectify(msgspec.Struct, frozen=True, kw_only=True):
    """Say that it was put right."""

    by: str
    what: str
    evidence: str = ""
    sha256: str = ""
    record: str = ""
    practice: str = ""
    rule_changed: str = ""
    no_change: str = ""


def decide_rectify(_row: Finding, command: Rectify, _policy: Policy) -> ev.Rectified:
    """It was put right."""
    fields = msgspec.structs.asdict(command)
    texts = {name: tidy(fields[name]) for name in ("what", "practice", "no_change")}
    return ev.Rectified(**{**fields, **texts})


class LookAcross(msgspec.Struct, frozen=True, kw_only=True):
    """Look whether it is wrong elsewhere too; with `none` say why there is nowhere to look."""

    by: str
    where: str = ""
    result: str = ""
    opened: tuple[str, ...] = ()
    none: str = ""


def decide_analogues(_row: Finding, command: LookAcross, _policy: Policy) -> ev.LookedAcross | ev.AnaloguesExcused:
    """Somebody looked, or said why not."""
    if command.none and not command.where:
        return ev.AnaloguesExcused(by=command.by, reason=tidy(command.none))
    result = tidy(command.result)
    return ev.LookedAcross(by=command.by, where=tidy(command.where), result=result, opened=command.opened)


class Verify(msgspec.Struct, frozen=True, kw_only=True):
    """See whether it is put right."""

    by: str
    effective: bool = True
    note: str = ""


def decide_verify(_row: Finding, command: Verify, _policy: Policy) -> ev.Verified:
    """Another person saw it."""
    return ev.Verified(by=command.by, effective=command.effective, note=tidy(command.note))


class Close(msgspec.Struct, frozen=True, kw_only=True):
    """Close it."""

    by: str


def decide_close(row: Finding, command: Close, _policy: Policy) -> ev.Closed:
    """It is over."""
    kept = {"rule": row.rule, "cause": row.cause, "unit": row.unit} if row else {}
    return ev.Closed(by=command.by, **kept)

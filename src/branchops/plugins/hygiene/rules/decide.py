"""Decisions on violations and the fund: what a command makes happen. Whether it may is the validators' business."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from branchops.api import Policy
from branchops.plugins.hygiene.events import fund
from branchops.plugins.hygiene.events import violations as ev
from branchops.plugins.hygiene.views.fund import Purse
from branchops.plugins.hygiene.views.violation import Violation


class AddViolation(msgspec.Struct, frozen=True, kw_only=True):
    """Record a violation."""

    kind: ev.Kind
    offender: ev.Offender
    who: str = ""
    person: str = ""
    zone: str = ""
    day: date | None = None
    with_guest: bool = False
    pieces: int = 1
    note: str = ""
    evidence: str = ""
    sha256: str = ""
    fine: str = ""


def decide_add_violation(_state: object, command: AddViolation, _policy: Policy) -> ev.ViolationAdded:
    """A violation was seen."""
    return ev.ViolationAdded(**msgspec.structs.asdict(command))


class Confirm(msgspec.Struct, frozen=True, kw_only=True):
    """Confirm a violation."""

    by: str
    note: str = ""


def decide_confirm(_state: Violation, command: Confirm, _policy: Policy) -> ev.ViolationConfirmed:
    """The administration confirmed it."""
    return ev.ViolationConfirmed(by=command.by, note=command.note)


class Appeal(msgspec.Struct, frozen=True, kw_only=True):
    """Contest a violation."""

    by: str
    reason: str


def decide_appeal(_state: Violation, command: Appeal, _policy: Policy) -> ev.ViolationAppealed:
    """It was contested."""
    return ev.ViolationAppealed(by=command.by, reason=command.reason)


class DecideAppeal(msgspec.Struct, frozen=True, kw_only=True):
    """Grant or refuse an appeal."""

    by: str
    granted: bool
    reason: str = ""


def decide_decide_appeal(_state: Violation, command: DecideAppeal, _policy: Policy) -> ev.AppealDecided:
    """The appeal was decided."""
    return ev.AppealDecided(by=command.by, granted=command.granted, reason=command.reason)


class Merge(msgspec.Struct, frozen=True, kw_only=True):
    """Two reports are one occasion."""

    of: str
    by: str


def decide_merge(_state: Violation, command: Merge, _policy: Policy) -> ev.ViolationMerged:
    """A reviewer merged it into another."""
    return ev.ViolationMerged(of=command.of, by=command.by)


class PayIn(msgspec.Struct, frozen=True, kw_only=True):
    """A penalty is paid into the fund."""

    violation: str
    amount: Decimal
    person: str
    received_by: str


def decide_pay_in(_state: Purse | None, command: PayIn, _policy: Policy) -> fund.FundReceived:
    """Money came in."""
    return fund.FundReceived(**msgspec.structs.asdict(command))


class Spend(msgspec.Struct, frozen=True, kw_only=True):
    """Money is spent on an activity."""

    amount: Decimal
    activity: str
    purpose: str
    payer: str
    approver: str
    receipt: str = ""
    sha256: str = ""


def decide_spend(_state: Purse | None, command: Spend, _policy: Policy) -> fund.FundSpent:
    """Money went out for an activity."""
    return fund.FundSpent(**msgspec.structs.asdict(command))


class Refund(msgspec.Struct, frozen=True, kw_only=True):
    """Money no longer owed goes back."""

    violation: str
    amount: Decimal
    person: str
    payer: str
    approver: str


def decide_refund(_state: Purse | None, command: Refund, _policy: Policy) -> fund.FundRefunded:
    """Money went back to who had paid it."""
    return fund.FundRefunded(**msgspec.structs.asdict(command))

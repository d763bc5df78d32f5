"""Cash differences, and machines as counted."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import msgspec

from branchops.api import Recorded, View
from branchops.plugins.counter.views.shared import Done, changed, done


class Claim(msgspec.Struct, frozen=True):
    """A customer's claim linked to a difference."""

    claim: str
    at: datetime
    amount: Decimal | None = None


class Diff(msgspec.Struct, frozen=True, kw_only=True):
    """A cash difference: over (+) or short (-). `open` until it is resolved or disposed of."""

    id: str
    place: str
    unit: str
    amount: Decimal
    currency: str
    day: str
    found: Done
    teller: str = ""
    card: str = ""
    source: str = ""
    note: str = ""
    status: str = "open"
    open: bool = True
    account: str = ""
    approver: str = ""
    suspended: Done | None = None
    followed: tuple[Done, ...] = ()
    claims: tuple[Claim, ...] = ()
    disposition: str = ""
    closed: Done | None = None
    version: int = 1


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """A machine over all its counts: overages and shortages stand side by side, never against each other."""

    id: str
    device: str
    currency: str
    counts: int
    counted: Decimal
    over: Decimal = Decimal(0)
    over_n: int = 0
    short: Decimal = Decimal(0)
    short_n: int = 0
    undeclared: int = 0
    notes_off: int = 0
    last_day: str = ""


def opened(event: Recorded) -> Diff:
    """A difference was found."""
    data = event.data
    return Diff(
        id=event.stream,
        place=data.place,
        unit=data.unit,
        amount=data.amount,
        currency=data.currency,
        day=data.day.isoformat(),
        found=done(event),
        teller=data.teller,
        card=data.card,
        source=data.source,
        note=data.note,
    )


def resolved(row: Diff, event: Recorded) -> Diff:
    """Cleared up."""
    return changed(  # type: ignore[no-any-return]
        row,
        status="resolved",
        open=False,
        disposition=event.data.disposition,
        closed=done(event, event.data.by),
        version=event.version,
    )


def suspended(row: Diff, event: Recorded) -> Diff:
    """Parked."""
    return changed(  # type: ignore[no-any-return]
        row,
        status="suspended",
        account=event.data.account,
        approver=event.data.approver,
        suspended=done(event, event.data.requested_by),
        version=event.version,
    )


def disposed(row: Diff, event: Recorded) -> Diff:
    """Disposed of."""
    return changed(  # type: ignore[no-any-return]
        row,
        status="disposed",
        open=False,
        disposition=event.data.disposition,
        closed=done(event, event.data.by),
        version=event.version,
    )


def claimed(row: Diff, event: Recorded) -> Diff:
    """A claim was linked."""
    claim = Claim(event.data.claim, event.occurred_at, event.data.amount)
    return changed(row, claims=(*row.claims, claim), version=event.version)  # type: ignore[no-any-return]


def device(row: Device | None, event: Recorded) -> Device:
    """One more count of a machine."""
    data = event.data
    row = row or Device(id=event.stream, device=data.device, currency=data.currency, counts=0, counted=Decimal(0))
    gap = None if data.declared is None else data.counted - data.declared
    return changed(  # type: ignore[no-any-return]
        row,
        counts=row.counts + 1,
        counted=row.counted + data.counted,
        over=row.over + max(gap or Decimal(0), Decimal(0)),
        over_n=row.over_n + bool(gap and gap > 0),
        short=row.short + min(gap or Decimal(0), Decimal(0)),
        short_n=row.short_n + bool(gap and gap < 0),
        undeclared=row.undeclared + (gap is None),
        notes_off=row.notes_off + (data.bills is not None and data.notes is not None and data.bills != data.notes),
        last_day=max(row.last_day, data.at_day.isoformat()),
    )


VIEWS = (
    View(
        name="counter.diff",
        row=Diff,
        opens={"counter.difference-opened": opened},
        folds={
            "counter.difference-resolved": resolved,
            "counter.difference-suspended": suspended,
            "counter.difference-followed-up": lambda row, event: changed(
                row, followed=(*row.followed, done(event, event.data.by)), version=event.version
            ),
            "counter.claim-linked": claimed,
            "counter.difference-disposed": disposed,
        },
        index=("open", "teller", "day", "source"),
    ),
    View(
        name="counter.device",
        row=Device,
        opens={"counter.device-counted": lambda event: device(None, event)},
        folds={"counter.device-counted": device},
    ),
)

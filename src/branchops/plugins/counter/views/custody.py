"""Bags, seals, the van, stamps, incidents, and the pairs that signed together."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import msgspec

from branchops.api import Recorded, View
from branchops.plugins.counter.views.shared import Done, Span, changed, done, passed_on


class Bag(msgspec.Struct, frozen=True, kw_only=True):
    """A cash bag. `seal` is the number on it, or the last one; `sealed` whether it is closed now."""

    id: str
    bag: str
    seal: str
    day: str
    sealed: bool
    amount: Decimal | None = None
    currency: str = ""
    done: Done
    by: tuple[str, ...] = ()


class Seal(msgspec.Struct, frozen=True, kw_only=True):
    """A seal number that was used."""

    seal: str
    bag: str
    day: str


class Visit(msgspec.Struct, frozen=True):
    """One coming of the van: who met it, who left, or why none came."""

    turn: str
    met: Done | None = None
    by: tuple[str, ...] = ()
    boxes: int | None = None
    left: Done | None = None
    left_by: tuple[str, ...] = ()
    none: str = ""


class Van(msgspec.Struct, frozen=True, kw_only=True):
    """The van on one day."""

    id: str
    day: str
    visits: tuple[Visit, ...] = ()

    def last(self, turn: str) -> Visit | None:
        """The last coming of a turn."""
        return next((visit for visit in reversed(self.visits) if visit.turn == turn), None)


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """A stamp or key: in whose hands, since when, locked away or not; `spans` is its whole custody."""

    id: str
    stamp: str
    kind: str
    title: str
    holder: str
    since: datetime
    touched: datetime
    stowed: bool = False
    lost: bool = False
    spans: tuple[Span, ...] = ()


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """Something to be looked into."""

    id: str
    about: str
    what: str
    rule: str
    day: str
    at: datetime
    recorded_at: datetime
    open: bool = True
    cleared: Done | None = None
    note: str = ""


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two people who signed one entry: for hints only, never for a verdict."""

    id: str
    at: datetime
    recorded_at: datetime
    type: str
    stream: str
    pair: str
    first: str
    second: str
    amount: Decimal | None = None


def sealed(event: Recorded) -> Bag:
    """A bag as it was sealed."""
    data = event.data
    return Bag(
        id=event.stream,
        bag=data.bag,
        seal=data.seal,
        day=data.day.isoformat(),
        sealed=True,
        amount=data.amount,
        currency=data.currency,
        done=done(event),
        by=data.by,
    )


def opened(event: Recorded) -> Bag:
    """A bag as it was opened."""
    data = event.data
    return Bag(
        id=event.stream,
        bag=data.bag,
        seal=data.seal,
        day=data.day.isoformat(),
        sealed=False,
        done=done(event),
        by=data.by,
    )


def met(row: Van, event: Recorded) -> Van:
    """The van was met."""
    data = event.data
    visit = Visit(data.turn, met=done(event), by=data.by, boxes=data.boxes)
    return changed(row, visits=(*row.visits, visit))  # type: ignore[no-any-return]


def went(row: Van, event: Recorded) -> Van:
    """Those who met the van left."""
    data = event.data
    visits = list(row.visits)
    for i in range(len(visits) - 1, -1, -1):
        if visits[i].turn == data.turn and visits[i].met is not None and visits[i].left is None:
            visits[i] = changed(visits[i], left=done(event), left_by=data.by)
            return changed(row, visits=tuple(visits))  # type: ignore[no-any-return]
    return row


def no_van(row: Van, event: Recorded) -> Van:
    """No van came."""
    data = event.data
    return changed(row, visits=(*row.visits, Visit(data.turn, met=done(event), none=data.reason)))  # type: ignore[no-any-return]


def _van(event: Recorded) -> Van:
    return Van(id=event.stream, day=event.data.day.isoformat())


def assigned(event: Recorded) -> Stamp:
    """A stamp comes into custody."""
    data = event.data
    return Stamp(
        id=event.stream,
        stamp=data.stamp,
        kind=data.kind,
        title=data.title,
        holder=data.holder,
        since=event.occurred_at,
        touched=event.occurred_at,
        spans=passed_on((), data.holder, event.occurred_at),
    )


def handed_over(row: Stamp, event: Recorded) -> Stamp:
    """From hand to hand: out of the safe, too."""
    at, taker = event.occurred_at, event.data.taker
    return changed(  # type: ignore[no-any-return]
        row, holder=taker, since=at, touched=at, stowed=False, spans=passed_on(row.spans, taker, at)
    )


def _stow(value: bool) -> object:
    return lambda row, event: changed(row, stowed=value, touched=event.occurred_at)


def incident(event: Recorded) -> Incident:
    """An incident."""
    data = event.data
    return Incident(
        id=event.stream,
        about=data.about,
        what=data.what,
        rule=data.rule,
        day=data.day.isoformat(),
        at=event.occurred_at,
        recorded_at=event.recorded_at,
    )


def pair(event: Recorded) -> Pair | None:
    """The two who signed, as persons in alphabetical order; None for fewer."""
    who = [signature.person for signature in event.meta.signatures]
    if len(who) < 2:
        return None
    data = event.data
    amount = getattr(data, "count", None) if event.type != "counter.custody-handed-over" else None
    amount = getattr(data, "amount", amount)
    return Pair(
        id=event.id,
        at=event.occurred_at,
        recorded_at=event.recorded_at,
        type=event.type,
        stream=event.stream,
        pair=" + ".join(sorted(who[:2])),
        first=who[0],
        second=who[1],
        amount=amount,
    )


DUAL = (
    "seat-left",
    "final-counted",
    "bag-sealed",
    "bag-opened",
    "van-met",
    "van-left",
    "stamp-handed-over",
    "id-purged",
)

VIEWS = (
    View(
        name="counter.bag",
        row=Bag,
        opens={"counter.bag-sealed": sealed, "counter.bag-opened": opened},
        folds={
            "counter.bag-sealed": lambda _row, event: sealed(event),
            "counter.bag-opened": lambda row, event: changed(opened(event), amount=row.amount, currency=row.currency),
        },
        index=("sealed",),
    ),
    View(
        name="counter.seal",
        row=Seal,
        opens={
            "counter.bag-sealed": lambda event: Seal(
                seal=event.data.seal, bag=event.data.bag, day=event.data.day.isoformat()
            )
        },
        key=lambda event: event.data.seal,
    ),
    View(
        name="counter.van",
        row=Van,
        opens={
            "counter.van-met": lambda event: met(_van(event), event),
            "counter.van-none": lambda event: no_van(_van(event), event),
        },
        folds={"counter.van-met": met, "counter.van-left": went, "counter.van-none": no_van},
    ),
    View(
        name="counter.stamp",
        row=Stamp,
        opens={"counter.stamp-assigned": assigned},
        folds={
            "counter.stamp-handed-over": handed_over,
            "counter.stamp-stowed": _stow(True),  # type: ignore[dict-item]
            "counter.stamp-taken": _stow(False),  # type: ignore[dict-item]
            "counter.stamp-lost": lambda row, event: changed(row, lost=True, touched=event.occurred_at),
        },
        index=("holder",),
    ),
    View(
        name="counter.incident",
        row=Incident,
        opens={"counter.incident-raised": incident},
        folds={
            "counter.incident-cleared": lambda row, event: changed(
                row, open=False, cleared=done(event, event.data.by), note=event.data.note
            )
        },
        index=("open",),
    ),
    View(
        name="counter.pair",
        row=Pair,
        opens={f"counter.{name}": pair for name in DUAL},
        key=lambda event: event.id,
        index=("pair", "at"),
    ),
)

"""Absences from the seat, and tills of a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import msgspec

from branchops.api import Recorded, View
from branchops.plugins.counter.views.shared import Done, changed, done


class Absence(msgspec.Struct, frozen=True, kw_only=True):
    """A teller away from the seat. `open` until the return; `witnessed` is when the second count was signed for."""

    id: str
    teller: str
    day: str
    left_at: datetime
    left_recorded: datetime
    count: Decimal
    currency: str
    witness: str = ""
    witness_count: Decimal | None = None
    witnessed: Done | None = None
    single: str = ""
    long: bool = False
    signed_off: Done | None = None
    stamps_stowed: bool = False
    returned: Done | None = None
    open: bool = True
    differs: bool = False


class Balance(msgspec.Struct, frozen=True):
    """A balance struck: book against cash."""

    at: datetime
    recorded: datetime
    kind: str
    book: Decimal
    cash: Decimal
    currency: str
    manual: bool


class Move(msgspec.Struct, frozen=True):
    """Cash in (+) or out of the till (-); `vault` when it went to the safe."""

    at: datetime
    recorded: datetime
    amount: Decimal
    currency: str
    vault: bool = False


class Final(msgspec.Struct, frozen=True):
    """A final count with the general teller (empty: alone)."""

    at: datetime
    recorded: datetime
    count: Decimal
    currency: str
    general: str


class Till(msgspec.Struct, frozen=True, kw_only=True):
    """A teller's till on one day. `open` while a final count after the last movement and balance is missing; `cash`
    while more came in than went to the safe."""

    id: str
    teller: str
    day: str
    balances: tuple[Balance, ...] = ()
    moves: tuple[Move, ...] = ()
    finals: tuple[Final, ...] = ()
    open: bool = True
    cash: bool = False

    @property
    def balanced(self) -> Balance | None:
        """The last formal balance."""
        return max((one for one in self.balances if one.kind == "final"), key=lambda one: one.at, default=None)

    @property
    def counted(self) -> Final | None:
        """The final count that still stands: with a general teller, after the last formal balance and movement."""
        balance = self.balanced
        last = max((move.at for move in self.moves), default=None)
        for final in self.finals:
            early = balance is None or final.at < balance.at or (last is not None and final.at < last)
            if final.general and not early:
                return final
        return None


def left(event: Recorded) -> Absence:
    """A new absence."""
    data = event.data
    return Absence(
        id=event.stream,
        teller=data.teller,
        day=data.day.isoformat(),
        left_at=event.occurred_at,
        left_recorded=event.recorded_at,
        count=data.count,
        currency=data.currency,
        witness=data.witness,
        witness_count=data.witness_count,
        witnessed=done(event, data.witness) if data.witness else None,
        single=data.single,
        long=data.long,
        signed_off=done(event, data.teller) if data.signed_off else None,
        stamps_stowed=data.stamps_stowed,
        differs=data.witness_count is not None and data.witness_count != data.count,
    )


def attested(row: Absence, event: Recorded) -> Absence:
    """A second count came later."""
    data = event.data
    return changed(  # type: ignore[no-any-return]
        row,
        witness=data.witness,
        witness_count=data.witness_count,
        witnessed=done(event, data.witness),
        differs=data.witness_count != row.count,
    )


def signed_off(row: Absence, event: Recorded) -> Absence:
    """The terminal was signed off."""
    return changed(row, signed_off=row.signed_off or done(event, event.data.by))  # type: ignore[no-any-return]


def returned(row: Absence, event: Recorded) -> Absence:
    """Back."""
    return changed(row, returned=done(event, event.data.teller), open=False)  # type: ignore[no-any-return]


def _till(event: Recorded) -> Till:
    return Till(id=event.stream, teller=event.data.teller, day=event.data.day.isoformat())


def _settled(till: Till) -> Till:
    net: dict[str, Decimal] = {}
    for move in till.moves:
        net[move.currency] = net.get(move.currency, Decimal(0)) + move.amount
    return changed(till, open=till.counted is None, cash=any(one > 0 for one in net.values()))  # type: ignore[no-any-return]


def balanced(row: Till, event: Recorded) -> Till:
    """One more balance."""
    data = event.data
    one = Balance(event.occurred_at, event.recorded_at, data.kind, data.book, data.cash, data.currency, data.manual)
    return _settled(changed(row, balances=(*row.balances, one)))


def moved(row: Till, event: Recorded) -> Till:
    """Cash came in or went out."""
    data = event.data
    one = Move(event.occurred_at, event.recorded_at, data.amount, data.currency)
    return _settled(changed(row, moves=(*row.moves, one)))


def vaulted(row: Till, event: Recorded) -> Till:
    """Cash went to the safe."""
    data = event.data
    one = Move(event.occurred_at, event.recorded_at, -data.amount, data.currency, True)
    return _settled(changed(row, moves=(*row.moves, one)))


def counted(row: Till, event: Recorded) -> Till:
    """A final count."""
    data = event.data
    one = Final(event.occurred_at, event.recorded_at, data.count, data.currency, data.general)
    return _settled(changed(row, finals=(*row.finals, one)))


TILL = {
    "counter.balanced": balanced,
    "counter.cash-received": moved,
    "counter.vaulted-in": vaulted,
    "counter.final-counted": counted,
}


def _opening(fold: Callable[[Till, Recorded], Till]) -> Callable[[Recorded], Till]:
    return lambda event: fold(_till(event), event)


VIEWS = (
    View(
        name="counter.absence",
        row=Absence,
        opens={"counter.seat-left": left},
        folds={
            "counter.count-attested": attested,
            "counter.signed-off": signed_off,
            "counter.returned": returned,
        },
        index=("open", "differs", "teller", "day"),
    ),
    View(
        name="counter.till",
        row=Till,
        opens={name: _opening(fold) for name, fold in TILL.items()},
        folds=TILL,
        index=("open", "cash", "day", "teller"),
    ),
)

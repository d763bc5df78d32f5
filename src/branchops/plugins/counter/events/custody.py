"""Bags, seals, the van, stamps and keys (articles I.5, I.8, I.9). Whoever is named in `by` signs with an own PIN.

Streams: `bag-<number>`, `van-<date>`, `stamp-<id>`; an incident has its number (`IC-2026-0001`).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from branchops.api import Event, Signs

OPEN = "counter.cash-bag-dual-open-morning"
SEAL = "counter.cash-bag-dual-seal-evening"
ENTRY = "counter.van-two-person-entry"
EXIT = "counter.van-two-person-exit"
STOWED = "counter.long-absence-stamps-stowed"

Turn = Literal["am", "pm"]


class BagSealed(Event, frozen=True):
    """A cash bag was sealed. A seal number is used once, ever."""

    bag: str
    seal: str
    day: date
    amount: Decimal
    by: Annotated[tuple[str, ...], Signs(rule=SEAL)]
    currency: str = "CNY"
    single: str = ""


class BagOpened(Event, frozen=True):
    """A cash bag was unsealed; `seal` is the number read off it."""

    bag: str
    seal: str
    day: date
    by: Annotated[tuple[str, ...], Signs(rule=OPEN)]
    broken: bool = False
    single: str = ""


class IncidentRaised(Event, frozen=True):
    """Something happened that has to be looked into; `about` names the record."""

    about: str
    what: str
    day: date
    rule: str = ""


class IncidentCleared(Event, frozen=True):
    """An incident was looked into and cleared, by the head."""

    by: Annotated[str, Signs(role="outlet-head")]
    note: str


class VanMet(Event, frozen=True):
    """The people who meet the cash van came in. `boxes` is what the van handed over (None: not counted)."""

    day: date
    turn: Turn
    by: Annotated[tuple[str, ...], Signs(rule=ENTRY)]
    plate: str = ""
    crew: tuple[str, ...] = ()
    boxes: int | None = None
    single: str = ""


class VanLeft(Event, frozen=True):
    """They went out again."""

    day: date
    turn: Turn
    by: Annotated[tuple[str, ...], Signs(rule=EXIT)]
    single: str = ""


class VanNone(Event, frozen=True):
    """No van came, and why."""

    day: date
    turn: Turn
    reason: str


class StampAssigned(Event, frozen=True):
    """A stamp or key came into the register, and into somebody's hands."""

    stamp: str
    holder: Annotated[str, Signs(rule=STOWED)]
    kind: Literal["stamp", "key"] = "stamp"
    title: str = ""


class StampHandedOver(Event, frozen=True):
    """It went from hand to hand; both sign."""

    stamp: str
    giver: Annotated[str, Signs(rule=STOWED)]
    taker: Annotated[str, Signs(rule=STOWED)]


class StampStowed(Event, frozen=True):
    """Its holder locked it away."""

    stamp: str
    holder: str


class StampTaken(Event, frozen=True):
    """Its holder took it out again."""

    stamp: str
    holder: str


class StampLost(Event, frozen=True):
    """It is lost."""

    stamp: str
    holder: str
    note: str = ""

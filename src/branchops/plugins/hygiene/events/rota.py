"""The duty rota. Stream: a month, `rota-2026-12`. A swap or a cover never erases who was due at first."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from branchops.api import Event, Signs, event_types

ROTA_RULE = "hygiene.daily-duty-rota"


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """One duty day and who is due; nobody when no one of the rota was there (then the steward sees to it)."""

    day: date
    who: str = ""


class RotaMade(Event, frozen=True):
    """The rota of `first` to `last` was made for `people`; `turns` are its duty days of this stream's month."""

    first: date
    last: date
    people: tuple[str, ...]
    turns: tuple[Turn, ...]


class TurnsSwapped(Event, frozen=True):
    """Two people changed turns. Both agreed: `signed` with their PINs, or `consents` as recorded by who acts."""

    day_a: date
    who_a: str
    day_b: date
    who_b: str
    consents: tuple[str, ...] = ()
    signed: Annotated[tuple[str, ...], Signs(rule=ROTA_RULE)] = ()
    note: str = ""


class TurnCovered(Event, frozen=True):
    """Somebody takes one turn of who is due (absent, called away)."""

    day: date
    who: str
    by: str
    reason: str = ""


def month_stream(day: date) -> str:
    """The stream of the month in which a day lies."""
    return f"rota-{day:%Y-%m}"


ROTA = event_types("hygiene", RotaMade, TurnsSwapped, TurnCovered, state="hygiene.rota")

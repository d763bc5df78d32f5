"""The machine's clock, and the one textual form of an instant that is ever stored.

`recorded_at` comes from a `Clock` and from nowhere else; tests inject their own clock in process.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol

import msgspec

_encode = msgspec.json.Encoder().encode
_QUOTED = len('"2026-11-23T09:30:00.000000Z"')


class Clock(Protocol):
    """Anything that tells the time."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""


class SystemClock:
    """The operating system's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """An aware instant as RFC 3339 in UTC with microseconds: 27 characters, sorting as text in time order."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    if moment.tzinfo is UTC:
        quick = _encode(moment)  # the same form, in quotes; without its microseconds when there are none
        if len(quick) == _QUOTED:
            return quick[1:-1].decode()
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat("T", "microseconds") + "Z"


def unstamp(text: str) -> datetime:
    """The instant of a stored stamp, aware, in UTC. Raises ValueError for any other form."""
    return datetime.fromisoformat(text)

"""The machine's clock, and the one textual form of an instant that is ever stored.

`recorded_at` comes from a `Clock` and from nowhere else; tests inject their own clock in process.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


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
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat("T", "microseconds") + "Z"


def unstamp(text: str) -> datetime:
    """The instant of a stored stamp, aware, in UTC. Raises ValueError for any other form."""
    return datetime.fromisoformat(text)

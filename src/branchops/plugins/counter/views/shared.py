"""What several rows are made of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from branchops.api import Recorded


class Done(msgspec.Struct, frozen=True):
    """When something was done: as claimed, as recorded, and by whom."""

    at: datetime
    recorded: datetime
    by: str = ""


class Span(msgspec.Struct, frozen=True):
    """Custody by one holder from `start` to `end` (None: still)."""

    holder: str
    start: datetime
    end: datetime | None = None


def done(event: Recorded, by: str = "") -> Done:
    """The doing of an event."""
    return Done(event.occurred_at, event.recorded_at, by or event.actor)


def passed_on(spans: tuple[Span, ...], holder: str, at: datetime) -> tuple[Span, ...]:
    """The spans after the custody went to `holder` at an instant: the last one ends where the new one begins."""
    if not spans:
        return (Span(holder, at),)
    last = msgspec.structs.replace(spans[-1], end=at)
    return (*spans[:-1], last, Span(holder, at))


def changed(row: Any, **changes: Any) -> Any:
    """The row with other values."""
    return msgspec.structs.replace(row, **changes)

"""What happens around a session of training, study or summing-up. Stream: the session's number, `TS-2026-0001`.

Invariant: an entry about one person carries the session's topics, so that a person's record follows from it alone.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from branchops.api import Event

SessionKind = Literal["training", "study", "summary"]
Scope = Literal["department", "company"]
Attendance = Literal["present", "late", "excused", "absent"]


class SessionPlanned(Event, frozen=True):
    """A session was announced for a day; who is booked on it follows in entries of their own."""

    topics: tuple[str, ...]
    kinds: tuple[SessionKind, ...]
    on: date
    start: str = ""
    scope: Scope = "department"
    trainer: str = ""
    title: str = ""


class Booked(Event, frozen=True):
    """Somebody has a place in a planned session."""

    staff: str
    topics: tuple[str, ...]
    on: date


class SessionHeld(Event, frozen=True):
    """A session took place. `expected` are those who were to come: whoever is not recorded later stays unrecorded."""

    topics: tuple[str, ...]
    kinds: tuple[SessionKind, ...]
    on: date
    minutes: int
    scope: Scope = "department"
    trainer: str = ""
    title: str = ""
    expected: tuple[str, ...] = ()
    essay: bool = False


class Attended(Event, frozen=True):
    """How somebody attended. `reason` says why somebody was excused, or why an earlier record (`before`) was wrong."""

    staff: str
    status: Attendance
    topics: tuple[str, ...]
    minutes: int = 0
    reason: str = ""
    before: str = ""


class MinutesKept(Event, frozen=True):
    """The minutes of a session: a text, or the SHA-256 of a file."""

    text: str = ""
    file: str = ""
    sha256: str = ""

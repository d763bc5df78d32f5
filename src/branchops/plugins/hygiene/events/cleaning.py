"""Daily ticks, big clean-ups, rooms used, materials consulted. Nothing said is not the same as not done."""

from __future__ import annotations

from datetime import date, time
from typing import Literal

import msgspec

from branchops.api import Event, event_types

Task = Literal["public", "bins", "own-bin", "personal-area", "tidy", "power", "lunch", "last-out", "supervise"]
Presence = Literal["present", "excused", "absent"]


class TaskDone(Event, frozen=True):
    """A daily task was ticked: whose it was (`who`), who did it (`by`). A tick is a claim; an inspection is evidence.

    Stream: `clean-2026-12-01`, the business day it counts for.
    """

    day: date
    task: Task
    who: str
    by: str
    left_on: tuple[str, ...] = ()
    note: str = ""


class Attendance(msgspec.Struct, frozen=True, kw_only=True):
    """One person at a big clean-up; who is not mentioned is unrecorded, not absent."""

    who: str
    presence: Presence
    reason: str = ""


class CleanUpHeld(Event, frozen=True):
    """A big clean-up took place. `planned` is its date by the schedule, `held` the day it was done.

    Stream: `bigclean-2026-12-19`, by the planned date.
    """

    planned: date
    held: date
    start: time | None = None
    zones: tuple[str, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    result: str = ""


class AttendanceCorrected(Event, frozen=True):
    """Somebody's presence was recorded later, or set right; what was recorded first stays in the ledger."""

    who: str
    presence: Presence
    reason: str = ""


class RoomUsed(Event, frozen=True):
    """A meeting room or the reception area was used. `booker` is empty for customers and visitors from head office."""

    room: str
    booker: str = ""
    visitor: str = ""


class RoomCleaned(Event, frozen=True):
    """It was cleaned after use."""

    by: str
    note: str = ""


class MaterialTaken(Event, frozen=True):
    """Somebody took books, papers or files to consult them: one consultation, however many pieces."""

    what: str
    who: str
    pieces: int = 1


class MaterialReturned(Event, frozen=True):
    """They are back in their place."""

    by: str


CLEANING = (
    *event_types("hygiene", TaskDone, state="hygiene.clean-day"),
    *event_types("hygiene", CleanUpHeld, AttendanceCorrected, state="hygiene.clean-up"),
    *event_types("hygiene", RoomUsed, RoomCleaned, state="hygiene.room-use"),
    *event_types("hygiene", MaterialTaken, MaterialReturned, state="hygiene.loan"),
)

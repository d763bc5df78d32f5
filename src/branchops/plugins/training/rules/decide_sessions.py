"""Decisions about sessions: planned, held, attended, minuted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from branchops.api import Policy
from branchops.plugins.training.events import sessions as ev
from branchops.plugins.training.views.session import Session


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Announce a session and book places."""

    topics: tuple[str, ...]
    kinds: tuple[ev.SessionKind, ...]
    on: date
    start: str = ""
    scope: ev.Scope = "department"
    trainer: str = ""
    title: str = ""
    who: tuple[str, ...] = ()


def decide_plan(_row: Session | None, command: Plan, _policy: Policy) -> Iterator[object]:
    """A session was announced, and places booked."""
    fields = {name: getattr(command, name) for name in ev.SessionPlanned.__struct_fields__}
    yield ev.SessionPlanned(**fields)
    for staff in command.who:
        yield ev.Booked(staff=staff, topics=command.topics, on=command.on)


class Book(msgspec.Struct, frozen=True, kw_only=True):
    """Book a place in a planned session."""

    who: tuple[str, ...]


def decide_book(row: Session, command: Book, _policy: Policy) -> Iterator[object]:
    """Places were booked."""
    for staff in command.who:
        yield ev.Booked(staff=staff, topics=row.topics, on=row.day)


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """Hold a session. Topics, kinds and scope left empty are those planned."""

    topics: tuple[str, ...]
    kinds: tuple[ev.SessionKind, ...]
    on: date
    minutes: int
    scope: ev.Scope = "department"
    trainer: str = ""
    title: str = ""
    expected: tuple[str, ...] = ()
    essay: bool = False


def decide_hold(row: Session | None, command: Hold, _policy: Policy) -> ev.SessionHeld:
    """A session took place."""
    fields = msgspec.structs.asdict(command)
    if row is not None:
        fields["topics"] = command.topics or row.topics
        fields["kinds"] = command.kinds or row.kinds
        fields["trainer"] = command.trainer or row.trainer
        fields["title"] = command.title or row.title
    return ev.SessionHeld(**fields)


class Attend(msgspec.Struct, frozen=True, kw_only=True):
    """Say how people attended: staff id → status. `reason` is for excuses and corrections."""

    marks: tuple[tuple[str, ev.Attendance], ...]
    minutes: int | None = None
    reason: str = ""


def decide_attend(row: Session, command: Attend, _policy: Policy) -> Iterator[ev.Attended]:
    """Attendance was recorded, or corrected."""
    for staff, status in command.marks:
        seat = row.seats.get(staff)
        before = seat.status if seat is not None and seat.recorded is not None else ""
        there = status in ("present", "late")
        minutes = row.minutes if command.minutes is None else command.minutes
        yield ev.Attended(
            staff=staff,
            status=status,
            topics=row.topics,
            minutes=minutes if there else 0,
            reason=command.reason if before or status == "excused" else "",
            before=before,
        )


class KeepMinutes(msgspec.Struct, frozen=True, kw_only=True):
    """Keep the minutes."""

    text: str = ""
    file: str = ""
    sha256: str = ""


def decide_minutes(_row: Session, command: KeepMinutes, _policy: Policy) -> ev.MinutesKept:
    """The minutes were kept."""
    return ev.MinutesKept(text=command.text, file=command.file, sha256=command.sha256)

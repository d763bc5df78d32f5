"""Days with their ticks, big clean-ups, rooms used, materials out."""

from __future__ import annotations

from datetime import date, datetime, time

import msgspec

from branchops.api import Recorded, View


class Tick(msgspec.Struct, frozen=True, kw_only=True):
    """A task done: whose it was, who did it, claimed and recorded instants."""

    task: str
    who: str
    by: str
    at: datetime
    recorded: datetime
    note: str = ""
    left_on: tuple[str, ...] = ()


class CleanDay(msgspec.Struct, frozen=True, kw_only=True):
    """The ticks of one business day."""

    id: str
    day: date
    ticks: tuple[Tick, ...] = ()

    def tick(self, task: str, who: str = "") -> Tick | None:
        """The first tick of a task, of one person when named."""
        return next((tick for tick in self.ticks if tick.task == task and who in ("", tick.who)), None)


class CleanUp(msgspec.Struct, frozen=True, kw_only=True):
    """A big clean-up: attendance by staff id; who is not in it is unrecorded."""

    id: str
    planned: date
    held: date
    at: datetime
    recorded: datetime
    start: time | None = None
    zones: tuple[str, ...] = ()
    attendance: dict[str, str] = {}
    reasons: dict[str, str] = {}
    result: str = ""


class RoomUse(msgspec.Struct, frozen=True, kw_only=True):
    """One use of a room; `open` until it was cleaned."""

    id: str
    room: str
    booker: str
    used_at: datetime
    recorded: datetime
    visitor: str = ""
    open: bool = True
    cleaned_at: datetime | None = None
    cleaned_recorded: datetime | None = None
    cleaned_by: str = ""


class Loan(msgspec.Struct, frozen=True, kw_only=True):
    """Materials out for one consultation; `open` until they are back."""

    id: str
    what: str
    who: str
    pieces: int
    taken_at: datetime
    recorded: datetime
    open: bool = True
    returned_at: datetime | None = None
    returned_recorded: datetime | None = None


def _tick(event: Recorded) -> Tick:
    data = event.data
    return Tick(
        task=data.task,
        who=data.who,
        by=data.by,
        at=event.occurred_at,
        recorded=event.recorded_at,
        note=data.note,
        left_on=data.left_on,
    )


def _held(event: Recorded) -> CleanUp:
    data = event.data
    return CleanUp(
        id=event.stream,
        planned=data.planned,
        held=data.held,
        at=event.occurred_at,
        recorded=event.recorded_at,
        start=data.start,
        zones=data.zones,
        attendance={one.who: one.presence for one in data.attendance},
        reasons={one.who: one.reason for one in data.attendance if one.reason},
        result=data.result,
    )


def _held_again(row: CleanUp, event: Recorded) -> CleanUp:
    """A second record adds zones and people to the first."""
    new = _held(event)
    return msgspec.structs.replace(
        row,
        zones=tuple(dict.fromkeys((*row.zones, *new.zones))),
        attendance={**row.attendance, **new.attendance},
        reasons={**row.reasons, **new.reasons},
        result="; ".join(part for part in (row.result, new.result) if part),
    )


def _corrected(row: CleanUp, event: Recorded) -> CleanUp:
    data = event.data
    return msgspec.structs.replace(
        row,
        attendance={**row.attendance, data.who: data.presence},
        reasons={**row.reasons, data.who: data.reason},
    )


def _used(event: Recorded) -> RoomUse:
    data = event.data
    return RoomUse(
        id=event.stream,
        room=data.room,
        booker=data.booker,
        visitor=data.visitor,
        used_at=event.occurred_at,
        recorded=event.recorded_at,
    )


def _cleaned(row: RoomUse, event: Recorded) -> RoomUse:
    return msgspec.structs.replace(
        row, open=False, cleaned_at=event.occurred_at, cleaned_recorded=event.recorded_at, cleaned_by=event.data.by
    )


def _taken(event: Recorded) -> Loan:
    data = event.data
    return Loan(
        id=event.stream,
        what=data.what,
        who=data.who,
        pieces=data.pieces,
        taken_at=event.occurred_at,
        recorded=event.recorded_at,
    )


def _returned(row: Loan, event: Recorded) -> Loan:
    return msgspec.structs.replace(row, open=False, returned_at=event.occurred_at, returned_recorded=event.recorded_at)


CLEANING_VIEWS = (
    View(
        name="hygiene.clean-day",
        row=CleanDay,
        opens={"hygiene.task-done": lambda e: CleanDay(id=e.stream, day=e.data.day, ticks=(_tick(e),))},
        folds={"hygiene.task-done": lambda row, e: msgspec.structs.replace(row, ticks=(*row.ticks, _tick(e)))},
    ),
    View(
        name="hygiene.clean-up",
        row=CleanUp,
        opens={"hygiene.clean-up-held": _held},
        folds={"hygiene.clean-up-held": _held_again, "hygiene.attendance-corrected": _corrected},
    ),
    View(
        name="hygiene.room-use",
        row=RoomUse,
        opens={"hygiene.room-used": _used},
        folds={"hygiene.room-cleaned": _cleaned},
        index=("open",),
    ),
    View(
        name="hygiene.loan",
        row=Loan,
        opens={"hygiene.material-taken": _taken},
        folds={"hygiene.material-returned": _returned},
        index=("open",),
    ),
)

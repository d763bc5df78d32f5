"""Sessions: planned, held, who attended, minutes, essays. A row stays `open` while something is owed about it."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from branchops.api import Recorded, View
from branchops.plugins.training.views.learner import Part


class Was(msgspec.Struct, frozen=True):
    """An earlier record of attendance, since corrected: what it said, when it was recorded, by whom."""

    status: str
    recorded: datetime
    by: str


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """How one person attended; `unrecorded` is what nobody has said anything about."""

    status: str = "unrecorded"
    minutes: int = 0
    reason: str = ""
    recorded: datetime | None = None
    by: str = ""
    before: tuple[Was, ...] = ()


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """One session. `day` is its date at the outlet; `held_at` None while it is only planned."""

    id: str
    topics: tuple[str, ...]
    kinds: tuple[str, ...]
    day: date
    saturday: bool
    scope: str
    trainer: str = ""
    title: str = ""
    start: str = ""
    planned_at: datetime | None = None
    held_at: datetime | None = None
    recorded_at: datetime | None = None
    keeper: str = ""
    minutes: int = 0
    essay: bool = False
    seats: dict[str, Seat] = {}
    record: Part | None = None
    record_sha256: str = ""
    record_text: str = ""
    essays: dict[str, Part] = {}
    open: bool = True

    @property
    def there(self) -> tuple[str, ...]:
        """Who was there, on time or late."""
        return tuple(staff for staff, seat in sorted(self.seats.items()) if seat.status in ("present", "late"))

    @property
    def unrecorded(self) -> tuple[str, ...]:
        """Who was to come, and nobody has said what became of it."""
        return tuple(staff for staff, seat in sorted(self.seats.items()) if seat.status == "unrecorded")


def _settled(row: Session) -> Session:
    """The row with `open` as it follows from the rest."""
    essays = not row.essay or set(row.there) <= set(row.essays)
    done = row.held_at is not None and row.record is not None and not row.unrecorded and essays
    return row if row.open is not done else msgspec.structs.replace(row, open=not done)


def planned(event: Recorded) -> Session:
    """Announced."""
    data = event.data
    return Session(
        id=event.stream,
        topics=data.topics,
        kinds=data.kinds,
        day=data.on,
        saturday=data.on.weekday() == 5,
        scope=data.scope,
        trainer=data.trainer,
        title=data.title,
        start=getattr(data, "start", ""),
        planned_at=event.recorded_at,
        keeper=event.actor,
    )


def booked(row: Session, event: Recorded) -> Session:
    """A place taken."""
    return msgspec.structs.replace(row, seats={**row.seats, event.data.staff: Seat()})


def held(row: Session | None, event: Recorded) -> Session:
    """Took place: those booked and those expected have a seat."""
    data = event.data
    base = row or planned(event)
    seats = {staff: base.seats.get(staff, Seat()) for staff in (*base.seats, *data.expected)}
    return msgspec.structs.replace(
        base,
        topics=data.topics,
        kinds=data.kinds,
        day=data.on,
        saturday=data.on.weekday() == 5,
        scope=data.scope,
        trainer=data.trainer,
        title=data.title or base.title,
        planned_at=base.planned_at if row else None,
        held_at=event.occurred_at,
        recorded_at=event.recorded_at,
        keeper=event.actor,
        minutes=data.minutes,
        essay=data.essay,
        seats=seats,
    )


def _opened_held(event: Recorded) -> Session:
    return held(None, event)


def attended(row: Session, event: Recorded) -> Session:
    """A record of attendance; an earlier one stays as history."""
    data = event.data
    old = row.seats.get(data.staff, Seat())
    before = old.before
    if old.recorded is not None:
        before = (*before, Was(old.status, old.recorded, old.by))
    seat = Seat(
        status=data.status,
        minutes=data.minutes,
        reason=data.reason,
        recorded=event.recorded_at,
        by=event.actor,
        before=before,
    )
    return _settled(msgspec.structs.replace(row, seats={**row.seats, data.staff: seat}))


def minutes_kept(row: Session, event: Recorded) -> Session:
    """The minutes are there."""
    data = event.data
    part = Part(event.occurred_at, event.recorded_at, event.stream)
    return _settled(msgspec.structs.replace(row, record=part, record_sha256=data.sha256, record_text=data.text))


def reflected(row: Session, event: Recorded) -> Session:
    """Somebody's essay about this session."""
    part = Part(event.occurred_at, event.recorded_at, event.stream)
    essays = row.essays if event.data.staff in row.essays else {**row.essays, event.data.staff: part}
    return _settled(msgspec.structs.replace(row, essays=essays))


def _key(event: Recorded) -> str | tuple[str, ...]:
    if event.type == "training.reflection-written":
        return event.data.session or ()
    return event.stream


SESSION = View(
    name="training.session",
    row=Session,
    opens={"training.session-planned": planned, "training.session-held": _opened_held},
    folds={
        "training.booked": booked,
        "training.session-held": held,
        "training.attended": attended,
        "training.minutes-kept": minutes_kept,
        "training.reflection-written": reflected,
    },
    key=_key,
    index=("open", "day", "saturday"),
)

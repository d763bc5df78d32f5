"""Read models of the branch itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import msgspec

from branchops.core.clock import stamp
from branchops.core.own.events import DayClosed, MissedDuty
from branchops.core.people import events as people
from branchops.core.people import rows
from branchops.core.rulebook.record import Recorded
from branchops.core.views.catchup import VOIDED
from branchops.core.views.table import View


class Outlet(msgspec.Struct, frozen=True, kw_only=True):
    """An outlet of the register."""

    code: str
    name: str
    timezone: str
    since: datetime


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """A business day as it was opened and closed."""

    date: str
    opened_at: datetime | None = None
    opened_by: str = ""
    closed_at: datetime | None = None
    closed_by: str = ""
    clean: bool | None = None
    missed: tuple[MissedDuty, ...] = ()
    size: int = 0
    root: str = ""


class Struck(msgspec.Struct, frozen=True, kw_only=True):
    """A voided entry: which, why, by whom."""

    target: str
    stream: str
    type: str
    target_pos: int
    reason: str
    by: str
    at: datetime


class PolicyRow(msgspec.Struct, frozen=True, kw_only=True):
    """One recorded setting; `since` is the instant from which it is in force (UTC), `day` the date asked for."""

    pos: str
    key: str
    value: str
    reason: str
    by: str
    recorded_at: datetime
    day: date | None


def _day_closed(row: Day, event: Recorded) -> Day:
    data: DayClosed = event.data
    return msgspec.structs.replace(
        row,
        closed_at=event.recorded_at,
        closed_by=event.actor,
        clean=data.clean,
        missed=data.missed,
        size=data.size,
        root=data.root,
    )


def _staff(row: rows.Staff | None, event: Recorded) -> rows.Staff | None:
    return rows.fold(row, event.data, at=stamp(event.occurred_at), by=event.actor)


def _outlet(event: Recorded) -> Outlet:
    data = event.data
    return Outlet(code=data.code, name=data.name, timezone=data.timezone, since=event.recorded_at)


def _policy(event: Recorded) -> PolicyRow:
    data = event.data
    return PolicyRow(
        pos=str(event.pos),
        key=data.key,
        value=data.value,
        reason=data.reason,
        by=event.actor,
        recorded_at=event.recorded_at,
        day=data.since,
    )


def _day_opened(event: Recorded) -> Day:
    return Day(date=event.data.date.isoformat(), opened_at=event.recorded_at, opened_by=event.actor)


def _struck(event: Recorded) -> Struck:
    data = event.data
    return Struck(
        target=data.target,
        stream=event.stream,
        type=data.target_type,
        target_pos=data.target_pos,
        reason=data.reason,
        by=event.actor,
        at=event.recorded_at,
    )


_DAY_KEY: Callable[[Recorded], str] = lambda event: event.data.date.isoformat()  # noqa: E731

VIEWS = (
    View(name="core.outlet", row=Outlet, opens={"outlet.registered": _outlet}, key=lambda event: event.data.code),
    View(
        name="core.staff",
        row=rows.Staff,
        opens={"staff.added": lambda event: _staff(None, event)},
        folds={name: _staff for name in people.EVENTS if name != "staff.added"},
        key=lambda event: rows.row_key(event.data),
    ),
    View(name="core.policy", row=PolicyRow, opens={"policy.set": _policy}, key=lambda event: str(event.pos)),
    View(
        name="core.day",
        row=Day,
        opens={
            "day.opened": _day_opened,
            "day.closed": lambda event: _day_closed(Day(date=event.data.date.isoformat()), event),
        },
        folds={"day.closed": _day_closed},
        key=_DAY_KEY,
    ),
    View(
        name="core.struck",
        row=Struck,
        opens={VOIDED: _struck},
        key=lambda event: event.data.target,
        index=("stream",),
    ),
)

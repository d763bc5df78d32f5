"""User ids, the newest lists that held them, and reviews."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from branchops.api import Recorded, View
from branchops.plugins.counter.views.shared import Done, changed, done


class UserId(msgspec.Struct, frozen=True, kw_only=True):
    """A user id of a system as the lists showed it; `listed` is the day of the last list that held it."""

    id: str
    system: str
    user: str
    staff: str
    name: str
    first: datetime
    seen: datetime
    listed: date
    last_used: date | None = None
    purged: Done | None = None
    purged_day: date | None = None
    recreated: datetime | None = None
    waived_until: date | None = None
    waived_by: str = ""
    open: bool = True


class IdList(msgspec.Struct, frozen=True, kw_only=True):
    """The newest list of a system."""

    system: str
    listed: date
    seen: datetime


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """The reviews of a system's ids: when, by whom, how many were found."""

    id: str
    system: str
    done: tuple[Done, ...] = ()
    found: tuple[int, ...] = ()


def seen(row: UserId | None, event: Recorded) -> UserId:
    """A list held the id; seen again after it was purged, it was created anew."""
    data = event.data
    at = event.recorded_at
    if row is None:
        return UserId(
            id=f"{data.system}/{data.user}",
            system=data.system,
            user=data.user,
            staff=data.staff,
            name=data.name,
            first=at,
            seen=at,
            listed=data.as_of,
            last_used=data.last_used,
        )
    again = row.purged_day is not None and data.as_of > row.purged_day
    return changed(  # type: ignore[no-any-return]
        row,
        staff=data.staff,
        name=data.name,
        seen=at if again else row.seen,
        listed=max(row.listed, data.as_of),
        last_used=data.last_used or row.last_used,
        purged=None if again else row.purged,
        purged_day=None if again else row.purged_day,
        recreated=at if again else row.recreated,
        open=again or row.open,
    )


def waived(row: UserId, event: Recorded) -> UserId:
    """It may stay for a while."""
    return changed(row, waived_until=event.data.until, waived_by=event.data.approver)  # type: ignore[no-any-return]


def reviewed(row: Review | None, event: Recorded) -> Review:
    """One more review."""
    data = event.data
    row = row or Review(id=event.stream, system=data.system)
    return changed(row, done=(*row.done, done(event, data.reviewer)), found=(*row.found, len(data.found)))  # type: ignore[no-any-return]


def _idlist(row: IdList | None, event: Recorded) -> IdList:
    data = event.data
    if row is None or data.as_of > row.listed:
        return IdList(system=data.system, listed=data.as_of, seen=event.recorded_at)
    return row


def _user_key(event: Recorded) -> str:
    return f"{event.data.system}/{event.data.user}"


VIEWS = (
    View(
        name="counter.userid",
        row=UserId,
        opens={"counter.user-id-seen": lambda event: seen(None, event)},
        folds={
            "counter.user-id-seen": seen,
            "counter.id-purged": lambda row, event: changed(
                row, purged=done(event, event.data.requester), purged_day=event.data.day, open=False
            ),
            "counter.id-waived": waived,
        },
        key=_user_key,
        index=("open", "system", "staff"),
    ),
    View(
        name="counter.idlist",
        row=IdList,
        opens={"counter.user-id-seen": lambda event: _idlist(None, event)},
        folds={"counter.user-id-seen": _idlist},
        key=lambda event: event.data.system,
    ),
    View(
        name="counter.review",
        row=Review,
        opens={"counter.ids-reviewed": lambda event: reviewed(None, event)},
        folds={"counter.ids-reviewed": reviewed},
    ),
)

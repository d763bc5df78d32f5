"""What recurs: findings of one rule (and cause) at one unit, in the order in which they were opened."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import datetime, timedelta
from typing import Any

import msgspec

from branchops.api import Recorded


class Case(msgspec.Struct, frozen=True):
    """One finding of a series."""

    id: str
    opened_at: datetime
    closed_at: datetime | None = None


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """The findings of one rule, cause and unit."""

    key: str
    rule: str
    unit: str
    cases: tuple[Case, ...] = ()


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """Which finding a problem of an entry has opened."""

    mark: str
    finding: str


def series_key(data: Any) -> str:
    """What makes two findings the same problem: rule, cause and unit; empty where no rule is named."""
    return f"{data.rule}|{data.cause}|{data.unit}" if data.rule else ""


def key_of(event: Recorded) -> str | tuple[str, ...]:
    """The series that an opening or closing belongs to."""
    return series_key(event.data) or ()


def started(event: Recorded) -> Series:
    """The first of its kind."""
    data = event.data
    first = Case(event.stream, event.occurred_at)
    return Series(key=series_key(data), rule=data.rule, unit=data.unit, cases=(first,))


def came(row: Series, event: Recorded) -> Series:
    """One more, in its place: it is looked for, not sorted, as a series may be long."""
    case = Case(event.stream, event.occurred_at)
    place = bisect_left(row.cases, (case.opened_at, case.id), key=_order)
    return msgspec.structs.replace(row, cases=(*row.cases[:place], case, *row.cases[place:]))


def within(row: Series | None, at: datetime, days: int) -> tuple[Case, ...]:
    """The cases opened at most so many whole days before an instant, none after it."""
    cases = row.cases if row is not None else ()
    first = bisect_right(cases, at - timedelta(days=days + 1), key=_opened)
    return cases[first : bisect_right(cases, at, key=_opened)]


def _opened(case: Case) -> datetime:
    return case.opened_at


def _order(case: Case) -> tuple[datetime, str]:
    return case.opened_at, case.id


def went(row: Series, event: Recorded) -> Series:
    """One is closed."""
    cases = tuple(
        msgspec.structs.replace(case, closed_at=event.occurred_at) if case.id == event.stream else case
        for case in row.cases
    )
    return msgspec.structs.replace(row, cases=cases)


def repeats(row: Series | None, finding: str, days: int) -> tuple[str, ...]:
    """The earlier findings that a finding repeats: opened before it, at most so many days ago."""
    cases = row.cases if row is not None else ()
    own = next((case for case in cases if case.id == finding), None)
    if own is None:
        return ()
    earlier = cases[: cases.index(own)]
    return tuple(case.id for case in earlier if (own.opened_at - case.opened_at).days <= days)


def recurred(row: Series | None, finding: str, days: int) -> tuple[str, ...]:
    """The later findings of the series that came within so many days after a finding was closed."""
    cases = row.cases if row is not None else ()
    own = next((case for case in cases if case.id == finding), None)
    if own is None or own.closed_at is None:
        return ()
    closed = own.closed_at
    later = cases[cases.index(own) + 1 :]
    return tuple(case.id for case in later if 0 <= (case.opened_at - closed).total_seconds() <= days * 86_400)

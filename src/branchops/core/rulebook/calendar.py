"""Which days an outlet works, and between which hours.

Invariant: a `Calendar` is a value. Every answer follows from its fields and the statutory data shipped with the
`chinesecalendar` package; it asks no clock and no network, and equal calendars give equal answers.

What decides about a day, strongest first: the bank's own list, statutory holidays and make-up workdays, the weekend.
A year the package does not know is judged by the bank's list and the weekend alone; `covered` tells.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from msgspec import Struct

from branchops.core.output.messages import N_, _

WORKING_DAY = N_("working day")
MAKE_UP_WORKDAY = N_("make-up workday")
OWN_WORKDAY = N_("bank's own workday")
WEEKEND = N_("weekend")
STATUTORY_HOLIDAY = N_("statutory holiday")
OWN_HOLIDAY = N_("bank's own holiday")

WORKED = frozenset({WORKING_DAY, MAKE_UP_WORKDAY, OWN_WORKDAY})
HOLIDAYS = frozenset({STATUTORY_HOLIDAY, OWN_HOLIDAY})

ONE_DAY = timedelta(days=1)


def utc(moment: datetime) -> datetime:
    """The same instant in UTC, where instants compare and subtract truly. ValueError for a naive datetime."""
    if moment.tzinfo is UTC:  # as stored stamps are read
        return moment
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return moment.astimezone(UTC)


class Calendar(Struct, frozen=True, cache_hash=True):
    """The working days and hours of one outlet.

    `weekend` holds weekdays as Python counts them (Monday 0); an outlet open on Saturdays has {6}. `opening` and
    `closing` are wall times of the outlet; both None means no business hours: a day then runs from 00:00 to 24:00.
    `holidays` and `workdays` are the bank's own days and outrank everything else.
    Raises ValueError when the fields contradict each other.
    """

    tz: tzinfo
    opening: time | None = time(9)
    closing: time | None = time(17)
    weekend: frozenset[int] = frozenset({5, 6})
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        hours = [wall for wall in (self.opening, self.closing) if wall is not None]
        if len(hours) == 1:
            raise ValueError(_("Give both an opening and a closing time, or neither."))
        if any(wall.tzinfo is not None for wall in hours):
            raise ValueError(_("Opening and closing are wall times of the outlet and carry no time zone."))
        if hours and hours[0] >= hours[1]:
            raise ValueError(_("The outlet must open before it closes."))
        if not self.weekend < frozenset(range(7)):
            raise ValueError(_("A weekend holds weekdays from 0 (Monday) to 6 (Sunday), but not all seven."))
        if both := self.holidays & self.workdays:
            days = ", ".join(day.isoformat() for day in sorted(both))
            raise ValueError(_("Named both as a holiday and as a workday: {days}.").format(days=days))

    @property
    def mark(self) -> str:
        """What every answer follows from, own and statutory days included, as one digest: equal marks, equal answers.

        For what is worked out once and kept; SHA-256, hex.
        """
        known = _statutory()
        days = (self.holidays, self.workdays, known.holidays, known.workdays)
        told = (self.tz, self.opening, self.closing, sorted(self.weekend), *(sorted(map(str, some)) for some in days))
        return hashlib.sha256("\n".join(map(str, told)).encode()).hexdigest()

    def covered(self, year: int) -> bool:
        """Whether the statutory holidays of that year are known. If not, `why` rests on weekends and own days."""
        known = _statutory()
        return known.first_year <= year <= known.last_year

    def why(self, day: date) -> str:
        """What kind of day it is: one of the msgids in `WORKED`, `HOLIDAYS`, or `WEEKEND`.

        TypeError for a datetime: whose day that is depends on the zone, ask `day_of`.
        """
        if isinstance(day, datetime):
            raise TypeError("a datetime is no day; ask day_of")
        if day in self.workdays:
            return OWN_WORKDAY
        if day in self.holidays:
            return OWN_HOLIDAY
        known = _statutory()
        if day in known.holidays:
            return STATUTORY_HOLIDAY
        if day in known.workdays:
            return MAKE_UP_WORKDAY
        return WEEKEND if day.weekday() in self.weekend else WORKING_DAY

    def is_business_day(self, day: date) -> bool:
        """Whether the outlet works on that day."""
        return self.why(day) in WORKED

    def is_holiday(self, day: date) -> bool:
        """Whether that day is a statutory or the bank's own holiday; an ordinary weekend is none."""
        return self.why(day) in HOLIDAYS

    def next_business_day(self, day: date, n: int = 1) -> date:
        """The n-th business day after `day`, which itself never counts. ValueError for n below 1."""
        if n < 1:
            raise ValueError("n must be 1 or more")
        while n:
            day += ONE_DAY
            n -= self.is_business_day(day)
        return day

    def previous_business_day(self, day: date) -> date:
        """The last business day before `day`."""
        day -= ONE_DAY
        while not self.is_business_day(day):
            day -= ONE_DAY
        return day

    def business_days(self, first: date, last: date) -> Iterator[date]:
        """The business days from `first` to `last`, both included, in order; none when `last` is before `first`."""
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            day = date.fromordinal(ordinal)
            if self.is_business_day(day):
                yield day

    def at(self, day: date, wall: time) -> datetime:
        """That wall time of that day in the outlet's zone, as a time its clocks really show.

        A time skipped by a change of the clocks moves on by the skipped hour; of one shown twice it is the first.
        """
        return self.local(datetime.combine(day, wall, self.tz))

    def open_of(self, day: date) -> datetime:
        """When that day's business opens, were it a business day. Aware, in the outlet's zone."""
        return _hours(self, day)[0]

    def close_of(self, day: date) -> datetime:
        """When that day's business closes, were it a business day; without business hours 00:00 of the next day.

        Aware, in the outlet's zone, never before `open_of`. Of a closing time shown twice it is the second.
        """
        return _hours(self, day)[1]

    def hours(self, day: date) -> tuple[datetime, datetime]:
        """`open_of` and `close_of` that day, both in UTC: to reckon with."""
        return _hours(self, day)[2:]

    def local(self, moment: datetime) -> datetime:
        """The same instant in the outlet's zone. ValueError for a naive datetime."""
        return utc(moment).astimezone(self.tz)

    def day_of(self, moment: datetime) -> date:
        """The outlet's calendar date at that instant. ValueError for a naive datetime."""
        return self.local(moment).date()

    def iso_week_is_odd(self, day: date) -> bool:
        """Whether the ISO 8601 week of that day has an odd number. Weeks 53 and 01 follow each other, both odd."""
        return day.isocalendar().week % 2 == 1


@lru_cache(maxsize=4096)
def _hours(calendar: Calendar, day: date) -> tuple[datetime, datetime, datetime, datetime]:
    """When a day opens and closes, in the outlet's zone and in UTC. Many things happen on one day: worked out once."""
    opens = calendar.at(day, calendar.opening or time.min)
    if calendar.closing is None:
        closes = calendar.at(day + ONE_DAY, time.min)
    else:
        wall = datetime.combine(day, calendar.closing, calendar.tz)
        closes = calendar.local(max(utc(wall), utc(wall.replace(fold=1)), utc(opens)))
    return opens, closes, utc(opens), utc(closes)


class _Statutory(Struct, frozen=True):
    holidays: frozenset[date]
    workdays: frozenset[date]
    first_year: int
    last_year: int


@lru_cache(maxsize=1)
def _statutory() -> _Statutory:
    """The package's data, read once: importing it costs several milliseconds, so only a question does."""
    from chinese_calendar.constants import holidays, workdays

    return _Statutory(frozenset(holidays), frozenset(workdays), min(holidays).year, max(holidays).year)

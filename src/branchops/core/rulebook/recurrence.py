"""Schedules: which dates a recurring duty falls on.

Invariant: a schedule is a pure function of its rule, its period and the calendar. Periods partition it: the months of
a year together give what the year gives, because an occurrence belongs to the period of its original date.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Literal, get_args

from msgspec import Struct

from branchops.core.output.messages import N_, _
from branchops.core.rulebook.calendar import Calendar

CleanRule = Literal["odd-iso-saturday", "anchor-date", "nth-saturday"]
HolidayMode = Literal["skip", "move", "keep"]
RepeatMode = Literal["fixed-sequence", "from-last-completion"]
CLEAN_RULES: tuple[CleanRule, ...] = get_args(CleanRule)
HOLIDAY_MODES: tuple[HolidayMode, ...] = get_args(HolidayMode)
REPEAT_MODES: tuple[RepeatMode, ...] = get_args(RepeatMode)

BY_RULE: dict[CleanRule, str] = {
    "odd-iso-saturday": N_("Saturday of an odd ISO week"),
    "anchor-date": N_("every 14 days from the agreed date"),
    "nth-saturday": N_("chosen Saturday of the month"),
}

SATURDAY = 5
WEEK = timedelta(days=7)
LOOK_BACK = 53  # weeks; a run of holidays that pushes occurrences on is never nearly as long


class Occurrence(Struct, frozen=True):
    """One date of a schedule. `date` differs from `original_date` when it was moved; `kept` is False when it was
    dropped. `reason` is a msgid: the rule that set it, or the kind of holiday that moved, dropped or failed to do so.
    """

    date: dt.date
    original_date: dt.date
    kept: bool
    reason: str


def big_clean_dates(
    period: str,
    rule: CleanRule,
    calendar: Calendar,
    *,
    anchor: date | None = None,
    nth: tuple[int, ...] = (1, 3),
    holiday: HolidayMode = "skip",
) -> list[Occurrence]:
    """The big clean-ups whose original date lies in `period` ("2027-01", or any text `period_bounds` reads), in order.

    odd-iso-saturday: Saturdays of ISO weeks with an odd number. anchor-date: the anchor and every 14 days after it.
    nth-saturday: the Saturdays of the month numbered in `nth` (1 to 5).
    On a holiday (statutory or the bank's own; a weekend is none): skip drops it, keep keeps it, move puts it on the
    same weekday of the next week that is no holiday and has no occurrence of its own, or drops it if none comes within
    a year. ValueError for an unknown rule, mode or period, a missing anchor, or an `nth` outside 1 to 5.
    """
    _one_of(holiday, HOLIDAY_MODES)
    planned = _planner(rule, anchor, nth, calendar)
    first, last = period_bounds(period)
    start = max(first.toordinal() - 7 * LOOK_BACK, 1) if holiday == "move" else first.toordinal()
    taken: set[date] = set()
    found = []
    for day in filter(planned, map(date.fromordinal, range(start, last.toordinal() + 1))):
        one = Occurrence(day, day, True, BY_RULE[rule])
        if calendar.is_holiday(day):
            target = _free_week(day, planned, taken, calendar) if holiday == "move" else day
            one = Occurrence(target or day, day, bool(target) and holiday != "skip", calendar.why(day))
            taken.add(one.date)
        found.append(one)
    return [one for one in found if one.original_date >= first]


def every_business_day(first: date, last: date, calendar: Calendar) -> list[date]:
    """The business days from `first` to `last`, both included."""
    return list(calendar.business_days(first, last))


def month_ends(first: date, last: date) -> list[date]:
    """The last calendar days of months that lie from `first` to `last`, both included."""
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    ends = (_month_end(number // 12, number % 12 + 1) for number in months)
    return [end for end in ends if end <= last]


def quarter_ends(first: date, last: date) -> list[date]:
    """The last calendar days of quarters that lie from `first` to `last`, both included."""
    return [end for end in month_ends(first, last) if end.month % 3 == 0]


def every_n_days(
    start: date, n: int, until: date, mode: RepeatMode = "fixed-sequence", completions: Iterable[date] = ()
) -> list[date]:
    """The due dates of something repeated every `n` days, from `start`, the first one, to `until`, both included.

    fixed-sequence: start, start + n, start + 2n ... whatever was done when. from-last-completion: `start`, then n days
    after each completion; while one is outstanding no other follows, so nothing piles up. Completions before `start`
    belong to an earlier sequence and do not count. ValueError for n below 1 or an unknown mode.
    """
    _one_of(mode, REPEAT_MODES)
    if n < 1:
        raise ValueError("n must be 1 or more")
    if mode == "fixed-sequence":
        return [date.fromordinal(ordinal) for ordinal in range(start.toordinal(), until.toordinal() + 1, n)]
    done = sorted({day for day in completions if day >= start})
    return [due for due in (start, *(day + timedelta(days=n) for day in done)) if due <= until]


_PERIOD = re.compile(r"(?P<year>[0-9]{4})(?:-(?:(?P<month>[0-9]{2})|Q(?P<quarter>[1-4])|W(?P<week>[0-9]{2})))?")


def period_bounds(text: str) -> tuple[date, date]:
    """First and last day of "2026-11", "2026-Q4", "2026" or the ISO week "2026-W48". ValueError for anything else."""
    return _bounds(text, _parsed(text))


def previous_period(text: str) -> str:
    """The period just before, of the same kind: "2026-01" gives "2025-12", "2027-W01" gives "2026-W53"."""
    parts = _parsed(text)
    first, _last = _bounds(text, parts)
    if first.toordinal() == 1:
        raise _no_period(text)
    day = first - timedelta(days=1)
    if parts["week"]:
        year, week, _weekday = day.isocalendar()
        return f"{year:04}-W{week:02}"
    if parts["quarter"]:
        return f"{day.year:04}-Q{day.month // 3}"
    return f"{day.year:04}-{day.month:02}" if parts["month"] else f"{day.year:04}"


def _parsed(text: str) -> dict[str, str | None]:
    match = _PERIOD.fullmatch(text)
    if match is None:
        raise _no_period(text)
    return match.groupdict()


def _bounds(text: str, parts: dict[str, str | None]) -> tuple[date, date]:
    year = int(parts["year"] or 0)
    try:
        if parts["week"]:
            week = int(parts["week"])
            return date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7)
        if parts["month"]:
            return date(year, int(parts["month"]), 1), _month_end(year, int(parts["month"]))
        if parts["quarter"]:
            last = 3 * int(parts["quarter"])
            return date(year, last - 2, 1), _month_end(year, last)
        return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, OverflowError) as error:  # month 13, week 53 of a year with 52, year 0000
        raise _no_period(text) from error


def _no_period(text: str) -> ValueError:
    known = _("write a month 2026-11, a quarter 2026-Q4, a year 2026 or a week 2026-W48")
    return ValueError(_("No such period: {text}; {known}.").format(text=text, known=known))


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _one_of(value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise ValueError(_("Unknown value {value}; use one of: {known}.").format(value=value, known=", ".join(known)))


def _planner(rule: CleanRule, anchor: date | None, nth: tuple[int, ...], calendar: Calendar) -> Callable[[date], bool]:
    """Whether the rule, holidays aside, falls on a day."""
    _one_of(rule, CLEAN_RULES)
    if rule == "odd-iso-saturday":
        return lambda day: day.weekday() == SATURDAY and calendar.iso_week_is_odd(day)
    if rule == "nth-saturday":
        if not nth or not set(nth) <= {1, 2, 3, 4, 5}:
            raise ValueError(_("Number the Saturdays of the month from 1 to 5."))
        return lambda day: day.weekday() == SATURDAY and (day.day + 6) // 7 in nth
    if anchor is None:
        raise ValueError(_("Counting every 14 days needs the date to count from."))
    return lambda day: day >= anchor and (day - anchor).days % 14 == 0


def _free_week(day: date, planned: Callable[[date], bool], taken: set[date], calendar: Calendar) -> date | None:
    """The same weekday of the nearest later week without holiday and without an occurrence; None if a year has none."""
    for week in range(1, LOOK_BACK + 1):
        target = day + week * WEEK
        if not (planned(target) or target in taken or calendar.is_holiday(target)):
            return target
    return None

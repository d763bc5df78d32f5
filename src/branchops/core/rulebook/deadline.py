"""When something is due, and every step that led there.

Invariant: a `Deadline` is a pure function of the start, the limit and the calendar, and its steps prove it: adding up
what they count gives the limit, and the last counted step ends at `due`. All arithmetic of instants is done in UTC;
`due` is shown in the outlet's zone and is never before the start.

Day counts follow the PRC Civil Code, Articles 200 to 204, unless a function says otherwise.
"""

from __future__ import annotations

import datetime as dt
from datetime import datetime, time, timedelta
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Literal, get_args

from msgspec import Struct

from branchops.core.output.messages import N_, _
from branchops.core.rulebook.calendar import ONE_DAY, WORKED, Calendar, utc

Mode = Literal["civil-code", "working", "calendar-strict"]
MODES: tuple[Mode, ...] = get_args(Mode)

LONGEST_LIST = 100  # days; a longer list merges runs of alike days

EVENT_DAY = N_("day of the event, not counted")
AFTER_CLOSING = N_("after closing time")
FULL_PERIOD = N_("24 hours")
CLOCK_TIME = N_("time by the clock")

CIVIL_CODE_TEXT = N_(
    "Calendar days; the day of the event is not counted; a last day that is a rest day moves to the next working day; "
    "ends at close of business (PRC Civil Code, Articles 200-204)."
)
WORKING_TEXT = N_("Working days; the day of the event is not counted; ends at close of business.")
STRICT_TEXT = N_("Whole periods of 24 hours from the moment of the event; rest days count.")
REGULATORY_TEXT = N_(
    "Calendar days; the day of the event is not counted; rest days count and never move the limit; "
    "ends at the closing hour of the last day."
)
BUSINESS_TIME_TEXT = N_("Minutes of business time: only the opening hours of working days count.")
CLOCK_TIME_TEXT = N_("Minutes by the clock, day and night.")
END_OF_DAY_TEXT = N_("Close of business that day; after closing or on a rest day, of the next working day.")


class Step(Struct, frozen=True, gc=False):
    """One day on the way to a deadline, or a run of `days` alike days from `date` on.

    `why` is a msgid. `start` and `end` bound the time counted, in the outlet's zone, where it is less or other than
    whole days; what lies between one step's end and the next one's start was not counted.
    """

    date: dt.date
    counted: bool
    why: str
    days: int = 1
    start: datetime | None = None
    end: datetime | None = None


class Deadline(Struct, frozen=True, gc=False):
    """A due time with its reasons. `due` is aware, in the outlet's zone; `rule_text` is a msgid."""

    due: datetime
    steps: tuple[Step, ...]
    rule_text: str

    @property
    def counted_days(self) -> int:
        """How many days the steps count."""
        return sum(step.days for step in self.steps if step.counted)

    @property
    def counted_time(self) -> timedelta:
        """How much time the steps with an interval count."""
        return sum((_length(step) for step in self.steps if step.counted), timedelta())

    def uncovered_years(self, calendar: Calendar) -> tuple[int, ...]:
        """The years touched whose statutory holidays the calendar does not know: the due time may still move."""
        last = self.steps[-1].date + (self.steps[-1].days - 1) * ONE_DAY
        years = range(self.steps[0].date.year, last.year + 1)
        return tuple(year for year in years if not calendar.covered(year))


def days_limit(received: datetime, days: int, mode: Mode, calendar: Calendar) -> Deadline:
    """The limit of so many days from `received` (aware), by one of three readings.

    civil-code: calendar days, day of receipt not counted, a last day on a rest day (anything that is no business day
    of the calendar) moves to the next business day, ends at its close. working: as many business days, day of receipt
    not counted, ends at close. calendar-strict: exactly days x 24 hours, whatever the clocks do.
    ValueError for days below 1, an unknown mode, or a naive `received`.
    """
    if mode == "calendar-strict":
        return _strict(received, days, calendar)
    if mode not in MODES:
        raise ValueError(_("Unknown mode {mode}; use one of: {modes}.").format(mode=mode, modes=", ".join(MODES)))
    _at_least_one_day(days)
    count = _civil_days if mode == "civil-code" else _working_days
    return count(calendar.day_of(received), days, calendar)


def within_business_days(start: datetime, n: int, calendar: Calendar) -> Deadline:
    """Close of the n-th business day after the day of `start`; the same as `days_limit` by the mode working."""
    return days_limit(start, n, "working", calendar)


def regulatory(start: datetime, days: int, calendar: Calendar) -> Deadline:
    """A regulator's limit (15, 30 or 60 days): calendar days after the day of `start`, never moved by rest days.

    Ends at the closing hour of the last day, working or not: the earliest of the readings in use, so whoever meets it
    has met them all. ValueError for days below 1.
    """
    _at_least_one_day(days)
    return _calendar_days(calendar.day_of(start), days, calendar)


def end_of_day(start: datetime, calendar: Calendar) -> Deadline:
    """Close of business on the day of `start`; from closing time on, or on a rest day, of the next business day."""
    day = calendar.day_of(start)
    return _end_of_day(day, utc(start) >= calendar.hours(day)[1], calendar)


def within_minutes(start: datetime, minutes: int, calendar: Calendar, business_hours: bool) -> Deadline:
    """So many minutes after `start` (aware): of business time, or by the clock.

    Business time is the span from opening up to, not including, closing of each business day; a start outside it
    begins at the next opening. Minutes that end exactly at closing end there. 0 minutes are the start itself, or that
    opening. ValueError for negative minutes or a naive `start`.
    """
    if minutes < 0:
        raise ValueError("minutes must be 0 or more")
    if business_hours:
        return _business_time(start, timedelta(minutes=minutes), calendar)
    return _clock_time(utc(start), utc(start) + timedelta(minutes=minutes), calendar)


def _at_least_one_day(days: int) -> None:
    if days < 1:
        raise ValueError("a limit has 1 day or more; for the same day ask end_of_day")


def _strict(received: datetime, days: int, calendar: Calendar) -> Deadline:
    _at_least_one_day(days)
    first = utc(received)
    each = 1 if days <= LONGEST_LIST else days
    marks = [calendar.local(first + n * ONE_DAY) for n in range(0, days + 1, each)]
    spans = pairwise(marks)
    steps = tuple(Step(begin.date(), True, FULL_PERIOD, each, begin, end) for begin, end in spans)
    return Deadline(marks[-1], steps, STRICT_TEXT)


def _clock_time(first: datetime, last: datetime, calendar: Calendar) -> Deadline:
    """One step per day of the outlet; beyond 100 days one step for all."""
    begin, end = calendar.local(first), calendar.local(last)
    days = (end.date() - begin.date()).days + 1
    if days > LONGEST_LIST:
        return Deadline(end, (Step(begin.date(), True, CLOCK_TIME, days, begin, end),), CLOCK_TIME_TEXT)
    midnights = (calendar.at(begin.date() + n * ONE_DAY, time.min) for n in range(1, days))
    marks = [begin, *(mark for mark in midnights if utc(mark) < last), end]
    spans = pairwise(marks)
    steps = tuple(Step(start.date(), True, CLOCK_TIME, 1, start, until) for start, until in spans)
    return Deadline(end, steps, CLOCK_TIME_TEXT)


def _business_time(start: datetime, left: timedelta, calendar: Calendar) -> Deadline:
    day = calendar.day_of(start)
    now = utc(start)
    steps: list[Step] = []
    while True:
        why = calendar.why(day)
        if why in WORKED:
            opens, closes = calendar.hours(day)
            begin = max(now, opens)
            room = closes - begin
            if room > timedelta():
                taken = min(left, room)
                end = begin + taken
                steps.append(Step(day, True, why, start=calendar.local(begin), end=calendar.local(end)))
                left -= taken
                if not left:
                    return Deadline(calendar.local(end), _compressed(steps), BUSINESS_TIME_TEXT)
            else:
                steps.append(Step(day, False, AFTER_CLOSING))
        else:
            steps.append(Step(day, False, why))
        day += ONE_DAY


# The day counts depend on days alone, never on the hour: what arrives on one day shares one deadline.


@lru_cache(maxsize=4096)
def _civil_days(day: dt.date, days: int, calendar: Calendar) -> Deadline:
    steps = [Step(day, False, EVENT_DAY)]
    steps += (Step(day + n * ONE_DAY, True, calendar.why(day + n * ONE_DAY)) for n in range(1, days))
    last = day + days * ONE_DAY
    while (why := calendar.why(last)) not in WORKED:
        steps.append(Step(last, False, why))
        last += ONE_DAY
    steps.append(Step(last, True, why))
    return Deadline(calendar.close_of(last), _compressed(steps), CIVIL_CODE_TEXT)


@lru_cache(maxsize=4096)
def _working_days(day: dt.date, days: int, calendar: Calendar) -> Deadline:
    steps = [Step(day, False, EVENT_DAY)]
    while days:
        day += ONE_DAY
        why = calendar.why(day)
        steps.append(Step(day, why in WORKED, why))
        days -= why in WORKED
    return Deadline(calendar.close_of(day), _compressed(steps), WORKING_TEXT)


@lru_cache(maxsize=4096)
def _calendar_days(day: dt.date, days: int, calendar: Calendar) -> Deadline:
    steps = [Step(day, False, EVENT_DAY)]
    steps += (Step(day + n * ONE_DAY, True, calendar.why(day + n * ONE_DAY)) for n in range(1, days + 1))
    return Deadline(calendar.close_of(day + days * ONE_DAY), _compressed(steps), REGULATORY_TEXT)


@lru_cache(maxsize=4096)
def _end_of_day(day: dt.date, late: bool, calendar: Calendar) -> Deadline:
    steps = []
    if late and calendar.is_business_day(day):
        steps.append(Step(day, False, AFTER_CLOSING))
        day += ONE_DAY
    while (why := calendar.why(day)) not in WORKED:
        steps.append(Step(day, False, why))
        day += ONE_DAY
    steps.append(Step(day, True, why))
    return Deadline(calendar.close_of(day), _compressed(steps), END_OF_DAY_TEXT)


def _compressed(steps: list[Step]) -> tuple[Step, ...]:
    """The steps as they are up to 100; beyond, runs of alike whole days become one step each. The last stays alone."""
    if len(steps) <= LONGEST_LIST:
        return tuple(steps)
    runs: list[Step] = []
    for (counted, why, whole), group in groupby(steps[:-1], key=lambda step: (step.counted, step.why, not step.start)):
        run = list(group)
        runs += [Step(run[0].date, counted, why, days=len(run))] if whole else run
    return (*runs, steps[-1])


def _length(step: Step) -> timedelta:
    if step.start is None or step.end is None:
        return timedelta()
    return utc(step.end) - utc(step.start)

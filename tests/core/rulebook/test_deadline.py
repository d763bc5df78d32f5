"""Deadlines: the due time, and steps that prove it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchops.core.rulebook.calendar import Calendar, utc
from branchops.core.rulebook.deadline import (
    MODES,
    STRICT_TEXT,
    Deadline,
    Mode,
    Step,
    days_limit,
    end_of_day,
    regulatory,
    within_business_days,
    within_minutes,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONDON = ZoneInfo("Europe/London")
CALENDAR = Calendar(SHANGHAI)
LONDON_CALENDAR = Calendar(LONDON)

INSTANTS = st.datetimes(datetime(2025, 12, 1), datetime(2027, 6, 1), timezones=st.just(UTC))
OWN_DAYS = st.frozensets(st.dates(date(2025, 12, 1), date(2027, 6, 1)), max_size=40)
CALENDARS = st.builds(
    Calendar,
    st.sampled_from([SHANGHAI, LONDON, UTC]),
    weekend=st.sampled_from([frozenset({5, 6}), frozenset({6}), frozenset[int]()]),
    holidays=OWN_DAYS,
)
DAY_COUNTS = st.integers(1, 45)
UNHURRIED = settings(deadline=None)  # a busy machine is no failure


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def rows(deadline: Deadline) -> list[str]:
    return [f"{step.date:%a %m-%d} {'+' if step.counted else '-'} {step.why}" for step in deadline.steps]


# Examples of the calendar of 2026


def test_three_days_for_a_complaint_of_monday_end_on_thursday_at_closing() -> None:
    assert days_limit(at("2026-11-23T10:05"), 3, "civil-code", CALENDAR) == Deadline(
        due=at("2026-11-26T17:00"),
        steps=(
            Step(date(2026, 11, 23), False, "day of the event, not counted"),
            Step(date(2026, 11, 24), True, "working day"),
            Step(date(2026, 11, 25), True, "working day"),
            Step(date(2026, 11, 26), True, "working day"),
        ),
        rule_text="Calendar days; the day of the event is not counted; a last day that is a rest day moves to the next "
        "working day; ends at close of business (PRC Civil Code, Articles 200-204).",
    )


def test_a_last_day_inside_national_day_moves_behind_the_holiday() -> None:
    limit = days_limit(at("2026-09-29T16:00"), 3, "civil-code", CALENDAR)
    assert limit.due == at("2026-10-08T17:00")
    assert rows(limit) == [
        "Tue 09-29 - day of the event, not counted",
        "Wed 09-30 + working day",
        "Thu 10-01 + statutory holiday",
        "Fri 10-02 - statutory holiday",
        "Sat 10-03 - statutory holiday",
        "Sun 10-04 - statutory holiday",
        "Mon 10-05 - statutory holiday",
        "Tue 10-06 - statutory holiday",
        "Wed 10-07 - statutory holiday",
        "Thu 10-08 + working day",
    ]


def test_a_rest_day_inside_the_limit_counts_and_does_not_extend_it() -> None:
    limit = days_limit(at("2026-11-20T09:30"), 3, "civil-code", CALENDAR)
    assert limit.due == at("2026-11-23T17:00")
    assert rows(limit) == [
        "Fri 11-20 - day of the event, not counted",
        "Sat 11-21 + weekend",
        "Sun 11-22 + weekend",
        "Mon 11-23 + working day",
    ]


def test_a_make_up_workday_before_spring_festival_is_a_last_day_like_any_other() -> None:
    assert days_limit(at("2026-02-13T11:00"), 1, "civil-code", CALENDAR).due == at("2026-02-14T17:00")
    assert days_limit(at("2026-02-12T11:00"), 3, "civil-code", CALENDAR).due == at("2026-02-24T17:00")


def test_working_days_over_spring_festival_count_the_make_up_saturday() -> None:
    limit = within_business_days(at("2026-02-12T11:00"), 3, CALENDAR)
    assert limit == days_limit(at("2026-02-12T18:59"), 3, "working", CALENDAR)
    assert limit.due == at("2026-02-24T17:00")
    assert rows(limit) == [
        "Thu 02-12 - day of the event, not counted",
        "Fri 02-13 + working day",
        "Sat 02-14 + make-up workday",
        *(f"{date(2026, 2, day):%a %m-%d} - statutory holiday" for day in range(15, 24)),
        "Tue 02-24 + working day",
    ]
    assert limit.rule_text == "Working days; the day of the event is not counted; ends at close of business."


def test_new_year_2027_is_unknown_until_the_bank_enters_it_and_the_deadline_says_so() -> None:
    received = at("2026-12-30T10:00")
    blind = days_limit(received, 2, "civil-code", CALENDAR)
    told = Calendar(SHANGHAI, holidays=frozenset(date(2027, 1, day) for day in (1, 2, 3)))
    assert (blind.due, blind.uncovered_years(CALENDAR)) == (at("2027-01-01T17:00"), (2027,))
    assert days_limit(received, 2, "civil-code", told).due == at("2027-01-04T17:00")
    assert days_limit(received, 1, "civil-code", CALENDAR).uncovered_years(CALENDAR) == ()


def test_without_business_hours_the_last_day_ends_at_24_00() -> None:
    always = Calendar(SHANGHAI, opening=None, closing=None)
    limit = days_limit(at("2026-11-23T10:05"), 3, "civil-code", always)
    assert (limit.due, limit.steps[-1].date) == (at("2026-11-27T00:00"), date(2026, 11, 26))


def test_the_strict_reading_counts_periods_of_24_hours() -> None:
    limit = days_limit(at("2026-09-30T10:05"), 2, "calendar-strict", CALENDAR)
    assert limit == Deadline(
        due=at("2026-10-02T10:05"),
        steps=(
            Step(date(2026, 9, 30), True, "24 hours", 1, at("2026-09-30T10:05"), at("2026-10-01T10:05")),
            Step(date(2026, 10, 1), True, "24 hours", 1, at("2026-10-01T10:05"), at("2026-10-02T10:05")),
        ),
        rule_text="Whole periods of 24 hours from the moment of the event; rest days count.",
    )


@pytest.mark.parametrize(("days", "due"), [(15, "2026-10-05"), (30, "2026-10-20"), (60, "2026-11-19")])
def test_a_regulators_limit_is_never_moved_by_rest_days(days: int, due: str) -> None:
    limit = regulatory(at("2026-09-20T10:00"), days, CALENDAR)
    assert (limit.due, limit.counted_days) == (at(f"{due}T17:00"), days)


@pytest.mark.parametrize(
    ("start", "due", "steps"),
    [
        ("2026-11-27T09:00", "2026-11-27T17:00", ["Fri 11-27 + working day"]),
        ("2026-11-27T07:00", "2026-11-27T17:00", ["Fri 11-27 + working day"]),
        (
            "2026-11-27T17:00",
            "2026-11-30T17:00",
            ["Fri 11-27 - after closing time", "Sat 11-28 - weekend", "Sun 11-29 - weekend", "Mon 11-30 + working day"],
        ),
        ("2026-10-07T12:00", "2026-10-08T17:00", ["Wed 10-07 - statutory holiday", "Thu 10-08 + working day"]),
    ],
)
def test_the_end_of_the_day_is_the_next_close_still_to_come(start: str, due: str, steps: list[str]) -> None:
    limit = end_of_day(at(start), CALENDAR)
    assert (limit.due, rows(limit)) == (at(due), steps)


def test_business_minutes_stop_overnight_and_over_the_weekend() -> None:
    assert within_minutes(at("2026-11-27T16:50:30"), 15, CALENDAR, business_hours=True) == Deadline(
        due=at("2026-11-30T09:05:30"),
        steps=(
            Step(date(2026, 11, 27), True, "working day", 1, at("2026-11-27T16:50:30"), at("2026-11-27T17:00")),
            Step(date(2026, 11, 28), False, "weekend"),
            Step(date(2026, 11, 29), False, "weekend"),
            Step(date(2026, 11, 30), True, "working day", 1, at("2026-11-30T09:00"), at("2026-11-30T09:05:30")),
        ),
        rule_text="Minutes of business time: only the opening hours of working days count.",
    )


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2026-11-26T10:00", 0, "2026-11-26T10:00"),
        ("2026-11-26T08:00", 0, "2026-11-26T09:00"),
        ("2026-11-26T17:00", 0, "2026-11-27T09:00"),
        ("2026-11-28T10:00", 0, "2026-11-30T09:00"),
        ("2026-11-26T16:30", 30, "2026-11-26T17:00"),
        ("2026-11-26T16:30", 31, "2026-11-27T09:01"),
        ("2026-11-26T20:00", 480, "2026-11-27T17:00"),
    ],
)
def test_business_minutes_begin_when_the_outlet_is_open_and_may_end_at_closing(
    start: str, minutes: int, due: str
) -> None:
    assert within_minutes(at(start), minutes, CALENDAR, business_hours=True).due == at(due)


def test_minutes_by_the_clock_run_through_the_night_with_a_step_for_each_day() -> None:
    limit = within_minutes(at("2026-11-27T23:50"), 30, CALENDAR, business_hours=False)
    assert limit == Deadline(
        due=at("2026-11-28T00:20"),
        steps=(
            Step(date(2026, 11, 27), True, "time by the clock", 1, at("2026-11-27T23:50"), at("2026-11-28T00:00")),
            Step(date(2026, 11, 28), True, "time by the clock", 1, at("2026-11-28T00:00"), at("2026-11-28T00:20")),
        ),
        rule_text="Minutes by the clock, day and night.",
    )


def test_more_than_a_hundred_days_merge_into_runs_that_still_account_for_every_day() -> None:
    received, days = at("2026-03-02T10:00"), 120
    long = days_limit(received, days, "civil-code", CALENDAR)
    assert len(days_limit(received, 99, "civil-code", CALENDAR).steps) == 100
    assert len(long.steps) < 60
    assert long.counted_days == days
    for step, later in zip(long.steps, long.steps[1:], strict=False):
        assert step.date + timedelta(days=step.days) == later.date
        assert {CALENDAR.why(step.date + timedelta(days=n)) for n in range(step.days)} - {step.why} in (
            set(),
            {"working day"} if step.why == "day of the event, not counted" else set(),
        )


def test_long_strict_and_clock_limits_are_one_step() -> None:
    start = at("2026-03-02T10:00")
    strict = days_limit(start, 400, "calendar-strict", CALENDAR)
    clock = within_minutes(start, 400 * 24 * 60, CALENDAR, business_hours=False)
    assert (strict.due, len(strict.steps), strict.counted_days) == (start + timedelta(days=400), 1, 400)
    assert (clock.due, len(clock.steps), clock.counted_time) == (strict.due, 1, timedelta(days=400))


def test_long_business_time_keeps_each_counted_interval_and_merges_the_rest_days() -> None:
    limit = within_minutes(at("2026-03-02T09:00"), 480 * 100, CALENDAR, business_hours=True)
    assert limit.counted_time == timedelta(minutes=480 * 100)
    assert limit.counted_days == 100
    assert Step(date(2026, 3, 7), False, "weekend", days=2) in limit.steps


def test_minutes_that_end_at_midnight_do_not_touch_the_next_day() -> None:
    limit = within_minutes(at("2026-11-27T23:50"), 10, CALENDAR, business_hours=False)
    assert [step.date for step in limit.steps] == [date(2026, 11, 27)]


def test_a_long_limit_names_every_uncovered_year_it_runs_through() -> None:
    limit = days_limit(at("2026-03-02T10:00"), 800, "calendar-strict", CALENDAR)
    assert limit.uncovered_years(CALENDAR) == (2027, 2028)


# A zone whose clocks change


def test_24_hours_over_the_spring_change_end_an_hour_later_on_the_wall() -> None:
    limit = days_limit(datetime(2026, 3, 28, 12, tzinfo=LONDON), 1, "calendar-strict", LONDON_CALENDAR)
    assert limit.due.isoformat() == "2026-03-29T13:00:00+01:00"
    assert limit.counted_time == timedelta(hours=24)


def test_a_civil_code_limit_over_the_spring_change_keeps_the_wall_time_of_closing() -> None:
    limit = days_limit(datetime(2026, 3, 27, 12, tzinfo=LONDON), 3, "civil-code", LONDON_CALENDAR)
    assert limit.due.isoformat() == "2026-03-30T17:00:00+01:00"


@pytest.mark.parametrize(
    ("day", "minutes"), [(date(2026, 3, 29), 90), (date(2026, 6, 7), 150), (date(2026, 10, 25), 210)]
)
def test_an_opening_across_a_clock_change_holds_its_true_minutes(day: date, minutes: int) -> None:
    night = Calendar(LONDON, opening=time(0, 30), closing=time(3), weekend=frozenset({5}))
    full = within_minutes(night.open_of(day), minutes, night, business_hours=True)
    over = within_minutes(night.open_of(day), minutes + 1, night, business_hours=True)
    assert full.due == night.close_of(day)
    assert over.due == night.open_of(day + timedelta(days=1)) + timedelta(minutes=1)


# Properties


def every_deadline(start: datetime, n: int, calendar: Calendar) -> list[Deadline]:
    return [
        *(days_limit(start, n, mode, calendar) for mode in MODES),
        regulatory(start, n, calendar),
        end_of_day(start, calendar),
        within_minutes(start, n * 37, calendar, business_hours=True),
        within_minutes(start, n * 37, calendar, business_hours=False),
    ]


@given(INSTANTS, DAY_COUNTS, CALENDARS)
@UNHURRIED
def test_nothing_is_due_before_it_starts(start: datetime, n: int, calendar: Calendar) -> None:
    assert all(utc(one.due) >= start for one in every_deadline(start, n, calendar))


@given(INSTANTS, INSTANTS, DAY_COUNTS, CALENDARS)
@UNHURRIED
def test_what_starts_later_is_never_due_sooner(one: datetime, two: datetime, n: int, calendar: Calendar) -> None:
    early, late = (every_deadline(start, n, calendar) for start in sorted([one, two]))
    assert all(utc(a.due) <= utc(b.due) for a, b in zip(early, late, strict=True))


@given(INSTANTS, DAY_COUNTS, DAY_COUNTS, CALENDARS)
@UNHURRIED
def test_a_longer_limit_is_never_due_sooner(start: datetime, one: int, two: int, calendar: Calendar) -> None:
    short, long = (every_deadline(start, n, calendar) for n in sorted([one, two]))
    assert all(utc(a.due) <= utc(b.due) for a, b in zip(short, long, strict=True))


@given(INSTANTS, DAY_COUNTS, CALENDARS, OWN_DAYS)
@UNHURRIED
def test_more_rest_days_never_shorten_a_limit(start: datetime, n: int, some: Calendar, more: frozenset[date]) -> None:
    fuller = Calendar(some.tz, weekend=some.weekend, holidays=some.holidays | more)
    pairs = zip(every_deadline(start, n, some), every_deadline(start, n, fuller), strict=True)
    assert all(utc(a.due) <= utc(b.due) for a, b in pairs)


@given(INSTANTS, st.integers(1, 200), st.sampled_from(MODES), CALENDARS)
@UNHURRIED
def test_the_steps_count_exactly_the_days_of_the_limit(start: datetime, n: int, mode: Mode, calendar: Calendar) -> None:
    assert days_limit(start, n, mode, calendar).counted_days == n
    assert regulatory(start, n, calendar).counted_days == n


@given(INSTANTS, DAY_COUNTS, CALENDARS)
@UNHURRIED
def test_day_steps_leave_no_day_out(start: datetime, n: int, calendar: Calendar) -> None:
    for one in every_deadline(start, n, calendar):
        dates = [step.date for step in one.steps]
        assert dates[0] == calendar.day_of(start)
        if one.rule_text != STRICT_TEXT:
            assert dates == [dates[0] + timedelta(days=n) for n in range(len(dates))]


@given(INSTANTS, DAY_COUNTS, CALENDARS)
@UNHURRIED
def test_periods_of_24_hours_follow_each_other_without_a_gap(start: datetime, n: int, calendar: Calendar) -> None:
    steps = days_limit(start, n, "calendar-strict", calendar).steps
    assert [utc(step.start) for step in steps if step.start] == [start + timedelta(days=day) for day in range(n)]
    assert [utc(step.end) for step in steps if step.end] == [start + timedelta(days=day + 1) for day in range(n)]


@given(INSTANTS, DAY_COUNTS, CALENDARS)
@UNHURRIED
def test_a_civil_code_limit_ends_at_the_close_of_a_business_day(start: datetime, n: int, calendar: Calendar) -> None:
    due = days_limit(start, n, "civil-code", calendar).due
    day = calendar.day_of(due)
    assert calendar.is_business_day(day)
    assert due == calendar.close_of(day)
    earliest = calendar.day_of(start) + timedelta(days=n)
    assert not list(calendar.business_days(earliest, day - timedelta(days=1)))
    assert day >= earliest


@given(INSTANTS, DAY_COUNTS, CALENDARS)
@UNHURRIED
def test_regulators_limit_civil_code_and_working_days_come_in_this_order(
    start: datetime, n: int, calendar: Calendar
) -> None:
    strictest, civil, working = (
        regulatory(start, n, calendar),
        days_limit(start, n, "civil-code", calendar),
        days_limit(start, n, "working", calendar),
    )
    assert utc(strictest.due) <= utc(civil.due) <= utc(working.due)


@given(INSTANTS, DAY_COUNTS, CALENDARS)
@UNHURRIED
def test_working_days_between_receipt_and_due_are_the_limit(start: datetime, n: int, calendar: Calendar) -> None:
    due = within_business_days(start, n, calendar).due
    counted = calendar.business_days(calendar.day_of(start) + timedelta(days=1), calendar.day_of(due))
    assert len(list(counted)) == n


@given(INSTANTS, CALENDARS)
@UNHURRIED
def test_zero_business_minutes_are_the_start_or_the_next_opening(start: datetime, calendar: Calendar) -> None:
    due = within_minutes(start, 0, calendar, business_hours=True).due
    day = calendar.day_of(due)
    assert calendar.is_business_day(day)
    assert utc(due) == max(start, utc(calendar.open_of(day)))
    assert utc(due) < utc(calendar.close_of(day))


@given(INSTANTS, st.integers(0, 5000), CALENDARS)
@UNHURRIED
def test_the_counted_intervals_add_up_to_the_minutes_and_end_at_due(
    start: datetime, minutes: int, calendar: Calendar
) -> None:
    for business in (True, False):
        limit = within_minutes(start, minutes, calendar, business_hours=business)
        assert limit.counted_time == timedelta(minutes=minutes)
        assert limit.steps[-1].end == limit.due


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 11, 30)), st.integers(1, 1500))
@settings(max_examples=40, deadline=None)
def test_business_minutes_agree_with_counting_every_minute_on_the_wall(wall: datetime, minutes: int) -> None:
    now = start = wall.replace(second=0, microsecond=0)
    left = minutes
    while left:
        left -= CALENDAR.is_business_day(now.date()) and time(9) <= now.time() < time(17)
        now += timedelta(minutes=1)
    limit = within_minutes(start.replace(tzinfo=SHANGHAI), minutes, CALENDAR, business_hours=True)
    assert limit.due == now.replace(tzinfo=SHANGHAI)


# Refusals


@pytest.mark.parametrize("mode", MODES)
def test_a_limit_of_no_days_is_refused_and_names_the_alternative(mode: Mode) -> None:
    with pytest.raises(ValueError, match="for the same day ask end_of_day"):
        days_limit(at("2026-11-23T10:05"), 0, mode, CALENDAR)


def test_an_unknown_mode_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="use one of: civil-code, working, calendar-strict"):
        days_limit(at("2026-11-23T10:05"), 3, "lunar", CALENDAR)  # type: ignore[arg-type]


def test_negative_minutes_are_refused() -> None:
    with pytest.raises(ValueError, match="minutes must be 0 or more"):
        within_minutes(at("2026-11-23T10:05"), -1, CALENDAR, business_hours=True)


@pytest.mark.parametrize("index", range(7))
def test_a_start_without_a_zone_is_refused(index: int) -> None:
    naive = datetime(2026, 11, 23, 10, 5)
    calls = [
        lambda: days_limit(naive, 3, "civil-code", CALENDAR),
        lambda: days_limit(naive, 3, "working", CALENDAR),
        lambda: days_limit(naive, 3, "calendar-strict", CALENDAR),
        lambda: regulatory(naive, 15, CALENDAR),
        lambda: end_of_day(naive, CALENDAR),
        lambda: within_minutes(naive, 5, CALENDAR, business_hours=True),
        lambda: within_minutes(naive, 5, CALENDAR, business_hours=False),
    ]
    with pytest.raises(ValueError, match="an instant needs a time zone"):
        calls[index]()

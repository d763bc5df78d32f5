"""The outlet's calendar: which days are worked, why, and between which instants."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchops.core.rulebook.calendar import Calendar, utc

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONDON = ZoneInfo("Europe/London")
CALENDAR = Calendar(SHANGHAI)

KNOWN_DAYS = st.dates(date(2004, 1, 1), date(2026, 12, 31))
ANY_DAYS = st.dates(date(2000, 1, 1), date(2035, 12, 31))
OWN_DAYS = st.frozensets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=30)


def reasons(first: date, last: date, calendar: Calendar = CALENDAR) -> list[tuple[str, str]]:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [(day.strftime("%a %m-%d"), calendar.why(day)) for day in days]


def test_national_day_2026_rests_a_week_between_two_worked_weekend_days() -> None:
    assert reasons(date(2026, 9, 30), date(2026, 10, 11)) == [
        ("Wed 09-30", "working day"),
        ("Thu 10-01", "statutory holiday"),
        ("Fri 10-02", "statutory holiday"),
        ("Sat 10-03", "statutory holiday"),
        ("Sun 10-04", "statutory holiday"),
        ("Mon 10-05", "statutory holiday"),
        ("Tue 10-06", "statutory holiday"),
        ("Wed 10-07", "statutory holiday"),
        ("Thu 10-08", "working day"),
        ("Fri 10-09", "working day"),
        ("Sat 10-10", "make-up workday"),
        ("Sun 10-11", "weekend"),
    ]
    assert CALENDAR.why(date(2026, 9, 20)) == "make-up workday"


def test_spring_festival_2026_has_its_make_up_workdays_on_the_saturdays_around_it() -> None:
    worked = list(CALENDAR.business_days(date(2026, 2, 9), date(2026, 3, 1)))
    assert worked == [date(2026, 2, day) for day in (9, 10, 11, 12, 13, 14, 24, 25, 26, 27, 28)]


def test_a_year_the_package_does_not_know_is_judged_by_its_weekends_and_says_so() -> None:
    assert [CALENDAR.covered(year) for year in (2003, 2004, 2026, 2027)] == [False, True, True, False]
    assert reasons(date(2027, 1, 1), date(2027, 1, 4)) == [
        ("Fri 01-01", "working day"),
        ("Sat 01-02", "weekend"),
        ("Sun 01-03", "weekend"),
        ("Mon 01-04", "working day"),
    ]


def test_the_banks_own_list_outranks_the_state_and_the_weekend() -> None:
    own = Calendar(
        SHANGHAI,
        holidays=frozenset({date(2026, 10, 10), date(2026, 11, 24)}),
        workdays=frozenset({date(2026, 10, 1), date(2026, 11, 28)}),
    )
    assert own.why(date(2026, 10, 10)) == "bank's own holiday"
    assert own.why(date(2026, 11, 24)) == "bank's own holiday"
    assert own.why(date(2026, 10, 1)) == "bank's own workday"
    assert own.why(date(2026, 11, 28)) == "bank's own workday"
    assert [own.is_business_day(date(2026, 11, day)) for day in (23, 24, 28, 29)] == [True, False, True, False]


def test_an_outlet_open_on_saturdays_still_rests_on_a_holiday_saturday() -> None:
    open_saturdays = Calendar(SHANGHAI, weekend=frozenset({6}))
    assert open_saturdays.why(date(2026, 11, 28)) == "working day"
    assert open_saturdays.why(date(2026, 10, 3)) == "statutory holiday"
    assert open_saturdays.why(date(2026, 11, 29)) == "weekend"


def test_a_weekend_is_no_holiday_but_statutory_and_own_holidays_are() -> None:
    own = Calendar(SHANGHAI, holidays=frozenset({date(2027, 1, 2)}))
    days = [date(2026, 11, 28), date(2026, 10, 3), date(2027, 1, 2), date(2026, 10, 10)]
    assert [own.is_holiday(day) for day in days] == [False, True, True, False]


@given(KNOWN_DAYS)
@settings(deadline=None)
def test_known_years_agree_with_the_package_itself(day: date) -> None:
    import chinese_calendar

    assert CALENDAR.is_business_day(day) == chinese_calendar.is_workday(day)


@given(ANY_DAYS, st.integers(1, 40), OWN_DAYS)
@settings(deadline=None)
def test_the_nth_next_business_day_is_the_nth_of_the_days_after(day: date, n: int, holidays: frozenset[date]) -> None:
    own = Calendar(SHANGHAI, holidays=holidays)
    later = list(own.business_days(day + timedelta(days=1), day + timedelta(days=200)))
    assert own.next_business_day(day, n) == later[n - 1]


@given(ANY_DAYS)
@settings(deadline=None)
def test_previous_and_next_business_day_undo_each_other(day: date) -> None:
    later = CALENDAR.next_business_day(day)
    before = CALENDAR.previous_business_day(later)
    assert before <= day < later
    assert CALENDAR.next_business_day(before) == later


def test_business_days_of_a_span_that_ends_before_it_begins_are_none() -> None:
    assert list(CALENDAR.business_days(date(2026, 11, 25), date(2026, 11, 24))) == []


def test_opening_and_closing_are_instants_in_the_outlets_zone() -> None:
    day = date(2026, 11, 26)
    assert CALENDAR.open_of(day).isoformat() == "2026-11-26T09:00:00+08:00"
    assert CALENDAR.close_of(day).isoformat() == "2026-11-26T17:00:00+08:00"
    assert CALENDAR.close_of(day).tzinfo is SHANGHAI


def test_without_business_hours_a_day_runs_from_midnight_to_midnight() -> None:
    always = Calendar(SHANGHAI, opening=None, closing=None)
    assert always.open_of(date(2026, 11, 26)).isoformat() == "2026-11-26T00:00:00+08:00"
    assert always.close_of(date(2026, 11, 26)).isoformat() == "2026-11-27T00:00:00+08:00"


def test_the_day_of_an_instant_is_the_outlets_day() -> None:
    evening = datetime(2026, 11, 26, 16, 30, tzinfo=UTC)
    assert CALENDAR.day_of(evening) == date(2026, 11, 27)
    assert CALENDAR.local(evening).isoformat() == "2026-11-27T00:30:00+08:00"


def test_hours_keep_their_wall_times_when_the_clocks_change() -> None:
    london = Calendar(LONDON)
    opens = [london.open_of(date(2026, 3, day)).isoformat() for day in (27, 30)]
    assert opens == ["2026-03-27T09:00:00+00:00", "2026-03-30T09:00:00+01:00"]


def test_a_wall_time_that_a_clock_change_skips_moves_on_by_the_skipped_hour() -> None:
    night = Calendar(LONDON, opening=time(1, 30), closing=time(4))
    assert night.open_of(date(2026, 3, 29)).isoformat() == "2026-03-29T02:30:00+01:00"


def test_closing_in_the_skipped_hour_moves_on_too_and_never_before_opening() -> None:
    day = date(2026, 3, 29)
    assert Calendar(LONDON, time(0), time(1, 30)).close_of(day).isoformat() == "2026-03-29T02:30:00+01:00"
    crossed = Calendar(LONDON, time(1, 30), time(2, 10))
    assert crossed.close_of(day) == crossed.open_of(day)


def test_of_a_wall_time_shown_twice_opening_is_the_first_and_closing_the_second() -> None:
    assert Calendar(LONDON, time(1, 30), time(4)).open_of(date(2026, 10, 25)).isoformat() == "2026-10-25T01:30:00+01:00"
    assert (
        Calendar(LONDON, time(0), time(1, 30)).close_of(date(2026, 10, 25)).isoformat() == "2026-10-25T01:30:00+00:00"
    )


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.times(), st.times())
@settings(deadline=None)
def test_closing_is_never_before_opening_in_a_zone_that_changes_its_clocks(day: date, one: time, two: time) -> None:
    if one == two:
        return
    london = Calendar(LONDON, opening=min(one, two), closing=max(one, two))
    assert utc(london.open_of(day)) <= utc(london.close_of(day))


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)))
@settings(max_examples=200, deadline=None)
def test_iso_weeks_alternate_parity_except_from_week_53_to_week_1(day: date) -> None:
    now, then = CALENDAR.iso_week_is_odd(day), CALENDAR.iso_week_is_odd(day + timedelta(days=7))
    assert (now == then) == (day.isocalendar().week == 53)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"opening": None}, "Give both an opening and a closing time, or neither."),
        ({"opening": time(17), "closing": time(9)}, "The outlet must open before it closes."),
        (
            {"opening": time(9, tzinfo=timezone(timedelta(hours=8)))},
            "Opening and closing are wall times of the outlet and carry no time zone.",
        ),
        (
            {"weekend": frozenset(range(7))},
            "A weekend holds weekdays from 0 (Monday) to 6 (Sunday), but not all seven.",
        ),
        ({"weekend": frozenset({7})}, "A weekend holds weekdays from 0 (Monday) to 6 (Sunday), but not all seven."),
        (
            {"holidays": frozenset({date(2027, 1, 1)}), "workdays": frozenset({date(2027, 1, 1)})},
            "Named both as a holiday and as a workday: 2027-01-01.",
        ),
    ],
)
def test_fields_that_contradict_each_other_are_refused(fields: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        Calendar(SHANGHAI, **fields)  # type: ignore[arg-type]


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="an instant needs a time zone"):
        CALENDAR.day_of(datetime(2026, 11, 26, 10))


def test_a_datetime_is_not_taken_for_a_day() -> None:
    with pytest.raises(TypeError, match="ask day_of"):
        CALENDAR.why(datetime(2026, 10, 1, tzinfo=SHANGHAI))


def test_the_next_business_day_counts_from_one() -> None:
    with pytest.raises(ValueError, match="n must be 1 or more"):
        CALENDAR.next_business_day(date(2026, 11, 26), 0)


def test_the_holiday_package_is_read_by_the_first_question_not_by_import() -> None:
    code = (
        "import sys, datetime as d; from branchops.core.rulebook.calendar import Calendar; "
        "import branchops.core.rulebook.deadline, branchops.core.rulebook.duty, branchops.core.rulebook.recurrence; "
        "c = Calendar(d.timezone.utc); before = 'chinese_calendar' in sys.modules; "
        "c.why(d.date(2026, 1, 1)); print(before, 'chinese_calendar' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False True\n"

"""Schedules: big clean-ups, period ends, repeats, and the periods reports are asked for."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchops.core.rulebook.calendar import Calendar
from branchops.core.rulebook.recurrence import (
    CLEAN_RULES,
    HOLIDAY_MODES,
    CleanRule,
    HolidayMode,
    Occurrence,
    big_clean_dates,
    every_business_day,
    every_n_days,
    month_ends,
    period_bounds,
    previous_period,
    quarter_ends,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = Calendar(SHANGHAI)
NEW_YEAR_2027 = Calendar(SHANGHAI, holidays=frozenset(date(2027, 1, day) for day in (1, 2, 3)))
ODD = "Saturday of an odd ISO week"

YEARS = st.integers(2004, 2060)
SATURDAYS = st.frozensets(st.integers(0, 110).map(lambda n: date(2026, 1, 3) + timedelta(weeks=n)), max_size=40)


def kept(day: date, reason: str = ODD) -> Occurrence:
    return Occurrence(day, day, True, reason)


def months(year: int) -> list[str]:
    return [f"{year}-{month:02}" for month in range(1, 13)]


# Big clean-ups


def test_january_2027_has_three_odd_saturdays_two_of_them_a_week_apart() -> None:
    days = [date(2027, 1, day) for day in (2, 9, 23)]
    assert big_clean_dates("2027-01", "odd-iso-saturday", CALENDAR) == [kept(day) for day in days]
    assert [day.isocalendar().week for day in days] == [53, 1, 3]


def test_a_holiday_drops_the_clean_up_and_the_reason_says_which_kind() -> None:
    assert big_clean_dates("2027-01", "odd-iso-saturday", NEW_YEAR_2027, holiday="skip") == [
        Occurrence(date(2027, 1, 2), date(2027, 1, 2), False, "bank's own holiday"),
        kept(date(2027, 1, 9)),
        kept(date(2027, 1, 23)),
    ]
    assert big_clean_dates("2026-01", "odd-iso-saturday", CALENDAR) == [
        Occurrence(date(2026, 1, 3), date(2026, 1, 3), False, "statutory holiday"),
        kept(date(2026, 1, 17)),
        kept(date(2026, 1, 31)),
    ]


def test_moved_clean_ups_go_to_the_next_saturday_that_has_none_of_its_own() -> None:
    assert big_clean_dates("2027-01", "odd-iso-saturday", NEW_YEAR_2027, holiday="move") == [
        Occurrence(date(2027, 1, 16), date(2027, 1, 2), True, "bank's own holiday"),
        kept(date(2027, 1, 9)),
        kept(date(2027, 1, 23)),
    ]
    assert big_clean_dates("2026-01", "odd-iso-saturday", CALENDAR, holiday="move")[0] == Occurrence(
        date(2026, 1, 10), date(2026, 1, 3), True, "statutory holiday"
    )


def test_a_policy_that_keeps_holidays_still_names_the_holiday() -> None:
    first = big_clean_dates("2027-01", "odd-iso-saturday", NEW_YEAR_2027, holiday="keep")[0]
    assert first == kept(date(2027, 1, 2), "bank's own holiday")


def test_two_moved_clean_ups_do_not_meet_on_one_saturday() -> None:
    closed = Calendar(SHANGHAI, holidays=frozenset({date(2027, 1, 2), date(2027, 1, 9)}))
    moved = big_clean_dates("2027-01", "odd-iso-saturday", closed, holiday="move")
    assert [one.date for one in moved] == [date(2027, 1, 16), date(2027, 1, 30), date(2027, 1, 23)]


def test_a_clean_up_moved_out_of_december_keeps_its_new_saturday_from_january() -> None:
    closed = Calendar(SHANGHAI, holidays=frozenset({date(2026, 12, 19), date(2026, 12, 26), date(2027, 1, 2)}))
    december = big_clean_dates("2026-12", "odd-iso-saturday", closed, holiday="move")
    january = big_clean_dates("2027-01", "odd-iso-saturday", closed, holiday="move")
    assert (december[-1].original_date, december[-1].date) == (date(2026, 12, 19), date(2027, 1, 16))
    assert (january[0].original_date, january[0].date) == (date(2027, 1, 2), date(2027, 1, 30))


def test_the_first_and_third_saturday_are_chosen_by_number() -> None:
    reason = "chosen Saturday of the month"
    days = [date(2026, 11, 7), date(2026, 11, 21)]
    assert big_clean_dates("2026-11", "nth-saturday", CALENDAR) == [kept(day, reason) for day in days]
    fifths = big_clean_dates("2026", "nth-saturday", CALENDAR, nth=(5,), holiday="keep")
    assert [one.date.isoformat()[5:] for one in fifths] == ["01-31", "05-30", "08-29", "10-31"]


def test_an_agreed_date_repeats_every_14_days_and_not_before_it() -> None:
    found = big_clean_dates("2026-Q4", "anchor-date", CALENDAR, anchor=date(2026, 11, 14))
    reason = "every 14 days from the agreed date"
    assert found == [
        kept(day, reason) for day in (date(2026, 11, 14), date(2026, 11, 28), date(2026, 12, 12), date(2026, 12, 26))
    ]


def test_a_move_that_finds_no_free_week_drops_the_clean_up() -> None:
    found = big_clean_dates("2027-01", "nth-saturday", NEW_YEAR_2027, nth=(1, 2, 3, 4, 5), holiday="move")
    assert found[0] == Occurrence(date(2027, 1, 2), date(2027, 1, 2), False, "bank's own holiday")
    assert [one.kept for one in found] == [False, True, True, True, True]


@given(YEARS)
@settings(deadline=None)
def test_odd_week_saturdays_are_odd_and_14_days_apart_or_7_after_week_53(year: int) -> None:
    days = [
        one.original_date
        for text in (str(year), str(year + 1))
        for one in big_clean_dates(text, "odd-iso-saturday", CALENDAR)
    ]
    assert all(day.weekday() == 5 and day.isocalendar().week % 2 == 1 for day in days)
    for day, later in pairwise(days):
        assert (later - day).days == (7 if day.isocalendar().week == 53 else 14)


@given(st.sampled_from([2026, 2027]), st.sampled_from(CLEAN_RULES), st.sampled_from(HOLIDAY_MODES), SATURDAYS)
@settings(max_examples=40, deadline=None)
def test_the_months_of_a_year_give_what_the_year_gives(
    year: int, rule: CleanRule, holiday: HolidayMode, closed: frozenset[date]
) -> None:
    own = Calendar(SHANGHAI, holidays=closed)

    def ask(text: str) -> list[Occurrence]:
        return big_clean_dates(text, rule, own, anchor=date(2026, 2, 7), holiday=holiday)

    assert [one for month in months(year) for one in ask(month)] == ask(str(year))


@given(st.sampled_from(CLEAN_RULES), SATURDAYS)
@settings(max_examples=40, deadline=None)
def test_moved_clean_ups_avoid_holidays_and_each_other_and_lose_none(rule: CleanRule, closed: frozenset[date]) -> None:
    own = Calendar(SHANGHAI, holidays=closed)
    moved, plain = (
        big_clean_dates("2026", rule, own, anchor=date(2026, 1, 10), holiday=mode) for mode in ("move", "keep")
    )
    assert [one.original_date for one in moved] == [one.date for one in plain]
    dates = [one.date for one in moved if one.kept]
    assert len(set(dates)) == len(dates)
    assert not any(own.is_holiday(day) for day in dates)
    assert all(one.date >= one.original_date and (one.date - one.original_date).days % 7 == 0 for one in moved)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"rule": "anchor-date"}, "Counting every 14 days needs the date to count from."),
        ({"rule": "nth-saturday", "nth": ()}, "Number the Saturdays of the month from 1 to 5."),
        ({"rule": "nth-saturday", "nth": (0,)}, "Number the Saturdays of the month from 1 to 5."),
        (
            {"rule": "full-moon"},
            "Unknown value full-moon; use one of: odd-iso-saturday, anchor-date, nth-saturday.",
        ),
        (
            {"rule": "odd-iso-saturday", "holiday": "shift"},
            "Unknown value shift; use one of: skip, move, keep.",
        ),
    ],
)
def test_a_rule_without_what_it_needs_is_refused(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        big_clean_dates("2026-11", calendar=CALENDAR, **arguments)  # type: ignore[arg-type]


# Other schedules


def test_every_business_day_of_the_national_day_weeks() -> None:
    days = every_business_day(date(2026, 9, 30), date(2026, 10, 12), CALENDAR)
    assert days == [date(2026, 9, 30), *(date(2026, 10, day) for day in (8, 9, 10, 12))]


def test_month_and_quarter_ends_lie_inside_the_span() -> None:
    assert month_ends(date(2027, 11, 30), date(2028, 3, 30)) == [
        date(2027, 11, 30),
        date(2027, 12, 31),
        date(2028, 1, 31),
        date(2028, 2, 29),
    ]
    assert quarter_ends(date(2026, 3, 31), date(2026, 12, 30)) == [
        date(2026, 3, 31),
        date(2026, 6, 30),
        date(2026, 9, 30),
    ]
    assert month_ends(date(2026, 11, 2), date(2026, 11, 1)) == []


def test_a_fixed_sequence_ignores_when_things_were_done() -> None:
    late = [date(2026, 11, 20)]
    days = every_n_days(date(2026, 11, 2), 7, date(2026, 11, 23), "fixed-sequence", late)
    assert days == [date(2026, 11, day) for day in (2, 9, 16, 23)]


def test_a_repeat_from_last_completion_restarts_at_each_one_and_never_piles_up() -> None:
    start, until = date(2026, 11, 2), date(2026, 12, 31)
    done = [date(2026, 11, 20), date(2026, 11, 5), date(2026, 10, 30)]
    assert every_n_days(start, 7, until, "from-last-completion", done) == [
        start,
        date(2026, 11, 12),
        date(2026, 11, 27),
    ]
    assert every_n_days(start, 7, until, "from-last-completion") == [start]


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 60), st.integers(0, 400))
@settings(deadline=None)
def test_done_on_the_day_each_time_both_repeats_agree(start: date, n: int, span: int) -> None:
    until = start + timedelta(days=span)
    fixed = every_n_days(start, n, until)
    assert every_n_days(start, n, until, "from-last-completion", fixed) == fixed
    assert len(fixed) == span // n + 1


@pytest.mark.parametrize(
    ("n", "mode", "message"),
    [(0, "fixed-sequence", "n must be 1 or more"), (7, "weekly", "use one of: fixed-sequence, from-last-completion")],
)
def test_a_repeat_that_cannot_advance_is_refused(n: int, mode: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        every_n_days(date(2026, 11, 2), n, date(2026, 12, 31), mode)  # type: ignore[arg-type]


# Periods


@pytest.mark.parametrize(
    ("text", "first", "last", "previous"),
    [
        ("2026-11", "2026-11-01", "2026-11-30", "2026-10"),
        ("2028-02", "2028-02-01", "2028-02-29", "2028-01"),
        ("2026-01", "2026-01-01", "2026-01-31", "2025-12"),
        ("2026-Q4", "2026-10-01", "2026-12-31", "2026-Q3"),
        ("2026-Q1", "2026-01-01", "2026-03-31", "2025-Q4"),
        ("2026", "2026-01-01", "2026-12-31", "2025"),
        ("2026-W48", "2026-11-23", "2026-11-29", "2026-W47"),
        ("2026-W53", "2026-12-28", "2027-01-03", "2026-W52"),
        ("2027-W01", "2027-01-04", "2027-01-10", "2026-W53"),
        ("2026-W01", "2025-12-29", "2026-01-04", "2025-W52"),
        ("0999", "0999-01-01", "0999-12-31", "0998"),
        ("9999-12", "9999-12-01", "9999-12-31", "9999-11"),
    ],
)
def test_a_period_has_its_days_and_its_predecessor(text: str, first: str, last: str, previous: str) -> None:
    assert period_bounds(text) == (date.fromisoformat(first), date.fromisoformat(last))
    assert previous_period(text) == previous


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "26",
            "2026-13",
            "2026-00",
            "2026-1",
            "2026-Q0",
            "2026-Q5",
            "2026-q4",
            "2027-W53",
            "2026-W00",
            "2026-W54",
        ),
        *("0000", "9999-W53", "２０２６", "2026-11-01", " 2026", "2026\n", "2026-", "last month"),
    ],
)
def test_any_other_text_is_no_period_and_the_refusal_shows_how_to_write_one(text: str) -> None:
    hint = "write a month 2026-11, a quarter 2026-Q4, a year 2026 or a week 2026-W48"
    with pytest.raises(ValueError, match=f"^{re.escape(f'No such period: {text}; {hint}.')}$"):
        period_bounds(text)


@pytest.mark.parametrize("text", ["0001", "0001-01", "0001-Q1", "0001-W01"])
def test_nothing_comes_before_the_first_year(text: str) -> None:
    with pytest.raises(ValueError, match="No such period"):
        previous_period(text)


@given(st.integers(2, 9998), st.data())
@settings(deadline=None)
def test_a_period_begins_the_day_after_its_predecessor_ends(year: int, data: st.DataObject) -> None:
    kinds = [f"{year:04}", *(f"{year:04}-Q{n}" for n in range(1, 5)), *months(year)]
    weeks = [f"{year:04}-W{n:02}" for n in range(1, 53)]
    text = data.draw(st.sampled_from(kinds + weeks if year > 999 else kinds[:5] + weeks))
    first, last = period_bounds(text)
    assert first <= last
    assert period_bounds(previous_period(text))[1] == first - timedelta(days=1)

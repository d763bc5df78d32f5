"""The three clocks: what is told of them, what never moves them, and what the close of a day knows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchops.api import Calendar
from branchops.plugins.complaints.duties.clocks import counted
from branchops.plugins.complaints.rules.shared import reply_limit
from branchops.plugins.complaints.views import Case
from branchops.testing import BranchKit

C = "C-2026-0001"
RULE = "complaints.reply-within-three-days"
Take = Callable[..., Any]
CALENDAR = Calendar(
    tz=ZoneInfo("Asia/Shanghai"),
    opening=time(9),
    closing=time(17),
    weekend=frozenset({5, 6}),
    holidays=frozenset(),
    workdays=frozenset(),
)
MODES = ("civil-code", "working", "calendar-strict")
instants = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 20), timezones=st.just(UTC))


def case(received: datetime, **more: Any) -> Case:
    return Case(
        id=C, channel="letter", subtype="", kind="complaint", received_at=received, registered_at=received, taker="li",
        owner="li", gist="x", **more,
    )  # fmt: skip


@pytest.mark.rule("complaints.reply-within-three-days")
@given(instants, st.integers(1, 10), st.sampled_from(MODES))
def test_the_limit_lies_ahead_and_grows_with_its_days(received: datetime, days: int, mode: str) -> None:
    limits = [
        reply_limit(case(received), {"complaints.reply.days": n, "complaints.reply.clock": mode}, CALENDAR).due  # type: ignore[arg-type]
        for n in (days, days + 1)
    ]
    assert received < limits[0] <= limits[1]
    if mode != "calendar-strict":
        assert CALENDAR.is_business_day(limits[0].date())


@pytest.mark.rule("complaints.letter-handler-registers")
@given(instants, st.integers(0, 30))
def test_a_letter_registered_later_is_owed_no_later(taken: datetime, lag: int) -> None:
    """However long it lay before somebody took it: the limit is that of its arrival, never of its registration."""
    policy: Any = {"complaints.reply.days": 3, "complaints.reply.clock": "civil-code"}
    arrived = CALENDAR.day_of(taken) - timedelta(days=lag)
    lain = reply_limit(case(taken, received_on=arrived), policy, CALENDAR)
    at_once = reply_limit(case(CALENDAR.open_of(arrived)), policy, CALENDAR)
    assert lain.due == at_once.due
    assert lain.due <= reply_limit(case(taken), policy, CALENDAR).due


@pytest.mark.rule("complaints.reply-within-three-days")
@given(instants, st.integers(0, 60 * 24 * 9))
def test_a_claimed_time_counts_only_on_its_own_day(claimed: datetime, minutes: int) -> None:
    recorded = claimed + timedelta(minutes=minutes)
    expected = claimed if CALENDAR.day_of(claimed) == CALENDAR.day_of(recorded) else recorded
    assert counted(claimed, recorded, CALENDAR) == expected


@pytest.mark.rule("complaints.reply-within-three-days")
def test_a_reply_backdated_into_the_limit_stays_late(desk: BranchKit, take: Take) -> None:
    take("letter", as_="li")
    desk.clock.set("2026-11-27 09:00")
    desk.ok("complaints", "reply", C, "--via", "letter", "--at", "2026-11-26 16:00", as_="li")
    assert desk.ok("complaints", "show", C)["clocks"][0] == {"clock": "limit", "state": "late"}


@pytest.mark.rule("complaints.reply-within-three-days")
@pytest.mark.parametrize(
    ("mode", "due"),
    [
        ("civil-code", "2026-10-08T17:00:00+08:00"),
        ("working", "2026-10-09T17:00:00+08:00"),
        ("calendar-strict", "2026-10-02T10:00:00+08:00"),
    ],
)
def test_three_readings_of_three_days_over_the_national_holiday(
    make_kit: Callable[..., BranchKit], mode: str, due: str
) -> None:
    """Taken on Tuesday 2026-09-29; the holiday is 1 to 7 October, with its make-up days as the state set them."""
    kit = make_kit(start="2026-09-29 10:00")
    kit.ok("policy", "set", "complaints.reply.clock", mode, "--reason", "the bank's reading")
    kit.ok("complaints", "receive", "--channel", "letter", "--gist", "x", as_="li")
    (found,) = [one for one in kit.duties() if one.rule == RULE]
    assert found.due is not None
    assert found.due.isoformat() == due


def test_a_later_setting_judges_nothing_again(desk: BranchKit, take: Take) -> None:
    take("letter", as_="li")
    before = [(one.due, one.policy) for one in desk.duties() if one.rule == RULE]
    desk.clock.tick(minutes=1)
    desk.ok("policy", "set", "complaints.reply.days", "9", "--reason", "more time")
    assert [(one.due, one.policy) for one in desk.duties() if one.rule == RULE] == before


def test_explain_counts_the_days_one_by_one(desk: BranchKit, take: Take) -> None:
    """Monday is not counted; Tuesday, Wednesday and Thursday are; the rule, its source and the policy are named."""
    take("letter", as_="li")
    told = desk.ok("explain", f"{RULE}@{C}")
    steps = [(one["date"], one["counted"]) for one in told["steps"]]
    assert steps == [("2026-11-23", False), ("2026-11-24", True), ("2026-11-25", True), ("2026-11-26", True)]
    assert "Doc5 Art.7(2)" in desk.run("explain", f"{RULE}@{C}").out


@pytest.mark.rule("complaints.book-checked-daily")
def test_the_close_of_a_day_names_what_complaints_left_undone(desk: BranchKit, take: Take, bring: Any) -> None:
    """The unread book, the unsigned register, the overdue reply: all of them, and the day is not clean."""
    take("oral", "--about", "zhao")
    bring()
    take("letter", as_="li")
    desk.clock.set("2026-11-26 17:30")
    closed = desk.run("day", "close", "--json")
    missed = {(one["rule"], one["subject"]) for one in closed.json()["missed"]}
    assert closed.exit == 3
    assert missed >= {
        ("complaints.book-checked-daily", "2026-11-26"),
        ("complaints.head-signs-register", C),
        (RULE, "C-2026-0002"),
    }


def test_every_day_is_a_calendar_day_where_the_bank_says_so(desk: BranchKit) -> None:
    """C13: by default the book is read on business days; with the other reading on Saturdays and Sundays too."""
    desk.ok("policy", "set", "calendar.business_days", "calendar", "--reason", "open on Sundays")
    rule = "complaints.book-checked-daily"
    saturday = date(2026, 11, 28)
    assert [one.subject for one in desk.duties(on=saturday) if one.rule == rule] == ["2026-11-28"]
    desk.ok("policy", "set", "calendar.business_days", "business", "--reason", "closed on Sundays")
    assert [one for one in desk.duties(on=saturday) if one.rule == rule] == []


def test_a_decision_about_each_day_moves_no_day_that_has_begun(desk: BranchKit) -> None:
    """C13: decided on Sunday evening, Saturday and Sunday stay days of rest, the next weekend is worked; and the
    other way round what was owed on a Saturday stays owed."""
    rule = "complaints.book-checked-daily"

    def owed() -> list[str]:
        return [one.subject for one in desk.duties() if one.rule == rule]

    week = [f"2026-11-{day}" for day in (23, 24, 25, 26, 27)]
    desk.clock.set("2026-11-29 18:00")
    desk.ok("policy", "set", "calendar.business_days", "calendar", "--reason", "open on Sundays")
    assert owed() == week
    desk.clock.set("2026-12-06 18:00")
    worked = [*week, "2026-11-30", *(f"2026-12-0{day}" for day in range(1, 7))]
    assert owed() == worked
    desk.ok("policy", "set", "calendar.business_days", "business", "--reason", "closed on Sundays")
    assert owed() == worked
    desk.clock.set("2026-12-13 18:00")
    assert owed()[-1] == "2026-12-11"


def test_where_each_day_counts_the_opening_checklist_of_a_sunday_is_due_on_that_sunday(desk: BranchKit) -> None:
    desk.ok("policy", "set", "calendar.business_days", "calendar", "--reason", "open on Sundays")
    desk.clock.set("2026-11-29 08:00")
    (found,) = [
        one for one in desk.duties() if one.rule == "complaints.book-on-display" and one.subject == "2026-11-29"
    ]
    assert (found.born.isoformat(), found.due.isoformat()) == (
        "2026-11-29T09:00:00+08:00",
        "2026-11-29T09:30:00+08:00",
    )


def test_a_study_morning_is_owed_once_where_each_day_counts(desk: BranchKit) -> None:
    """The rule looks back to the last Saturday, on the Sunday and on the Monday after it."""
    desk.ok("policy", "set", "calendar.business_days", "calendar", "--reason", "open on Sundays")
    desk.clock.set("2026-12-07 10:00")
    found = [one.subject for one in desk.duties() if one.rule == "training.odd-saturday-am-study"]
    assert found == ["2026-12-05"]


def test_what_is_owed_each_day_names_the_setting_that_says_which_days(desk: BranchKit) -> None:
    """`explain` of the rule and of a duty, and `policy set`, which names the rules that it moves."""
    for what in ("complaints.book-checked-daily", "complaints.book-checked-daily@2026-11-23"):
        told = desk.ok("explain", what)["settings"]
        assert [(one["key"], one["value"]) for one in told] == [("calendar.business_days", "business")]
    set_ = desk.ok("policy", "set", "calendar.business_days", "calendar", "--reason", "open on Sundays")
    assert "complaints.book-checked-daily" in set_["affects"]

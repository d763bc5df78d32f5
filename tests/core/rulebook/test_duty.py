"""Duties: how one stands at an instant, and which comes first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchops.core.rulebook.calendar import Calendar
from branchops.core.rulebook.deadline import days_limit
from branchops.core.rulebook.duty import Duty, Status, duty_id, owed, soonest_first, sort_key, status

BORN = datetime(2026, 11, 23, 2, 5, tzinfo=UTC)
DUE = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)

INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))
DUTIES = st.builds(
    Duty,
    rule=st.sampled_from(["complaints.reply-within-three-days", "counter.atm-difference-same-day"]),
    subject=st.sampled_from(["C-2026-0113", "D-2026-0007", "D-2026-0008"]),
    title=st.just("Reply to the customer"),
    born=INSTANTS,
    due=st.none() | INSTANTS,
    met=st.none() | INSTANTS,
    curable=st.booleans(),
    critical=st.booleans(),
)


def duty(due: datetime | None = DUE, met: datetime | None = None, curable: bool = True, subject: str = "C-1") -> Duty:
    return Duty("complaints.reply", subject, "Reply to the customer", BORN, due, met=met, curable=curable)


@pytest.mark.parametrize(
    ("one", "now", "expected"),
    [
        (duty(), DUE, "open"),
        (duty(), DUE + TICK, "overdue"),
        (duty(curable=False), DUE, "open"),
        (duty(curable=False), DUE + TICK, "missed"),
        (duty(met=DUE), DUE + timedelta(days=9), "met"),
        (duty(met=DUE + TICK), DUE + timedelta(days=9), "late"),
        (duty(met=DUE + TICK, curable=False), DUE + timedelta(days=9), "late"),
        (duty(due=None), DUE + timedelta(days=900), "open"),
        (duty(due=None, curable=False), DUE + timedelta(days=900), "open"),
        (duty(due=None, met=DUE), DUE, "met"),
    ],
)
def test_the_status_follows_from_due_met_and_now(one: Duty, now: datetime, expected: Status) -> None:
    assert status(one, now) == expected


def test_what_is_open_or_overdue_is_still_owed() -> None:
    states: list[Status] = ["open", "overdue", "met", "late", "missed"]
    assert [owed(state) for state in states] == [True, True, False, False, False]


def test_instants_compare_across_zones_and_through_an_hour_shown_twice() -> None:
    london = ZoneInfo("Europe/London")
    due = datetime(2026, 10, 25, 1, 30, tzinfo=london)
    second_showing = datetime(2026, 10, 25, 1, 10, tzinfo=london, fold=1)
    assert status(duty(due=due), second_showing) == "overdue"
    assert status(duty(due=DUE), DUE.astimezone(ZoneInfo("Asia/Shanghai"))) == "open"


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="an instant needs a time zone"):
        status(duty(), datetime(2026, 11, 26, 9))


def test_the_id_names_rule_and_subject_and_nothing_that_changes() -> None:
    assert duty_id(duty()) == "complaints.reply@C-1"
    assert duty_id(duty(due=None, met=DUE)) == duty_id(duty())


def test_the_soonest_comes_first_the_critical_before_its_equals_and_the_undated_last() -> None:
    undated = duty(due=None, subject="C-0")
    plain, later = duty(subject="C-1"), duty(DUE + TICK, subject="C-0")
    grave = msgspec.structs.replace(duty(subject="C-9"), critical=True)
    assert soonest_first([undated, later, plain, grave]) == [grave, plain, later, undated]


@given(st.lists(DUTIES, max_size=12))
@settings(deadline=None)
def test_sorting_keeps_every_duty_and_does_not_depend_on_the_order_given(duties: list[Duty]) -> None:
    forth, back = soonest_first(duties), soonest_first(reversed(duties))
    assert [sort_key(one) for one in forth] == [sort_key(one) for one in back]
    assert sorted(map(repr, forth)) == sorted(map(repr, duties))
    dated = [one.due for one in forth if one.due is not None]
    assert dated == sorted(dated)


@given(DUTIES, INSTANTS, INSTANTS)
@settings(deadline=None)
def test_time_alone_only_turns_open_into_overdue_or_missed(one: Duty, some: datetime, other: datetime) -> None:
    before, after = (status(one, now) for now in sorted([some, other]))
    assert before == after or (before == "open" and after == ("overdue" if one.curable else "missed"))


def test_a_duty_with_its_steps_survives_json() -> None:
    limit = days_limit(BORN, 3, "civil-code", Calendar(UTC))
    one = Duty("complaints.reply", "C-1", "Reply to {name}", BORN, limit.due, steps=limit.steps, args={"name": "Li"})
    assert msgspec.json.decode(msgspec.json.encode(one), type=Duty) == one


def test_duties_do_not_share_their_arguments() -> None:
    one, other = duty(), duty()
    one.args["name"] = "Li"
    assert other.args == {}

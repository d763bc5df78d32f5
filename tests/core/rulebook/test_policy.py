"""Settings: what a value may be, and which was in force when."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchops.core.rulebook.policy import BadValue, Change, Policies, Setting, default_of, parse_value

START = datetime(2026, 11, 23, tzinfo=UTC)


def setting(kind: Any, **more: Any) -> Setting:
    return Setting(key="a.b", type=kind, en="A", zh="甲", **more)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", " 400 123 ", "400 123"),
        ("int", "30", 30),
        ("decimal", "0.60", Decimal("0.60")),
        ("bool", "Yes", True),
        ("bool", "off", False),
        ("time", "09:30", time(9, 30)),
        ("date", "2026-11-23", date(2026, 11, 23)),
        ("list", "sat, sun,,", ("sat", "sun")),
        ("map", "a=1, b = 2=3", {"a": "1", "b": "2=3"}),
    ],
)
def test_a_text_becomes_a_value_of_its_type(kind: str, text: str, value: object) -> None:
    assert parse_value(setting(kind), text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("int", "three"),
        ("int", "-1"),
        ("int", "1.5"),
        ("decimal", "much"),
        ("decimal", "NaN"),
        ("decimal", "Infinity"),
        ("bool", "perhaps"),
        ("time", "25:00"),
        ("date", "2026-02-30"),
        ("map", "a"),
        ("choice", "c"),
    ],
)
def test_a_text_that_does_not_fit_is_told_with_itself(kind: str, text: str) -> None:
    """The message can be filled with the facts it comes with."""
    with pytest.raises(BadValue) as caught:
        parse_value(setting(kind, choices=("a", "b")), text)
    assert text in caught.value.text.format(**caught.value.facts)


@pytest.mark.parametrize(
    ("kind", "default", "value"),
    [
        ("int", 30, 30),
        ("time", "09:00", time(9)),
        ("list", ["sat", "sun"], ("sat", "sun")),
        ("map", {"a": 1}, {"a": "1"}),
        ("decimal", "0.5", Decimal("0.5")),
        ("bool", False, False),
        ("text", None, None),
    ],
)
def test_a_default_of_a_pack_becomes_a_value_of_its_type(kind: str, default: object, value: object) -> None:
    assert default_of(setting(kind, default=default)) == value


def change(pos: int, hours: float, value: int) -> Change:
    return Change(pos, START + timedelta(hours=hours), "a.b", value)


def test_the_newest_setting_that_has_begun_holds() -> None:
    """Before the first one the pack's default holds, as version 0."""
    policies = Policies([setting("int", default=1)], [change(5, 1, 10), change(9, 3, 20)])
    seen = [policies.at(START + timedelta(hours=hours)) for hours in (0, 1, 2, 3, 99)]
    assert [(policy["a.b"], policy.version) for policy in seen] == [(1, 0), (10, 5), (10, 5), (20, 9), (20, 9)]


def test_of_two_settings_for_one_day_the_later_recorded_holds() -> None:
    policies = Policies([setting("int", default=1)], [change(9, 1, 20), change(5, 1, 10)])
    assert policies.at(START + timedelta(hours=1))["a.b"] == 20


def test_a_setting_for_a_later_day_is_not_undone_by_an_earlier_day_recorded_after_it() -> None:
    """What holds is decided by the day first, then by the order of recording."""
    policies = Policies([setting("int", default=1)], [change(5, 10, 10), change(9, 1, 20)])
    assert [policies.at(START + timedelta(hours=h))["a.b"] for h in (1, 10)] == [20, 10]


@given(
    changes=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 9)), max_size=8),
    hours=st.integers(0, 25),
)
def test_what_is_in_force_does_not_depend_on_the_order_in_which_changes_are_given(
    changes: list[tuple[int, int]], hours: int
) -> None:
    made = [change(pos, since, value) for pos, (since, value) in enumerate(changes, start=1)]
    moment = START + timedelta(hours=hours)
    one, two = (Policies([setting("int", default=1)], some).at(moment) for some in (made, made[::-1]))
    begun = [item for item in made if item.since <= moment]
    expected = max(begun, key=lambda item: (item.since, item.pos)).value if begun else 1
    assert (one["a.b"], one.version) == (two["a.b"], two.version) == (expected, max((c.pos for c in begun), default=0))


def test_a_required_key_is_unset_until_somebody_decides() -> None:
    policies = Policies([setting("int", required=True)], [change(5, 1, 3)])
    assert policies.unset(START) == ("a.b",)
    assert policies.unset(START + timedelta(hours=1)) == ()


def test_a_key_that_is_unset_or_unknown_gives_the_callers_default() -> None:
    policy = Policies([setting("int")], []).at(START)
    assert (policy.get("a.b", 7), policy.get("no.key", 8), "a.b" in policy) == (7, 8, False)


def test_a_simulated_change_leaves_the_history_alone() -> None:
    policies = Policies([setting("int", default=1)], [])
    assert policies.with_change(change(1, 0, 5)).at(START)["a.b"] == 5
    assert policies.at(START)["a.b"] == 1

"""The rota: as fair as presence allows, whatever the absences."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchops.core.errors import Rejected
from branchops.plugins.hygiene.events.rota import RotaMade, Turn
from branchops.plugins.hygiene.rules.rota import fair_plan, fairness

RULE = "hygiene.daily-duty-rota"
MONDAY = date(2026, 11, 30)


def workdays(count: int) -> list[date]:
    """So many weekdays from a Monday on."""
    days = [MONDAY + timedelta(days=n) for n in range(count * 2 + 7)]
    return [day for day in days if day.weekday() < 5][:count]


@st.composite
def branches(draw: Any) -> tuple[tuple[str, ...], list[date], set[tuple[str, date]]]:
    """People, duty days, and any absences."""
    people = tuple("abcdefg"[: draw(st.integers(1, 7))])
    days = workdays(draw(st.integers(0, 25)))
    pairs = [(who, day) for who in people for day in days]
    away = draw(st.sets(st.sampled_from(pairs), max_size=len(pairs))) if pairs else set()
    return people, days, away


@pytest.mark.rule(RULE)
@given(branches())
def test_nobody_absent_is_due_and_somebody_present_always_is(branch: Any) -> None:
    """Every duty day has somebody who is there; a day on which nobody is, has nobody."""
    people, days, away = branch
    plan = fair_plan(people, days, lambda who, day: (who, day) in away)
    assert sorted(plan) == days
    for day, who in plan.items():
        there = [one for one in people if (one, day) not in away]
        assert who in there if there else who == ""


@pytest.mark.rule(RULE)
@given(branches())
def test_a_greater_difference_than_one_is_forced_by_absences(branch: Any) -> None:
    """Who has two turns more than another has none that could reach the other, directly or along a chain.

    So where the absences leave any choice at all, the turns differ by one at most: everybody who can be reached from
    the busiest through days on which they were there has at most one turn fewer.
    """
    people, days, away = branch
    plan = fair_plan(people, days, lambda who, day: (who, day) in away)
    counts = {who: sum(1 for due in plan.values() if due == who) for who in people}
    for giver in people:
        reached, waiting = {giver}, [giver]
        while waiting:
            one = waiting.pop()
            for day in (day for day, due in plan.items() if due == one):
                for other in people:
                    if other not in reached and (other, day) not in away:
                        reached.add(other)
                        waiting.append(other)
        assert all(counts[other] >= counts[giver] - 1 for other in reached)


@pytest.mark.rule(RULE)
@given(st.integers(1, 7), st.integers(0, 40), st.integers(0, 6), st.integers(0, 40))
def test_turns_differ_by_at_most_one_over_duty_days(n: int, count: int, gone: int, first: int) -> None:
    """With nobody away, and with one away for a while whom the others can wait for, counts differ by one at most."""
    people, days = tuple("abcdefg"[:n]), workdays(count)
    whole = fairness(fair_plan(people, days, lambda _who, _day: False), people, lambda _who, _day: False)
    assert whole.spread <= 1
    away = {(people[gone % n], day) for day in days[first : first + count // (2 * n)]} if n > 1 else set()
    part = fairness(
        fair_plan(people, days, lambda who, day: (who, day) in away), people, lambda who, day: (who, day) in away
    )
    assert part.spread <= 1


def least_spread(people: tuple[str, ...], days: list[date], away: set[tuple[str, date]]) -> int:
    """The least difference that any plan has, by trying all."""
    choices = [[who for who in people if (who, day) not in away] or [""] for day in days]
    spreads = []
    for plan in product(*choices):
        counts = [plan.count(who) for who in people]
        spreads.append(max(counts) - min(counts))
    return min(spreads)


@pytest.mark.rule(RULE)
@given(st.integers(1, 3), st.integers(0, 6), st.data())
def test_no_plan_at_all_is_evener(n: int, count: int, data: Any) -> None:
    """Against all possible plans of a small branch: under any absences ours has the least difference there is."""
    people, days = tuple("abc"[:n]), workdays(count)
    pairs = [(who, day) for who in people for day in days]
    away = data.draw(st.sets(st.sampled_from(pairs))) if pairs else set()
    plan = fair_plan(people, days, lambda who, day: (who, day) in away)
    assert fairness(plan, people, lambda who, day: (who, day) in away).spread == least_spread(people, days, away)


@pytest.mark.rule(RULE)
def test_monday_is_not_always_the_same_person(make_kit: Any) -> None:
    """Five people and five-day weeks: within five weeks everybody has every weekday once."""
    people, days = tuple("abcde"), workdays(25)
    plan = fair_plan(people, days, lambda _who, _day: False)
    assert {who for day, who in plan.items() if day.weekday() == 0} == set(people)


@pytest.mark.rule(RULE)
def test_a_rota_that_is_not_the_fair_one_cannot_be_recorded(hygiene: Any) -> None:
    """Through the append path: another's turns, one person under two ids, and a past start are rejected."""
    turns = tuple(Turn(day=day, who="zhao") for day in workdays(3))
    with pytest.raises(Rejected):
        hygiene.record(
            RotaMade(first=MONDAY, last=MONDAY + timedelta(days=2), people=("zhao", "sun"), turns=turns), "rota-2026-11"
        )
    hygiene.ok("staff", "add", "zhao2", "--name", "Zhao Lei", "--role", "teller", "--person", "zhao")
    make = ["hygiene", "rota", "make", "--from", "2026-12-01", "--to", "2026-12-04", "--people"]
    assert hygiene.fails(*make, "zhao,zhao2", exit=4)["rule"] == RULE
    assert (
        hygiene.fails("hygiene", "rota", "make", "--from", "2026-11-02", "--to", "2026-12-04", exit=4)["rule"] == RULE
    )


@pytest.mark.rule(RULE)
def test_leave_and_holidays_are_left_out_and_the_proof_says_so(hygiene: Any) -> None:
    """Somebody on leave is not planned; days follow the calendar; the proof counts days there."""
    hygiene.ok("staff", "leave", "zhao", "--from", "2026-12-01", "--until", "2026-12-11", "--reason", "annual")
    hygiene.ok("hygiene", "rota", "make", "--from", "2026-12-01", "--to", "2026-12-31", "--people", "zhao,sun,qian")
    lines = hygiene.ok("hygiene", "rota", "show", "--month", "2026-12")
    assert [line["date"] for line in lines if line["who"] == "zhao" and line["date"] <= "2026-12-11"] == []
    proof = hygiene.ok("hygiene", "rota", "proof", "--month", "2026-12")
    assert (proof["greatest_difference"], proof["fair"]) == (1, True)
    assert {line["who"]: line["present"] for line in proof["turns"]} == {"zhao": 14, "sun": 23, "qian": 23}
    assert sorted(line["turns"] for line in proof["turns"]) == [7, 8, 8]


@pytest.mark.rule(RULE, "hygiene.all-bins-by-duty-person")
def test_cover_is_taken_beforehand_and_the_cover_is_owed(hygiene: Any) -> None:
    """The cover is due instead; who was due at first stays in sight; after the day nothing can be covered."""
    hygiene.ok("hygiene", "zones", "adopt", "--desks", "zhao,sun")
    hygiene.ok("hygiene", "rota", "make", "--from", "2026-11-23", "--to", "2026-11-27", "--people", "zhao,sun")
    line = hygiene.ok("hygiene", "rota", "show", "--month", "2026-11")[0]
    other = {"zhao": "sun", "sun": "zhao"}[line["who"]]
    assert hygiene.fails("hygiene", "rota", "cover", line["date"], "--by", line["who"], exit=4)["rule"] == RULE
    hygiene.ok("hygiene", "rota", "cover", line["date"], "--by", "qian", "--reason", "ill")
    now = hygiene.ok("hygiene", "rota", "show", "--month", "2026-11")[0]
    assert (now["who"], now["planned"], now["via"]) == ("qian", line["who"], "cover")
    assert {duty.who for duty in hygiene.duties() if duty.rule == "hygiene.all-bins-by-duty-person"} == {"qian"}
    hygiene.clock.set("2026-11-24 09:00")
    assert hygiene.fails("hygiene", "rota", "cover", line["date"], "--by", other, exit=4)["rule"] == RULE

"""Study Saturdays: which they are, and what is owed on them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchops.plugins.training.rules.saturday import saturdays

RULE = "training.odd-saturday-am-study"


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 60))
def test_saturdays_are_those_after_and_up_to(after: date, days: int) -> None:
    """Every Saturday later than the one day and not later than the other, and nothing else."""
    until = after + timedelta(days=days)
    span = [after + timedelta(days=n) for n in range(1, days + 1)]
    assert list(saturdays(after, until)) == [day for day in span if day.weekday() == 5]


@pytest.mark.rule("training.odd-saturday-am-study")
def test_the_odd_saturday_is_owed_ahead_and_missed_behind(kit: Any, owed: Any) -> None:
    """On Friday the morning of W51 lies ahead; on Monday, with nothing held, it is missed and cannot be made good."""
    kit.clock.set("2026-12-18 09:00")
    assert owed(RULE) == [("2026-12-05", "missed"), ("2026-12-19", "open")]
    kit.clock.set("2026-12-19 11:59")
    assert ("2026-12-19", "open") in owed(RULE)
    kit.clock.set("2026-12-21 09:00")
    assert ("2026-12-19", "missed") in owed(RULE)


@pytest.mark.rule("training.odd-saturday-am-study")
def test_a_session_of_the_morning_meets_it(kit: Any, owed: Any) -> None:
    """A session of department or company held that morning meets it; an even week owes nothing."""
    kit.clock.set("2026-12-19 09:00")
    kit.ok("training", "session", "--topic", "rules", "--type", "study", "--scope", "company")
    kit.clock.set("2026-12-21 09:00")
    assert ("2026-12-19", "met") in owed(RULE)
    kit.clock.set("2026-12-25 17:00")
    assert [subject for subject, _state in owed(RULE) if subject.startswith("2026-12-26")] == []


@pytest.mark.rule("training.odd-saturday-am-study")
def test_a_session_recorded_on_monday_comes_late(kit: Any, owed: Any) -> None:
    """Backdating is legal and visible, and cures nothing."""
    kit.clock.set("2026-12-21 09:00")
    told = kit.ok("--at", "2026-12-19 09:00", "training", "session", "--topic", "rules")
    assert [verdict["outcome"] for verdict in told["verdicts"]] == ["warning"]
    assert ("2026-12-19", "late") in owed(RULE)


@pytest.mark.rule("training.odd-saturday-am-study")
def test_a_missed_morning_is_written_down_at_the_next_close(kit: Any) -> None:
    """The close of the following business day records it as missed, once."""
    kit.clock.set("2026-12-18 18:00")
    kit.run("day", "close")
    kit.clock.set("2026-12-21 18:00")
    kit.run("day", "close")
    closes = [[m.subject for m in event.data.missed if m.rule == RULE] for event in kit.events("day.closed")]
    assert closes == [["2026-12-05"], ["2026-12-19"]]


@pytest.mark.rule("training.odd-saturday-am-study")
def test_the_same_setting_as_the_clean_up_decides(kit: Any) -> None:
    """Where the clean-up falls on the first and third Saturday, so does the study."""
    kit.ok("policy", "set", "hygiene.bigclean.rule", "nth-saturday", "--reason", "two a month")
    rows = kit.ok("training", "stats", "saturdays", "--period", "2026-12")
    assert [row["date"] for row in rows] == ["2026-12-05", "2026-12-19"]
    rows = kit.ok("training", "stats", "saturdays", "--period", "2026-10")
    assert [(row["original"], row["kept"]) for row in rows] == [("2026-10-03", False), ("2026-10-17", True)]

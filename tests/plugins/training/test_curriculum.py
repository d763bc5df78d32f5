"""The eight states of the matrix, as a function of record, curriculum, changes and day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchops.api import Calendar
from branchops.plugins.training.rules.curriculum import (
    PARTS,
    STATES,
    Topic,
    changed,
    months_later,
    required,
    standing,
    topics,
)
from branchops.plugins.training.views.learner import Part, TopicRecord, Waiver
from branchops.plugins.training.views.registers import Change

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
CALENDAR = Calendar(tz=ZoneInfo("Asia/Shanghai"))
TOPIC = Topic(code="rules", en="Rules", zh="规章", needs=("attendance", "quiz"), months=12, follows=("counter.",))


def part(days_ago: int) -> Part:
    moment = NOON - timedelta(days=days_ago)
    return Part(moment, moment, "TS-2026-0001")


def stands(record: TopicRecord, topic: Topic = TOPIC, **more: Any) -> Any:
    how = {"today": TODAY, "bound": True, "joined": NOON, "changed_at": None, "soon": 30, "calendar": CALENDAR}
    return standing(topic, "zhao", record, **{**how, **more})


def taught(days_ago: int, quiz_days_ago: int | None = None) -> TopicRecord:
    return TopicRecord(
        attended={"TS-2026-0001": part(days_ago)}, quiz=part(days_ago if quiz_days_ago is None else quiz_days_ago)
    )


WAIVER = Waiver("on loan", "chen", NOON, date(2026, 11, 23))

CASES = {
    "not-required": (TopicRecord(), {"bound": False}),
    "required": (TopicRecord(), {}),
    "booked": (TopicRecord(booked={"TS-2026-0002": date(2026, 11, 30)}), {}),
    "done": (taught(100), {}),
    "due-soon": (taught(340), {}),
    "expired": (taught(366), {}),
    "missing-evidence": (TopicRecord(attended={"TS-2026-0001": part(1)}), {}),
    "waived": (TopicRecord(waiver=WAIVER), {}),
}


@pytest.mark.rule("training.rules-study")
@pytest.mark.parametrize("state", list(STATES))
def test_each_state_has_its_case(state: str) -> None:
    """Every one of the eight states is reached."""
    record, more = CASES[state]
    assert stands(record, **more).state == state


@pytest.mark.rule("training.rules-study")
def test_a_changed_rule_reopens_what_was_done_before_it() -> None:
    """What was proved before the change is expired for the changed parts; what came after stands."""
    old = stands(taught(100), changed_at=NOON - timedelta(days=10))
    assert (old.state, old.missing, old.reason) == (
        "expired",
        ("attendance", "quiz"),
        "the rules it teaches have changed",
    )
    half = stands(taught(100, 5), changed_at=NOON - timedelta(days=10))
    assert (half.state, half.missing) == ("expired", ("attendance",))
    assert stands(taught(5), changed_at=NOON - timedelta(days=10)).state == "done"


def test_a_waiver_ends_after_its_last_day() -> None:
    """On its last day it holds; the day after, the topic is required again."""
    assert stands(TopicRecord(waiver=WAIVER), today=date(2026, 11, 24)).state == "required"


def test_validity_counts_from_the_oldest_part() -> None:
    """Attending again does not stretch a quiz of last year."""
    assert stands(taught(5, 340)).until == months_later(TODAY - timedelta(days=340), 12)


def test_a_topic_without_months_never_expires() -> None:
    """0 months is for good."""
    topic = Topic(code="x", en="x", zh="x", needs=("quiz",), months=0)
    assert stands(taught(5000), topic).state == "done"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 23), 2, date(2027, 1, 23)),
    ],
)
def test_months_end_where_the_shorter_month_ends(day: date, months: int, later: date) -> None:
    """The 31st of a month of 30 days is its last day."""
    assert months_later(day, months) == later


@given(st.dates(date(2000, 1, 1), date(2080, 1, 1)), st.integers(0, 60))
def test_months_later_is_monotonic(day: date, months: int) -> None:
    """A later day is never earlier some months on, and no month is skipped."""
    later = months_later(day, months)
    assert later <= months_later(day + timedelta(days=1), months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months


def test_roles_bind() -> None:
    """A star binds everybody with a role, a list those who hold one of it; nobody without a role is bound."""
    everyone, tellers = Topic(code="a", en="a", zh="a"), Topic(code="b", en="b", zh="b", roles=("teller",))
    assert [required(everyone, roles) for roles in (["guard"], [])] == [True, False]
    assert [required(tellers, roles) for roles in (["guard"], ["guard", "teller"])] == [False, True]


def test_only_keys_it_follows_change_a_topic() -> None:
    """A setting of another plugin changes nothing; the newest of those that matter counts."""
    changes = [
        Change(key="counter.cash.large", at=NOON, by="chen", reason="r"),
        Change(key="counter.leave.long_minutes", at=NOON - timedelta(days=3), by="chen", reason="r"),
        Change(key="hygiene.bins.mode", at=NOON + timedelta(days=1), by="chen", reason="r"),
    ]
    assert changed(TOPIC, changes) == NOON
    assert changed(Topic(code="x", en="x", zh="x"), changes) is None


def test_the_pack_is_a_curriculum() -> None:
    """Every topic of the pack is needed by known parts, by one at least, and serves a rule."""
    import tomllib
    from pathlib import Path

    import branchops.plugins.training as plugin

    pack = tomllib.loads(Path(plugin.__file__).with_name("pack.toml").read_text(encoding="utf-8"))
    book = topics(pack["topic"])
    assert {part for topic in book.values() for part in topic.needs} == set(PARTS)
    assert [topic.code for topic in book.values() if not topic.needs or not topic.rules] == []
    assert [topic.code for topic in book.values() if ("ack" in topic.needs) is not bool(topic.text_en)] == []


records = st.builds(
    TopicRecord,
    attended=st.dictionaries(st.just("TS-2026-0001"), st.integers(0, 800).map(part)),
    quiz=st.none() | st.integers(0, 800).map(part),
    booked=st.dictionaries(st.just("TS-2026-0002"), st.dates(date(2026, 10, 1), date(2027, 2, 1))),
    waiver=st.none() | st.just(WAIVER),
)


@given(records, st.booleans(), st.none() | st.integers(0, 800))
def test_what_is_done_never_lacks_evidence(record: TopicRecord, bound: bool, changed_days_ago: int | None) -> None:
    """Done and due soon rest on every part, recorded after the last change and within the validity."""
    at = None if changed_days_ago is None else NOON - timedelta(days=changed_days_ago)
    found = stands(record, bound=bound, changed_at=at)
    assert (found.state == "not-required") is not bound
    if found.state in ("done", "due-soon"):
        assert record.attended
        assert record.quiz is not None
        assert found.until is not None
        assert found.until >= TODAY
        assert at is None or record.quiz.recorded >= at
    if found.state in ("required", "missing-evidence"):
        assert found.missing

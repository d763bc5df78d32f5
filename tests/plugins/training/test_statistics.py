"""Hours against the quarter before, competence by cohort, imported records."""

from __future__ import annotations

from typing import Any

import pytest


def line(kit: Any, report: str, key: str, value: str, period: str = "") -> Any:
    args = ("training", "stats", report, *(("--period", period) if period else ()))
    (found,) = [row for row in kit.ok(*args) if row[key] == value]
    return found


def taught(kit: Any, minutes: str, *present: str) -> None:
    session = kit.ok("training", "session", "--topic", "operation", "--minutes", minutes)["id"]
    kit.ok("training", "attend", session, "--present", ",".join(present))


@pytest.mark.rule("training.operation-skills")
def test_the_first_period_has_no_baseline(kit: Any) -> None:
    """More than what? In the first quarter there is nothing to compare with, and that is said."""
    kit.clock.set("2026-11-23 10:00")
    taught(kit, "90", "zhao", "sun")
    found = line(kit, "hours", "topic", "operation")
    assert (str(found["hours"]), found["attended"], found["bound"], str(found["coverage"]), found["previous"]) == (
        "3.0", 2, 4, "50.0", None,
    )  # fmt: skip
    assert found["change"] == "no baseline"


@pytest.mark.rule("training.operation-skills")
def test_the_next_quarter_is_compared_with_the_one_before(kit: Any) -> None:
    """Hours count persons; the change carries its sign."""
    kit.clock.set("2026-11-23 10:00")
    taught(kit, "90", "zhao", "sun")
    kit.clock.set("2027-01-11 10:00")
    taught(kit, "60", "zhao")
    found = line(kit, "hours", "topic", "operation", "2027-Q1")
    assert (str(found["hours"]), str(found["previous"]), found["change"]) == ("1.0", "3.0", "-2.0")
    assert str(line(kit, "hours", "topic", "operation", "2026-Q4")["hours"]) == "3.0"


def test_a_session_on_two_topics_is_shared_out(kit: Any) -> None:
    """An hour on two topics is half an hour of each: the sum is what was really spent."""
    session = kit.ok("training", "session", "--topic", "operation,rules", "--minutes", "60", at="10:00")["id"]
    kit.ok("training", "attend", session, "--present", "zhao")
    rows = kit.ok("training", "stats", "hours")
    assert {row["topic"]: str(row["hours"]) for row in rows if str(row["hours"]) != "0.0"} == {
        "operation": "0.5",
        "rules": "0.5",
    }


@pytest.mark.rule("training.raise-competence")
def test_newcomers_are_not_averaged_away(kit: Any) -> None:
    """Each cohort has its own line with its own n; a cohort without data stays empty, not zero."""
    kit.clock.set("2028-01-10 09:00")
    kit.ok("staff", "add", "he", "--name", "He Yu", "--role", "teller")
    for who, score in (("zhao", "100"), ("sun", "90"), ("he", "20")):
        kit.ok("training", "quiz", who, "--topic", "business", "--score", score)
    kit.ok("training", "observe", "add", "zhao", "--score", "smile=1", "--score", "hands-over=0", "--by", "li")
    settled = line(kit, "trend", "cohort", "settled")
    new = line(kit, "trend", "cohort", "new")
    assert (settled["people"], settled["quizzes"], str(settled["quiz"])) == (7, 2, "95.0")
    assert (settled["observations"], str(settled["observed"]), str(settled["breaches"])) == (1, "33.3", "0.14")
    assert (new["people"], new["quizzes"], str(new["quiz"]), new["observations"], new["observed"]) == (
        1, 1, "20.0", 0, None,
    )  # fmt: skip
    other = line(kit, "trend", "cohort", "settled", "2027-Q4")
    assert (other["quizzes"], other["quiz"]) == (0, None)


def test_statistics_name_policy_version_and_period(kit: Any) -> None:
    """Each table says what it rests on."""
    for report in ("hours", "trend"):
        assert "2026-Q4" in kit.run("training", "stats", report).out
    assert "Policy version 0" in kit.run("training", "stats", "coverage").out


def test_reports_are_listed_and_run_by_name(kit: Any) -> None:
    """Every report of the plugin runs on an empty store and with a period."""
    from branchops.plugins.training.reports.offer import OFFER

    for report in OFFER.reports:
        assert kit.run("report", report.name).exit == 0, report.name
        if report.period:
            assert kit.run("report", report.name, "--period", "2026-Q4").exit == 0, report.name


def test_rules_check_names_missing_observers_and_trainers(make_kit: Any) -> None:
    """A branch where one person alone may sign off, and nobody observes, is told so; one that has both is not."""
    kit = make_kit()
    kit.ok("policy", "set", "training.signoff.roles", "outlet-head,trainer", "--reason", "tests")

    def missing() -> list[str]:
        rows = kit.run("rules", "check", "--json")
        return [row["message"] for row in rows.json() if row["plugin"] == "training"]

    assert missing() == [
        "Fewer than two people here may sign off practice (outlet-head, trainer).",
        "Nobody here holds the role service-observer: observations are owed to nobody.",
    ]
    kit.ok("staff", "role", "wang", "trainer")
    kit.ok("staff", "role", "li", "service-observer")
    assert missing() == []

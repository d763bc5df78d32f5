"""`branchops explain`."""

from __future__ import annotations

from typing import Any

import pytest


def test_a_duty_is_explained_day_by_day(shop: Any) -> None:
    """From a Thursday: the day itself not counted, then each day, and a Sunday that moves on to Monday."""
    shop.clock.set("2026-11-26 11:00")
    case = shop.case()
    data = shop.json("explain", f"desk.answer-in-days@{case}")
    assert [(step["date"], step["weekday"], step["counted"], step["why"]) for step in data["steps"]] == [
        ("2026-11-26", "Thu", False, "day of the event, not counted"),
        ("2026-11-27", "Fri", True, "working day"),
        ("2026-11-28", "Sat", True, "weekend"),
        ("2026-11-29", "Sun", False, "weekend"),
        ("2026-11-30", "Mon", True, "working day"),
    ]
    assert {key: data[key] for key in ("due", "status", "rule_title", "source", "why", "policy")} == {
        "due": "2026-11-30T17:00:00+08:00",
        "status": "open",
        "rule_title": "Cases are answered within some days",
        "source": "Desk Art. 1",
        "why": "People wait.",
        "policy": 6,
    }
    assert data["enforced_by"] == ["desk_plugin:answer_in_days"]


def test_a_duty_shows_the_settings_it_was_born_under_not_those_of_today(shop: Any) -> None:
    """The policy set later does not move it."""
    case = shop.case()
    shop.clock.set("2026-11-23 12:00")
    shop.run("policy", "set", "desk.days", "9", "--reason", "slow winter")
    data = shop.json("explain", f"desk.answer-in-days@{case}")
    assert [(row["key"], row["value"]) for row in data["settings"]] == [("desk.days", 3)]
    assert data["due"] == "2026-11-26T17:00:00+08:00"


def test_a_short_id_and_a_daily_duty_are_found(shop: Any) -> None:
    """`rule@K-1` and `rule@date`; a met duty is explained too."""
    case = shop.case()
    shop.answer(case)
    assert shop.json("explain", "desk.answer-in-days@K-1")["status"] == "met"
    assert shop.json("explain", "desk.look-daily@2026-11-23")["title"] == "Look at the desk"


def test_a_rule_is_explained_with_what_enforces_it_and_what_is_owed(shop: Any) -> None:
    """Source, severity, enforcers, the policy keys they read, open duties."""
    case = shop.case()
    data = shop.json("explain", "desk.answer-in-days")
    assert (data["source"], data["severity"], data["kind"]) == ("Desk Art. 1", "critical", "duty")
    assert data["enforced_by"] == ["desk_plugin:answer_in_days"]
    assert [row["key"] for row in data["settings"]] == ["desk.days"]
    assert [row["subject"] for row in data["duties"]] == [case]


def test_people_see_the_first_duties_under_a_rule_and_how_many_more_there_are(
    shop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("branchops.rulepages.OWED_SHOWN", 2)
    cases = [shop.case(str(number)) for number in range(3)]
    seen = shop.run("explain", "desk.answer-in-days", "--format", "plain").out
    assert [case in seen for case in cases] == [True, True, False]
    assert "1 more; all that is owed: branchops due --limit 0" in " ".join(seen.split())
    assert [row["subject"] for row in shop.json("explain", "desk.answer-in-days")["duties"]] == cases


def test_an_entry_is_explained_by_the_rules_that_judged_it(shop: Any) -> None:
    """A breach is a rule not kept; the position finds the entry."""
    case = shop.case(loud=True)
    row = shop.json("log", "--stream", case)[0]
    data = shop.json("explain", str(row["pos"]))
    assert [(one["rule"], one["kept"]) for one in data["rules"]] == [("desk.no-shouting", False)]
    assert [(one["outcome"], one["message"]) for one in data["verdicts"]] == [("breach", "li shouted.")]
    assert data["policy"] == 6
    assert shop.json("explain", row["id"]) == data


def test_a_record_lists_its_duties_by_id(shop: Any) -> None:
    """For somebody who does not know the duty's id yet."""
    case = shop.case()
    assert [one["id"] for one in shop.json("explain", "K-1")["duties"]] == [f"desk.answer-in-days@{case}"]


def test_what_is_not_there_is_refused_with_the_nearest_name(shop: Any) -> None:
    """Rule, duty, entry, anything."""
    case = shop.case()
    rule = shop.run("explain", "desk.answer-in-day", "--json")
    duty = shop.run("explain", f"desk.answer-in-days@{case}1", "--json")
    assert (rule.code, rule.error["hint"]) == (10, "Did you mean desk.answer-in-days?")
    assert duty.code == 10
    assert f"desk.answer-in-days@{case}" in duty.error["hint"]
    assert shop.run("explain", "4711").code == 10
    assert shop.run("explain", "nonsense").code == 10

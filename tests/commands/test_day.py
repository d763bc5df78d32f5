"""`branchops day`: opening, showing and closing."""

from __future__ import annotations

import types
from typing import Any

import pytest


def test_a_day_without_duties_closes_clean_and_keeps_the_root_before_it(shop: Any) -> None:
    """Nothing owed: exit 0, `clean`, and the size and root of the tree before the closing entry."""
    shop.plugins = ()
    head = shop.session()
    before = head.branch.ledger.head()
    head.close()
    data = shop.json("day", "close")
    assert {key: data[key] for key in ("date", "clean", "missed", "checkpoint")} == {
        "date": "2026-11-23",
        "clean": True,
        "missed": [],
        "checkpoint": {"size": before.size, "root": before.root.hex(), "signed": False},
    }


def test_closing_records_what_is_unmet_and_exits_3(shop: Any) -> None:
    """A duty due by the close of the day and a daily one nobody did are missed; one due later is not."""
    case = shop.case()
    shop.clock.set("2026-11-26 17:30")
    later = shop.case("another")
    result = shop.run("day", "close", "--json")
    assert result.code == 3
    daily = [f"2026-11-{day}" for day in (23, 24, 25, 26)]
    assert [(one["rule"], one["subject"]) for one in result.data["missed"]] == [
        *(("desk.look-daily", day) for day in daily[:3]),
        ("desk.answer-in-days", case),
        ("desk.look-daily", daily[3]),
    ]
    assert later not in str(result.data["missed"])
    assert result.data["clean"] is False
    stored = shop.json("log", "--type", "day.closed")[0]["data"]
    assert stored["missed"][3] == {
        "critical": True,
        "due": "2026-11-26T17:00:00+08:00",
        "rule": "desk.answer-in-days",
        "subject": case,
        "who": "li",
    }
    assert "size" in stored
    assert "root" in stored


def test_an_open_duty_due_at_the_closing_hour_counts_when_the_day_is_closed_before_it(shop: Any) -> None:
    """Closing at ten in the morning does not escape what is due at five."""
    result = shop.run("day", "close", "--json")
    assert (result.code, [one["rule"] for one in result.data["missed"]]) == (3, ["desk.look-daily"])


def test_people_see_the_first_that_were_missed_programs_and_the_ledger_get_all(
    shop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("branchops.showing.PAGE", 2)
    cases = [shop.case(str(number)) for number in range(3)]
    shop.clock.set("2026-11-26 17:30")
    seen = shop.run("day", "close", "--format", "plain").out
    assert [case in seen for case in cases] == [False, False, False]
    assert "5 more; for all of them: --json" in " ".join(seen.split())
    assert (
        len(shop.json("day", "show")["missed"])
        == len(shop.json("log", "--type", "day.closed")[0]["data"]["missed"])
        == 7
    )


def test_a_met_duty_is_not_missed(shop: Any) -> None:
    """The daily look was made, so the day is clean."""
    shop.look("2026-11-23")
    assert shop.json("day", "close")["clean"] is True


def test_a_day_closed_late_counts_only_what_was_due_that_day(shop: Any) -> None:
    """Closing Monday on Wednesday leaves Tuesday's daily duty to Tuesday's close."""
    shop.clock.set("2026-11-25 09:00")
    monday = shop.run("day", "close", "2026-11-23", "--json")
    tuesday = shop.run("day", "close", "yesterday", "--json")
    assert [one["subject"] for one in monday.data["missed"]] == ["2026-11-23"]
    assert [one["subject"] for one in tuesday.data["missed"]] == ["2026-11-24"]


def test_opening_shows_what_is_overdue_what_is_due_and_what_yesterday_missed(shop: Any) -> None:
    """The alarm of the day before comes from its close."""
    case = shop.case()
    shop.clock.set("2026-11-23 17:30")
    assert shop.run("day", "close").code == 3
    shop.clock.set("2026-11-24 08:10")
    data = shop.json("day", "open")
    assert (data["date"], data["state"], data["clean"], data["checkpoint"]) == ("2026-11-24", "open", True, None)
    assert [one["id"] for one in data["due"]] == ["desk.look-daily@2026-11-24"]
    assert [(one["date"], one["subject"]) for one in data["alarms"]] == [("2026-11-23", "2026-11-23")]
    shop.clock.set("2026-11-27 08:10")
    data = shop.json("day", "open")
    assert data["clean"] is False
    assert f"desk.answer-in-days@{case}" in [one["id"] for one in data["missed"]]
    assert data["alarms"][0]["title"] == "2026-11-26 was not closed: branchops day close 2026-11-26"


def test_a_day_is_opened_once_and_closed_once(shop: Any) -> None:
    """The second time is rejected, as is a day that has not come."""
    assert shop.run("day", "open").code == 0
    assert shop.run("day", "open", "--json").error["message"] == "2026-11-23 is open already."
    shop.run("day", "close")
    assert shop.run("day", "close").code == 4
    assert shop.run("day", "open", "2026-11-24").code == 4


def test_show_tells_an_open_day_from_a_closed_one(shop: Any) -> None:
    """State, who opened and closed it, and the checkpoint."""
    assert shop.json("day", "show")["state"] == "not opened"
    shop.run("day", "open")
    assert shop.json("day", "show")["opened_by"] == "chen"
    closed = shop.run("day", "close", "--json").data
    data = shop.json("day", "show", "today")
    assert (data["state"], data["closed_by"], data["clean"]) == ("closed", "chen", False)
    assert data["checkpoint"] == closed["checkpoint"]
    assert data["missed"] == closed["missed"]


def test_a_dry_run_stores_nothing_and_a_key_makes_closing_safe_to_repeat(shop: Any) -> None:
    """`--dry-run` judges; the same key again answers with what was stored."""
    dry = shop.run("day", "close", "--dry-run", "--json")
    assert (dry.code, dry.data["stored"]) == (3, False)
    assert shop.json("day", "show")["state"] == "not opened"
    first = shop.run("day", "close", "--key", "k1", "--json")
    again = shop.run("day", "close", "--key", "k1", "--json")
    assert (first.code, again.code, again.data["replayed"]) == (3, 3, True)
    assert again.data["checkpoint"] == first.data["checkpoint"]


def test_people_read_it_in_words(shop: Any) -> None:
    """Plain output names the missed duty by its rule's title, and stderr the count."""
    result = shop.run("day", "close")
    assert "Somebody looks daily" in result.out
    assert result.err == "Not clean: 1 missed.\n"


def test_a_day_closed_while_a_plugin_is_broken_is_not_clean(shop: Any) -> None:
    """What it knows to be owed could not be asked, and the entry says so for ever."""
    shop.look("2026-11-23")
    shop.plugins = (*shop.plugins, ("nothing", types.ModuleType("nothing")))
    result = shop.run("day", "close", "--json")
    assert (result.code, result.data["clean"], result.data["missed"]) == (3, False, [])
    assert shop.json("log", "--type", "day.closed")[0]["data"]["unasked"] == ["nothing"]


def test_a_duty_rule_that_raises_closes_no_day_but_shows_one(shop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing is final, so it waits until the rule can be asked; looking does not."""

    def broken(_day: Any, _facts: Any) -> Any:
        raise RuntimeError("no such luck")

    monkeypatch.setattr(shop.plugins[0][1].look_daily, "derive", broken)
    assert shop.run("day", "close").code == 12
    assert shop.json("log", "--type", "day.*") == []
    shown = shop.run("day", "show", "--json")
    assert (shown.code, shown.data["state"]) == (0, "not opened")
    assert "no such luck" in shown.err

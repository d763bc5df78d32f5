"""`branchops policy`."""

from __future__ import annotations

from typing import Any


def test_show_lists_every_setting_with_its_value(shop: Any) -> None:
    """Those of core and of the plugin; times as people write them."""
    rows = {row["key"]: row["value"] for row in shop.json("policy", "show")}
    assert (
        rows
        | {
            "outlet.opens": "09:00",
            "outlet.closes": "17:00",
            "outlet.hotline": "95000",
            "calendar.weekend": ["sat", "sun"],
            "calendar.holidays": [],
            "calendar.workdays": [],
            "day.lookback": 31,
            "desk.days": 3,
        }
        == rows
    )


def test_set_tells_old_and_new_value_and_the_rules_that_read_it(shop: Any) -> None:
    """Found in the code of the enforcers, not in a list."""
    data = shop.run("policy", "set", "desk.days", "2", "--reason", "letter 12", "--json").data
    assert {key: data[key] for key in ("key", "old", "new", "reason", "by", "affects", "stored")} == {
        "key": "desk.days",
        "old": 3,
        "new": 2,
        "reason": "letter 12",
        "by": "chen",
        "affects": ["desk.answer-in-days"],
        "stored": True,
    }
    row = shop.json("log", "--type", "policy.set", "--reverse", "--limit", "1")[0]
    assert (row["stream"], row["pos"], row["data"]) == (
        "policy", data["pos"], {"key": "desk.days", "reason": "letter 12", "value": "2"},
    )  # fmt: skip


def test_a_dated_setting_counts_from_its_day_on(shop: Any) -> None:
    """`--on` asks for the end of a day."""
    shop.run("policy", "set", "outlet.closes", "16:30", "--reason", "winter", "--from", "2026-12-01")
    assert shop.json("policy", "show", "outlet.closes")["value"] == "17:00"
    assert shop.json("policy", "show", "outlet.closes", "--on", "2026-11-30")["value"] == "17:00"
    data = shop.json("policy", "show", "outlet.closes", "--on", "2026-12-01")
    assert (data["value"], data["by"], data["reason"]) == ("16:30", "chen", "winter")
    assert [(one["value"], one["reason"]) for one in data["history"]] == [("17:00", "init"), ("16:30", "winter")]


def test_wrong_values_and_days_in_the_past_are_rejected(shop: Any) -> None:
    """Exit 4, nothing stored."""
    assert shop.run("policy", "set", "desk.days", "soon", "--reason", "x").code == 4
    assert shop.run("policy", "set", "desk.days", "2", "--reason", "x", "--from", "2026-11-01").code == 4
    assert shop.json("policy", "show", "desk.days")["history"] == []


def test_an_unknown_key_is_named_with_the_likeliest(shop: Any) -> None:
    """Exit 10 for show and set."""
    for argv in (("show", "desk.day"), ("set", "desk.day", "2", "--reason", "x")):
        result = shop.run("policy", *argv, "--json")
        assert (result.code, result.error["hint"]) == (10, "Did you mean desk.days?")


def test_diff_names_who_decided_what_differs_when_and_why(shop: Any) -> None:
    """What was set back to the default is no difference; a bank's own pack file is one."""
    shop.run("policy", "set", "desk.days", "9", "--reason", "slow")
    shop.run("policy", "set", "desk.days", "3", "--reason", "quick again")
    shop.run("policy", "set", "day.lookback", "10", "--reason", "short memory")
    overlay = shop.store / "packs" / "core.toml"
    overlay.parent.mkdir()
    overlay.write_text('[policy."outlet.opens"]\ndefault = "08:30"\n', encoding="utf-8")
    rows = shop.json("policy", "diff")
    assert [(row["key"], row["default"], row["value"], row["by"], row["reason"]) for row in rows] == [
        ("outlet.opens", "09:00", "08:30", "packs/core.toml", ""),
        ("day.lookback", 31, 10, "chen", "short memory"),
        ("outlet.hotline", None, "95000", "system", "init"),
        ("outlet.opens", "08:30", "09:00", "system", "init"),
    ]
    assert rows[1]["at"] == "2026-11-23T02:00:00.000000Z"


def test_a_dry_run_and_a_repeated_key_store_nothing_twice(shop: Any) -> None:
    """The value stays, or is the first try's."""
    assert shop.run("policy", "set", "desk.days", "2", "--reason", "x", "--dry-run", "--json").data["stored"] is False
    assert shop.json("policy", "show", "desk.days")["value"] == 3
    for expected in (False, True):
        data = shop.run("policy", "set", "desk.days", "2", "--reason", "x", "--key", "k", "--json").data
        assert data["replayed"] is expected
    assert len(shop.json("policy", "show", "desk.days")["history"]) == 1


def test_people_see_values_with_their_unit(shop: Any) -> None:
    """`3 days`."""
    assert "3 days" in shop.run("policy", "show").out

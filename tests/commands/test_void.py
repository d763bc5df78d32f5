"""`branchops void`."""

from __future__ import annotations

from typing import Any


def _pos(shop: Any, case: str, version: int = 1) -> str:
    return str(shop.json("log", "--stream", case)[version - 1]["pos"])


def test_voiding_shows_the_fields_that_are_computed_anew(shop: Any) -> None:
    """Without the answer the case is open again, and owed."""
    case = shop.case()
    shop.answer(case)
    data = shop.json("void", _pos(shop, case, 2), "--reason", "it was another case")
    assert [(one["key"], one["field"], one["before"], one["after"]) for one in data["changes"]] == [
        (case, "answered_at", "2026-11-23T02:00:00Z", None),
        (case, "open", False, True),
    ]
    assert [(one["id"], one["change"], one["after"]) for one in data["duties"]] == [
        (f"desk.answer-in-days@{case}", "new", "2026-11-26T17:00:00+08:00")
    ]
    assert (data["id"], data["type"], data["data"]["reason"]) == (case, "entry.voided", "it was another case")


def test_voiding_the_opening_takes_the_record_away_and_what_was_owed_for_it(shop: Any) -> None:
    """One change for the whole record; the entries stay readable."""
    case = shop.case()
    data = shop.json("void", _pos(shop, case), "--reason", "typed twice")
    assert [(one["field"], one["after"]) for one in data["changes"]] == [("*", None)]
    assert [(one["id"], one["change"]) for one in data["duties"]] == [(f"desk.answer-in-days@{case}", "gone")]
    assert len(shop.json("log", "--stream", case)) == 2


def test_only_who_recorded_it_or_the_head_may_void(shop: Any) -> None:
    """Wang may not void what Li recorded; Li may."""
    case = shop.case()
    assert shop.run("--as", "wang", "void", _pos(shop, case), "--reason", "x").code == 5
    assert shop.run("--as", "li", "void", _pos(shop, case), "--reason", "x").code == 0


def test_an_entry_is_voided_once_and_days_never(shop: Any) -> None:
    """Exit 4 both times."""
    case = shop.case()
    pos = _pos(shop, case)
    shop.run("void", pos, "--reason", "x")
    assert shop.run("void", pos, "--reason", "x").code == 4
    shop.run("day", "open")
    day = str(shop.json("log", "--type", "day.opened")[0]["pos"])
    assert shop.run("void", day, "--reason", "x").code == 4


def test_a_dry_run_changes_nothing(shop: Any) -> None:
    """Judged, not stored."""
    case = shop.case()
    data = shop.run("void", _pos(shop, case), "--reason", "x", "--dry-run", "--json").data
    assert (data["stored"], data["changes"]) == (False, [])
    assert len(shop.json("log", "--stream", case)) == 1


def test_voiding_a_setting_brings_back_the_one_before(shop: Any) -> None:
    """Core's own entries are recomputed in the same way."""
    shop.run("policy", "set", "desk.days", "9", "--reason", "slow")
    pos = str(shop.json("policy", "show", "desk.days")["pos"])
    assert shop.run("void", pos, "--reason", "wrong key").code == 0
    assert shop.json("policy", "show", "desk.days")["value"] == 3


def test_a_record_id_is_no_entry(shop: Any) -> None:
    """The hint says where positions are found; a missing reason is a usage error."""
    case = shop.case()
    result = shop.run("void", case, "--reason", "x", "--json")
    assert (result.code, result.error["hint"]) == (10, f"Find it with: branchops log --stream {case}")
    assert shop.run("void", _pos(shop, case)).code == 2

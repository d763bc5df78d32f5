"""`branchops show`."""

from __future__ import annotations

from typing import Any


def test_a_record_is_told_by_its_plugin_with_duties_history_and_verdicts(shop: Any) -> None:
    """All forms of its id mean it; personal data is masked."""
    case = shop.case(loud=True)
    data = shop.json("show", case)
    assert (data["id"], data["taker"], data["gist"]) == (case, "li Li Na", "***")
    assert [one["id"] for one in data["duties"]] == [f"desk.answer-in-days@{case}"]
    assert [(one["type"], one["marks"]) for one in data["history"]] == [("desk.received", ["breach"])]
    assert [(one["rule"], one["message"]) for one in data["verdicts"]] == [("desk.no-shouting", "li shouted.")]
    for form in ("K-1", "k-1", "K-2026-1", "K-2026-0001"):
        assert shop.json("show", form) == data


def test_reveal_shows_personal_data_in_clear(shop: Any) -> None:
    """Only when asked for."""
    shop.case("a broken coin counter")
    assert shop.json("show", "K-1", "--reveal")["gist"] == "a broken coin counter"


def test_an_entry_is_shown_with_its_signatures(shop: Any, pins: Any) -> None:
    """By position and by id, with who signed as what."""
    for staff in ("chen",):
        assert shop.run("--pins", str(pins), "--as", staff, "staff", "pin", staff).code == 0
    case = shop.case()
    import sys

    from branchops.core.people.secrets import SecretsFile

    vouched = sys.modules["desk_plugin"].Vouched(by="chen")
    outcome = shop.record(vouched, stream=case, secrets=SecretsFile(pins))
    data = shop.json("show", str(outcome.first.pos))
    assert [(one["staff"], one["name"], one["roles"], one["means"]) for one in data["signatures"]] == [
        ("chen", "Chen Jie", ["outlet-head"], "pin")
    ]
    assert shop.json("show", outcome.first.id) == data


def test_a_voided_entry_says_so(shop: Any) -> None:
    """Who struck it out and why."""
    case = shop.case()
    pos = shop.json("log", "--stream", case)[0]["pos"]
    shop.run("void", str(pos), "--reason", "typed twice")
    data = shop.json("show", str(pos))
    assert data["marks"] == ["void"]
    assert [(one["by"], one["reason"]) for one in data["voided"]] == [("chen", "typed twice")]


def test_people_and_days_are_records_too(shop: Any) -> None:
    """A staff id, a name, a date, today."""
    assert shop.json("show", "li")["roles"] == ["teller"]
    assert shop.json("show", "Li Na") == shop.json("show", "staff-li")
    shop.run("day", "open")
    assert shop.json("show", "2026-11-23")["state"] == "open"
    assert [one["type"] for one in shop.json("show", "today")["history"]] == ["day.opened"]


def test_a_record_of_a_missing_plugin_is_shown_by_its_entries(shop: Any) -> None:
    """Nothing of it is lost, only the words."""
    case = shop.case()
    shop.plugins = ()
    data = shop.json("show", "K-1")
    assert (data["id"], [one["type"] for one in data["history"]]) == (case, ["desk.received"])


def test_what_is_not_there_is_refused_with_the_forms_of_ids(shop: Any) -> None:
    """Exit 10 and a hint."""
    result = shop.run("show", "K-9", "--json")
    assert (result.code, result.error["code"]) == (10, "not-found")
    assert "K-1" in result.error["hint"]

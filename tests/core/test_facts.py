"""What rules may know of their pack: its tables, with the bank's overlay, as values."""

from __future__ import annotations

from typing import Any


def facts(kit: Any) -> Any:
    house = kit.branch.house
    return house.facts(kit.clock.now(), calendar=house.calendar_of(house.policies.at(kit.clock.now())))


def test_a_rule_sees_the_tables_of_a_pack_with_the_overlay(kit: Any) -> None:
    """A row of the bank's own file replaces the row of its code and adds others; what nobody has is empty."""
    shipped = [row["code"] for row in facts(kit).table("training", "theme")]
    folder = kit.store / "packs"
    folder.mkdir()
    own = '[[theme]]\ncode = "gratitude"\nen = "Thanks"\nzh = "谢"\n[[theme]]\ncode = "rain"\nen = "Rain"\nzh = "雨"\n'
    (folder / "training.toml").write_text(own, encoding="utf-8")
    kit.reopen()
    rows = facts(kit).table("training", "theme")
    assert [row["code"] for row in rows] == [*shipped, "rain"]
    assert rows[0]["en"] == "Thanks"
    assert facts(kit).table("training", "no-such-table") == ()
    assert facts(kit).table("no-such-plugin", "theme") == ()

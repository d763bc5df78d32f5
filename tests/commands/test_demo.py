"""`branchops demo`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from branchops.core.extend.discovery import Found


@pytest.fixture
def stage(shop: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A shop whose sessions have the bundled complaints plugin, if it is there."""
    make = type(shop).session

    def session(self: Any, **more: Any) -> Any:
        found = make(self, **more)
        found._plugins = (Found("complaints", "branchops.plugins.complaints", "branchops", "0"),)
        found.store = None
        return found

    monkeypatch.setattr(type(shop), "session", session)
    shop.plugins = ()
    return shop


@pytest.mark.parametrize("now", ["2026-11-23 00:01", "2026-11-23 11:00", "2026-11-28 23:59"])
def test_it_plays_at_any_hour_and_leaves_a_store_that_verifies(stage: Any, tmp_path: Path, now: str) -> None:
    """Just after midnight, in business hours, on a Saturday night: every step is done."""
    stage.clock.set(now)
    data = stage.json("demo", str(tmp_path / "demo"))
    assert [(step["command"], step["said"]) for step in data["steps"] if step["exit"]] == []
    assert stage.json("--store", data["store"], "verify", "--full")["ok"] is True
    assert "C-2026-0003" in {row["subject"] for row in stage.json("--store", data["store"], "due", "--overdue")}


def test_the_pins_are_for_nobody_else_and_differ_each_time(stage: Any, tmp_path: Path) -> None:
    """Mode 0600, other digits in another demo."""
    a, b = (Path(stage.json("demo", str(tmp_path / name))["pins"]) for name in "ab")
    if os.name == "posix":
        assert a.stat().st_mode & 0o777 == 0o600
    assert a.read_text(encoding="utf-8") != b.read_text(encoding="utf-8")


def test_a_folder_that_has_one_is_left_alone(stage: Any, tmp_path: Path) -> None:
    """Exit 6 and no change."""
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "pins.toml").write_text("mine", encoding="utf-8")
    assert stage.run("demo", str(folder)).code == 6
    assert (folder / "pins.toml").read_text(encoding="utf-8") == "mine"


def test_without_plugins_it_shows_what_is_there(shop: Any, tmp_path: Path) -> None:
    """The story of a missing plugin is left out and named."""
    shop.plugins = ()
    result = shop.run("demo", str(tmp_path / "demo"))
    assert result.code == 0
    assert "Left out, for the plugin is not here: complaints" in result.err
    assert "Nothing to show." in result.out


def test_the_board_is_shown_to_people(stage: Any, tmp_path: Path) -> None:
    """What is owed, then the register."""
    out = stage.run("demo", str(tmp_path / "demo")).out
    assert [word in out for word in ("Reply to the customer", "Opinion register")] == [True] * 2

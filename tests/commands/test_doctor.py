"""`branchops doctor`."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest


def _status(shop: Any) -> tuple[int, dict[str, str]]:
    result = shop.run("doctor", "--json")
    return result.code, {row["check"]: row["status"] for row in result.data}


def test_a_sound_store_passes_and_says_what_it_looked_at(shop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the SQLite build and the coming year's calendar may be worth a warning."""
    shop.case()
    code, found = _status(shop)
    assert code == 0
    assert list(found) == [
        "versions",
        "sqlite",
        "one sqlite",
        "plugins",
        "disk",
        "permissions",
        "ledger",
        "lock",
        "clock",
        "calendar",
        "views",
    ]
    assert {check for check, status in found.items() if status != "ok"} <= {"sqlite", "calendar", "disk"}


def test_the_wal_reset_race_is_told_of(shop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Older than 3.51.3 is a warning, 3.51.3 none, older than STRICT tables a failure."""
    for version, expected in (((3, 51, 2), "warn"), ((3, 51, 3), "ok"), ((3, 36, 0), "fail")):
        monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
        assert _status(shop)[1]["sqlite"] == expected


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_keys_that_others_can_read_fail(shop: Any) -> None:
    """Exit 8 and the command that mends it."""
    shop.case()
    (shop.store / "keys.db").chmod(0o644)
    result = shop.run("doctor", "--json")
    row = next(row for row in result.data if row["check"] == "permissions")
    assert (result.code, row["status"], row["hint"]) == (8, "fail", f"chmod 600 {shop.store / 'keys.db'}")


def test_a_clock_behind_the_last_entry_fails(shop: Any) -> None:
    """Recording now would put a second entry before the first."""
    shop.clock.set("2026-11-22 10:00")
    code, found = _status(shop)
    assert (code, found["clock"]) == (8, "fail")


def test_a_year_without_known_holidays_is_a_warning(shop: Any) -> None:
    """2026 is known, 2040 is not."""
    shop.clock.set("2040-03-01 10:00")
    code, found = _status(shop)
    assert (code, found["calendar"]) == (0, "warn")


def test_a_held_lock_and_leftovers_are_told_of(shop: Any) -> None:
    """The lock dies with its holder, so it is only a warning."""
    from branchops.core.ledger.lock import WriterLock

    (shop.store / "x.part").touch()
    lock = WriterLock(shop.store / "ledger.lock")
    assert lock.try_acquire()
    try:
        lines = [row["message"] for row in shop.run("doctor", "--json").data if row["check"] == "lock"]
    finally:
        lock.close()
    assert lines == ["Another program is writing now.", f"{shop.store / 'x.part'} is left over."]


def test_a_ruined_ledger_is_a_line_and_not_a_crash(shop: Any) -> None:
    """Everything that can be asked without it still is."""
    for tail in ("-wal", "-shm"):
        (shop.store / f"ledger.db{tail}").unlink(missing_ok=True)
    (shop.store / "ledger.db").write_bytes(b"no database" * 999)
    code, found = _status(shop)
    assert (code, found["ledger"], found["versions"]) == (8, "fail", "ok")


def test_no_store_is_a_warning(shop: Any, tmp_path: Path) -> None:
    """The machine can be looked at before `init`."""
    shop.store = tmp_path / "nowhere"
    code, found = _status(shop)
    assert (code, found["store"]) == (0, "warn")


def test_broken_plugins_and_undecided_settings_are_warnings(shop: Any, tmp_path: Path) -> None:
    """Neither stops work."""
    import types

    shop.store = tmp_path / "bare"
    shop.plugins = (("nothing", types.ModuleType("nothing")),)
    shop.run("init", "--outlet", "0302", "--name", "Bare")
    code, found = _status(shop)
    assert (code, found["plugins"], found["settings"]) == (0, "warn", "warn")

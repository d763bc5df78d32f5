"""`branchops verify`."""

from __future__ import annotations

import sqlite3
from base64 import b64encode
from pathlib import Path
from typing import Any


def _tamper(shop: Any, sql: str) -> None:
    db = sqlite3.connect(shop.store / "ledger.db")
    db.executescript("DROP TRIGGER IF EXISTS events_no_update; DROP TRIGGER IF EXISTS events_no_delete;")
    for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        db.execute(f"DROP TRIGGER {name}")
    db.executescript(sql)
    db.commit()
    db.close()


def test_a_sound_ledger_holds_and_says_what_rests_on_this_machine_alone(shop: Any) -> None:
    """Size and root are the ledger's; without a checkpoint from elsewhere nothing is witnessed."""
    shop.case()
    session = shop.session()
    head = session.branch.ledger.head()
    session.close()
    data = shop.json("verify", "--full")
    assert {key: data[key] for key in ("ok", "events", "root", "witnessed_to", "findings")} == {
        "ok": True,
        "events": head.size,
        "root": head.root.hex(),
        "witnessed_to": 0,
        "findings": [],
    }
    assert data["proved"]
    assert data["unproved"]


def test_roots_of_earlier_day_closes_are_compared(shop: Any) -> None:
    """A ledger that agrees with them says how many; what that cannot prove is said as well."""
    shop.run("day", "close")
    data = shop.json("verify")
    assert "The roots recorded by 1 day closes are roots of this ledger." in data["proved"]
    assert "That nobody rewrote the whole file: its day closes would have been rewritten with it." in data["unproved"]
    assert data["witnessed_to"] == 0


def test_a_changed_entry_is_named_by_its_position(shop: Any) -> None:
    """Exit 8, the position in the findings."""
    case = shop.case()
    pos = shop.json("log", "--stream", case)[0]["pos"]
    _tamper(shop, f"UPDATE events SET actor = 'wang' WHERE pos = {pos}")
    result = shop.run("verify", "--json")
    assert (result.code, result.data["ok"]) == (8, False)
    assert pos in [one["pos"] for one in result.data["findings"]]
    assert {"pos", "code", "message"} <= set(result.data["findings"][0])
    assert f"position {pos}" in shop.run("verify").err


def test_a_ledger_cut_at_its_end_no_longer_meets_a_checkpoint_kept_elsewhere(shop: Any, tmp_path: Path) -> None:
    """The JSON of a day close is a checkpoint; so is a note of three lines."""
    shop.case()
    closed = shop.run("day", "close", "--json")
    kept = tmp_path / "close.json"
    kept.write_text(closed.out, encoding="utf-8")
    point = closed.data["checkpoint"]
    note = tmp_path / "checkpoint"
    root = b64encode(bytes.fromhex(point["root"])).decode()
    note.write_text(f"branch-0301\n{point['size']}\n{root}\n", encoding="utf-8")
    for file in (kept, note):
        assert shop.json("verify", "--checkpoint", str(file))["witnessed_to"] == point["size"]
    other = tmp_path / "other"
    other.write_text(f"branch-0301\n{point['size']}\n{b64encode(bytes(32)).decode()}\n", encoding="utf-8")
    result = shop.run("verify", "--checkpoint", str(other), "--json")
    assert (result.code, result.data["witnessed_to"]) == (8, 0)
    larger = tmp_path / "larger"
    larger.write_text(f"branch-0301\n{point['size'] + 99}\n{root}\n", encoding="utf-8")
    assert "truncated" in [
        one["code"] for one in shop.run("verify", "--checkpoint", str(larger), "--json").data["findings"]
    ]


def test_a_ruined_file_gives_a_report_and_no_traceback(shop: Any) -> None:
    """Even a file that is no database at all."""
    for tail in ("-wal", "-shm"):
        (shop.store / f"ledger.db{tail}").unlink(missing_ok=True)
    (shop.store / "ledger.db").write_bytes(b"no database" * 999)
    result = shop.run("verify", "--json")
    assert (result.code, result.data["ok"]) == (8, False)
    assert "Traceback" not in result.err


def test_no_store_and_no_checkpoint_are_not_found_and_nonsense_is_a_usage_error(shop: Any, tmp_path: Path) -> None:
    """10, 10 and 2."""
    assert shop.run("verify", "--store", str(tmp_path / "nowhere")).code == 10
    assert shop.run("verify", "--checkpoint", str(tmp_path / "nowhere")).code == 10
    for text in ("hello", "a\nb\nc\n", '{"checkpoint": {}}', "x\n5\nAAAA\n"):
        (tmp_path / "note").write_text(text, encoding="utf-8")
        assert shop.run("verify", "--checkpoint", str(tmp_path / "note")).code == 2

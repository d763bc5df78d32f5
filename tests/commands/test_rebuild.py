"""`branchops rebuild`."""

from __future__ import annotations

import sqlite3
from typing import Any


def test_all_read_models_are_folded_anew(shop: Any) -> None:
    """A row falsified in views.db is right again, and every view tells its rows."""
    case = shop.case()
    assert shop.json("show", case)["taker"] == "li Li Na"
    db = sqlite3.connect(shop.store / "views.db")
    db.execute("UPDATE desk_case SET taker = 'wang'")
    db.commit()
    db.close()
    assert shop.json("show", case)["taker"] == "wang Wang Wei"
    data = shop.json("rebuild")
    assert {row["view"]: row["rows"] for row in data["views"]} == {
        "core.outlet": 1,
        "core.staff": 3,
        "core.policy": 3,
        "core.day": 0,
        "core.struck": 0,
        "desk.case": 1,
        "desk.look": 0,
    }
    assert shop.json("show", case)["taker"] == "li Li Na"


def test_one_view_can_be_rebuilt_alone(shop: Any) -> None:
    """The others are left as they are."""
    shop.case()
    assert [row["view"] for row in shop.json("rebuild", "desk.case")["views"]] == ["desk.case"]


def test_an_unknown_view_is_named_with_the_nearest(shop: Any) -> None:
    """Exit 10."""
    result = shop.run("rebuild", "desk.cases", "--json")
    assert (result.code, result.error["hint"]) == (10, "Did you mean desk.case?")


def test_a_ruined_views_file_is_made_afresh(shop: Any) -> None:
    """It holds nothing of its own."""
    case = shop.case()
    for tail in ("-wal", "-shm"):
        (shop.store / f"views.db{tail}").unlink(missing_ok=True)
    (shop.store / "views.db").write_bytes(b"no database" * 999)
    result = shop.run("rebuild")
    assert (result.code, result.err) == (0, "views.db could not be read and was made afresh.\n")
    assert shop.json("show", case)["id"] == case

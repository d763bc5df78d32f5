"""`branchops plugins`."""

from __future__ import annotations

import types
from pathlib import Path
from typing import Any

GOOD = """
from branchops.api import Plugin, hookimpl

@hookimpl
def branchops_plugin():
    return Plugin(name="greeting", api_version=1, en="Greeting", zh="问候", version="0.3")
"""
LAZY = (
    GOOD
    + """
@hookimpl
def branchops_views():
    raise RuntimeError("no such luck")
"""
)


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_list_tells_name_version_source_status_error_and_time(shop: Any) -> None:
    """Keys exactly as in the contract; a broken plugin is a line."""
    shop.plugins = (*shop.plugins, ("nothing", types.ModuleType("nothing")))
    rows = shop.json("plugins", "list")
    assert [list(row) for row in rows] == [["name", "version", "source", "status", "error", "ms"]] * 2
    assert [(row["name"], row["version"], row["source"], row["status"]) for row in rows] == [
        ("desk", "1.2", "given", "loaded"),
        ("nothing", "", "given", "failed"),
    ]
    assert "branchops_plugin" in rows[1]["error"]


def test_list_works_without_a_store(shop: Any, tmp_path: Path) -> None:
    """A newcomer may ask before `init`."""
    shop.store = tmp_path / "nowhere"
    assert [row["name"] for row in shop.json("plugins", "list")] == ["desk"]


def test_check_asks_every_hook_and_exits_12_if_one_fails(shop: Any, tmp_path: Path) -> None:
    """A hook that fails only when it is asked."""
    assert shop.run("plugins", "check").code == 0
    module = types.ModuleType("lazy")
    exec(LAZY, module.__dict__)
    shop.plugins = (*shop.plugins, ("lazy", module))
    result = shop.run("plugins", "check", "--json")
    assert result.code == 12
    assert [(row["name"], row["status"], row["error"]) for row in result.data] == [
        ("desk", "loaded", ""),
        ("greeting", "failed", "branchops_views: RuntimeError: no such luck"),
    ]


def test_a_file_is_enabled_by_its_content_and_no_longer_counts_when_it_changes(shop: Any, tmp_path: Path) -> None:
    """Enable copies it; an edit switches it off until it is enabled again; disable takes it out."""
    data = shop.run("plugins", "enable", str(_write(tmp_path / "hello.py", GOOD)), "--json").data
    assert (data["name"], data["version"], data["status"]) == ("greeting", "0.3", "enabled")
    status = lambda: [(row["name"], row["status"]) for row in shop.json("plugins", "list")[1:]]  # noqa: E731
    shop.plugins = ()
    assert [(row["name"], row["status"]) for row in shop.json("plugins", "list")] == [("greeting", "loaded")]
    place = shop.store / "plugins" / "hello.py"
    _write(place, GOOD.replace("0.3", "0.4"))
    assert [(row["name"], row["status"]) for row in shop.json("plugins", "list")] == [("hello", "changed")]
    assert shop.run("plugins", "enable", str(place)).code == 0
    assert shop.json("plugins", "list")[0]["version"] == "0.4"
    assert shop.json("plugins", "disable", "hello")["status"] == "disabled"
    assert [(row["name"], row["status"]) for row in shop.json("plugins", "list")] == [("hello", "not enabled")]
    assert status() == []


def test_a_file_that_fails_is_not_enabled(shop: Any, tmp_path: Path) -> None:
    """Whether it fails at once, when asked, by its name, or is no plugin: nothing is left behind."""
    for text in ("raise SystemExit(3)", LAZY, "x = 1"):
        assert shop.run("plugins", "enable", str(_write(tmp_path / "bad.py", text))).code == 12
    taken = GOOD.replace('name="greeting"', 'name="desk"')
    assert shop.run("plugins", "enable", str(_write(tmp_path / "bad.py", taken))).code == 2
    assert shop.run("plugins", "enable", str(_write(tmp_path / "not-a-word.py", GOOD))).code == 2
    assert shop.run("plugins", "enable", str(tmp_path / "gone.py")).code == 10
    assert not (shop.store / "plugins").exists()


def test_disabling_what_is_not_enabled_is_not_found(shop: Any) -> None:
    """Exit 10."""
    assert shop.run("plugins", "disable", "desk").code == 10

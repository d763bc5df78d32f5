"""The generated pages say what the program says, and the written ones link to what there is."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("exit-codes.md", "hooks.md", "policies.md", "events.md", "cli.md")


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("branchops_tools_docs", ROOT / "tools" / "docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_current(tool: ModuleType, name: str) -> None:
    """When it fails: run tools/docs.py."""
    assert not tool.stale(name)


def test_every_generated_page_is_checked(tool: ModuleType) -> None:
    assert sorted(tool.PAGES) == sorted(PAGES)


def test_a_page_that_was_changed_by_hand_is_found(tool: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "exit-codes.md").write_text(tool.page("exit-codes.md"), encoding="utf-8")
    assert not tool.stale("exit-codes.md", tmp_path)
    with (tmp_path / "exit-codes.md").open("a", encoding="utf-8") as file:
        file.write("by hand\n")
    assert tool.stale("exit-codes.md", tmp_path)
    assert tool.stale("hooks.md", tmp_path)


def test_a_bar_in_a_cell_does_not_break_the_table(tool: ModuleType) -> None:
    assert tool.table(("a",), [("x | y",)]).splitlines()[-1] == "| x \\| y |"


@pytest.mark.parametrize(
    ("hint", "told"),
    [
        (str, "text"),
        (int | None, "integer or null"),
        (tuple[str, ...], "list of text"),
        (dict[str, int], "map of integer"),
    ],
)
def test_types_are_told_as_a_reader_of_json_would(tool: ModuleType, hint: object, told: str) -> None:
    assert tool.type_name(hint) == told


def test_links_between_pages_lead_somewhere() -> None:
    wrong = []
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")):
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists():
                wrong.append(f"{page.relative_to(ROOT)} → {target}")
    assert wrong == []

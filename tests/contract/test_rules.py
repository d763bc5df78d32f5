"""Every rule has a test that would miss it: `@pytest.mark.rule("complaints.hand-over")`."""

from __future__ import annotations

import ast
import csv
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RULEBOOK = ROOT.parent / "shared" / "domain" / "rulebook.csv"

COMPLETE: dict[str, tuple[str, ...]] = {
    "complaints": ("complaints",),
    "counter": ("counter",),
    "hygiene": ("hygiene",),
    "improve": ("plan",),
    "training": ("training",),
}
"""Plugins that claim to hold all rules of their chapters: each with the first parts of the book's ids it covers."""

TESTS = (ROOT / "tests", *sorted(ROOT.glob("plugins_contrib/*/tests")))
PACKS = (*sorted((ROOT / "src").rglob("pack*.toml")), *sorted(ROOT.glob("plugins_contrib/*/src/*/pack*.toml")))


@cache
def rule_ids() -> dict[str, Path]:
    """Every rule id of every pack with its file."""
    found: dict[str, Path] = {}
    for path in PACKS:
        for row in tomllib.loads(path.read_text("utf-8")).get("rule", ()):
            found[row["id"]] = path
    return found


def marks_of(path: Path) -> Iterator[str]:
    """The ids in `mark.rule(...)` anywhere in a test file, written out or by the name of a constant of the file."""
    tree = ast.parse(path.read_text("utf-8"))
    named = dict(_constants(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.rule"):
            for one in node.args:
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield one.value
                elif isinstance(one, ast.Name) and one.id in named:
                    yield named[one.id]


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The texts that a module gives names at its top: `A = "x"` and `A, B = "x", "y"`."""
    for node in tree.body:
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            both = isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
            pairs = zip(target.elts, node.value.elts, strict=False) if both else [(target, node.value)]
            for name, value in pairs:
                if isinstance(name, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield name.id, value.value


@cache
def marked() -> dict[str, list[str]]:
    """Marked ids with the files that mark them."""
    found: dict[str, list[str]] = {}
    for folder in TESTS:
        for path in sorted(folder.rglob("test_*.py")):
            for rule in marks_of(path):
                found.setdefault(rule, []).append(path.name)
    return found


def owners() -> list[str]:
    return sorted({rule.partition(".")[0] for rule in rule_ids()})


@pytest.mark.parametrize("owner", owners())
def test_every_rule_has_a_test_that_would_miss_it(owner: str) -> None:
    missing = [rule for rule in rule_ids() if rule.partition(".")[0] == owner and rule not in marked()]
    assert missing == []


def test_every_marked_rule_is_in_a_pack() -> None:
    unknown = {
        rule: files for rule, files in marked().items() if rule not in rule_ids() and not rule.startswith("toy.")
    }
    assert unknown == {}


def test_the_scan_finds_the_marks() -> None:
    """The scan reads this very file's example, so an empty answer would be noticed."""
    text = "import pytest\n@pytest.mark.rule('a.b')\n@pytest.mark.rule('c.d', 'e.f')\ndef test_x(): ...\n"
    path = ROOT / "tests" / "contract" / "test_rules.py"
    tree = ast.parse(text)
    found = [
        one.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.rule")
        for one in node.args
        if isinstance(one, ast.Constant)
    ]
    assert found == ["a.b", "c.d", "e.f"]
    assert list(marks_of(path)) == []


@pytest.mark.parametrize("plugin", sorted(COMPLETE))
def test_a_plugin_that_claims_to_be_complete_has_every_rule_of_the_book(plugin: str) -> None:
    if not RULEBOOK.is_file():
        pytest.skip("the rulebook of the shared domain notes is not here")
    with RULEBOOK.open(encoding="utf-8", newline="") as file:
        book = [row["id"] for row in csv.DictReader(file)]
    stems = COMPLETE[plugin]
    known = set(rule_ids())
    missing = [
        rule
        for rule in book
        if rule.partition(".")[0] in stems and not {rule, f"{plugin}.{rule.partition('.')[2]}"} & known
    ]
    assert missing == []

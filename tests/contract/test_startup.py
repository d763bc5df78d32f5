"""What a command imports: the set of modules is tested, for the clock would only tell how busy the machine is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from branchops.testing import BranchKit

NEVER = {
    "rich",
    "tabulate",
    "sqlite_utils",
    "cryptography",
    "argon2",
    "wcwidth",
    "importlib.metadata",
    "pydantic",
    "unittest",
    "asyncio",
    "http",
    "urllib.request",
    "babel",
}
"""What reading something as JSON has no use for."""

PROBE = """
import json, sys
from branchops.cli import run
from branchops.session import Session
code = run(sys.argv[1:], Session())
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
sys.exit(code)
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a person, made by a process of its own, read once so that views and caches exist."""
    root = tmp_path_factory.mktemp("startup")
    path = root / "store"
    modules(path, "init", "--outlet", "0301", "--name", "Riverside", "--demo")
    for argv in (("due",), ("log",)):
        modules(path, *argv)
    return path


def modules(store: Path, *argv: str) -> set[str]:
    """The modules that one process has imported when its command is done."""
    environ = {**os.environ, "BRANCHOPS_CACHE": str(store.parent / "cache"), "BRANCHOPS_LANG": "en"}
    words = [sys.executable, "-c", PROBE, "--store", str(store), *argv, "--json"]
    done = subprocess.run(words, capture_output=True, text=True, env=environ, check=False)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr.strip().splitlines()[-1]))


@pytest.mark.parametrize(
    "argv",
    [("due",), ("log",), ("staff", "list"), ("policy", "show"), ("rules", "list")],
    ids=" ".join,
)
def test_a_command_that_reads_imports_nothing_heavy(store: Path, argv: tuple[str, ...]) -> None:
    assert sorted(NEVER & modules(store, *argv)) == []


def test_the_log_needs_no_calendar_and_no_plugins_rooms(store: Path) -> None:
    """It reads bytes: holidays, reports and commands of plugins stay where they are."""
    found = modules(store, "log")
    assert "chinese_calendar" not in found
    rooms = [
        name
        for name in found
        if name.startswith("branchops.plugins.") and name.split(".")[-1] in ("commands", "reports", "duties")
    ]
    assert rooms == []


def test_a_command_loads_its_own_commands_and_no_others(store: Path) -> None:
    found = modules(store, "staff", "list")
    assert [name for name in found if name.startswith("branchops.commands.")] == ["branchops.commands.staff"]


def test_english_reads_no_catalogue(store: Path) -> None:
    assert "branchops.core.output.mofile" not in modules(store, "staff", "list")


def test_a_write_imports_no_more_than_it_needs(store: Path) -> None:
    """An entry without signers and personal data is stored without cryptography, tables or terminals."""
    found = modules(store, "staff", "leave", "li", "--from", "2099-01-01", "--as", "chen")
    assert sorted((NEVER - {"importlib.metadata"}) & found) == []


def test_the_bare_import_is_light(kit: BranchKit) -> None:
    """`import branchops` and `branchops.api` bring in nothing of the product's weight."""
    code = "import sys, branchops, branchops.api; print(len([n for n in sys.modules if n.startswith('branchops')]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) <= 3

"""A branch with the plugin `notes`, files to import, and the account of an import."""

from __future__ import annotations

import csv
import importlib.util
import io
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


@pytest.fixture(scope="session")
def notes() -> ModuleType:
    """The plugin `notes`."""
    name = "notes_plugin"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("notes.py"))
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture
def desk(make_kit: Callable[..., Any], notes: ModuleType) -> Any:
    """A branch that knows notes."""
    return make_kit(given=[("notes", notes)], bundled=False)


@pytest.fixture
def bring(desk: Any, tmp_path: Path) -> Callable[..., tuple[int, dict[str, Any], list[list[str]]]]:
    """Imports content: gives exit code, account, and the rows of the rejects file (without its header)."""

    def run(content: str | bytes, *more: str, name: str = "in.csv", **how: Any) -> tuple[int, dict[str, Any], Any]:
        file, bad = tmp_path / name, tmp_path / "bad.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        bad.unlink(missing_ok=True)
        done = desk.run("import", "notes", file, "--rejects", bad, "--json", *more, **how)
        if done.exit not in (0, 9):
            return done.exit, done.error, []
        account = done.json()
        assert account["read"] == account["stored"] + account["duplicates"] + account["rejected"]
        assert (done.exit == 9) == (account["rejected"] > 0) == bad.exists()
        rows = list(csv.reader(io.StringIO(bad.read_text(encoding="utf-8"), newline=""))) if bad.exists() else [[]]
        account.pop("rejects")
        return done.exit, account, rows[1:]

    return run

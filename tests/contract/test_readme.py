"""What the README and the pages in docs/ tell people to type works as written."""

from __future__ import annotations

import io
import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest

from branchops.cli import run
from branchops.session import Session

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "README.zh.md", *(ROOT / "docs").glob("*.md")])
BLOCK = re.compile(r"^```console\n(.*?)^```", re.DOTALL | re.MULTILINE)
FILE = re.compile(r"^```(?:python|toml) (\S+)\n(.*?)^```", re.DOTALL | re.MULTILINE)


def blocks(page: Path) -> list[str]:
    return BLOCK.findall(page.read_text(encoding="utf-8"))


class _Monday:
    """A clock on a working day at ten, so that no page depends on the day its test runs."""

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 2, 5, tzinfo=UTC)


def steps(block: str) -> list[tuple[list[str], int]]:
    """The commands of a block with the exit code each is said to give (`# exit N` on the next line, else 0)."""
    found: list[tuple[list[str], int]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((shlex.split(line[2:].replace("$(date +%Y)", "2026")), 0))
        elif line.startswith("# exit "):
            words, _code = found[-1]
            found[-1] = (words, int(line.removeprefix("# exit ")))
    return found


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page)], ids=lambda page: page.name)
def test_every_command_on_the_page_gives_the_exit_code_it_says(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The blocks of a page are one story, run in order in a fresh store."""
    monkeypatch.chdir(tmp_path)
    environ = {"BRANCHOPS_STORE": str(tmp_path / "store"), "HOME": str(tmp_path), "LANG": "en_US.UTF-8"}
    for name, text in FILE.findall(page.read_text(encoding="utf-8")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    for words, code in [step for block in blocks(page) for step in steps(block)]:
        if words[0] == "export":
            name, _eq, value = words[1].partition("=")
            environ[name] = value
            continue
        assert words[0] == "branchops", f"{page.name}: {words}"
        out, err = io.StringIO(), io.StringIO()
        session = Session(
            stdin=io.StringIO(), stdout=out, stderr=err, environ=environ, cwd=tmp_path, clock=_Monday(), terminal=False
        )
        given = run(words[1:], session)
        assert given == code, f"{page.name}: {' '.join(words)}\n{out.getvalue()}{err.getvalue()}"

"""A small branch for the tests of core's commands: its own clock, the plugin of `desk.py`, command lines in process."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from branchops.cli import run
from branchops.core.entry import Entry, New, Outcome
from branchops.core.output.messages import set_language
from branchops.session import Session

SHANGHAI = ZoneInfo("Asia/Shanghai")
PINS = {"chen": "258014", "li": "991774", "wang": "774120"}


def _desk() -> ModuleType:
    spec = importlib.util.spec_from_file_location("desk_plugin", Path(__file__).with_name("desk.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["desk_plugin"] = module
    spec.loader.exec_module(module)
    return module


DESK = _desk()


class Clock:
    """A clock that stands until it is set: wall times of Shanghai."""

    def __init__(self) -> None:
        self.set("2026-11-23 10:00")

    def set(self, text: str) -> None:
        self._now = datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)

    def now(self) -> datetime:
        return self._now


@dataclass(frozen=True)
class Result:
    """What a command line did."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        return json.loads(self.err)["error"]


@dataclass
class Shop:
    """A store and the command lines typed in it."""

    store: Path
    clock: Clock = field(default_factory=Clock)
    plugins: tuple[tuple[str, Any], ...] = (("desk", DESK),)
    environ: dict[str, str] = field(default_factory=dict)

    def session(self, **more: Any) -> Session:
        found = Session(
            stdin=StringIO(),
            stdout=StringIO(),
            stderr=StringIO(),
            environ={"HOME": str(self.store.parent), "BRANCHOPS_AS": "chen", **self.environ},
            cwd=self.store.parent,
            clock=self.clock,
            plugins=(),
            given=self.plugins,
            terminal=False,
            **more,
        )
        found.store = self.store
        return found

    def run(self, *argv: str) -> Result:
        session = self.session()
        code = run(argv, session)
        return Result(code, session.stdout.getvalue(), session.stderr.getvalue())  # type: ignore[attr-defined]

    def json(self, *argv: str) -> Any:
        """The JSON of a command that is done (exit 0)."""
        result = self.run(*argv, "--json")
        assert (result.code, result.err) == (0, ""), result
        return result.data

    def record(self, *entries: Any, actor: str = "chen", stream: Any = None, **how: Any) -> Outcome:
        """Entries straight through the append path; a bare event goes to `stream` or opens a case."""
        session = self.session()
        try:
            whole = [e if isinstance(e, Entry) else Entry(e, stream or New("K")) for e in entries]
            return session.branch.record(*whole, actor=actor, **how)
        finally:
            session.close()

    def case(self, gist: str = "a long wait", taker: str = "li", **how: Any) -> str:
        """A new case; gives its id."""
        return self.record(
            DESK.Received(gist=gist, taker=taker, loud=how.pop("loud", False)), actor=taker, **how
        ).stream

    def answer(self, case: str, by: str = "li") -> Outcome:
        return self.record(DESK.Answered(by=by), stream=case, actor=by)

    def look(self, day: str) -> Outcome:
        return self.record(DESK.Looked(day=date.fromisoformat(day)), stream="desk-looks", actor="li")


@pytest.fixture(autouse=True)
def _own_place(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    monkeypatch.setenv("BRANCHOPS_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    yield
    set_language("en")


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """A branch with a head, two tellers and the desk plugin, on Monday 2026-11-23 at 10:00."""
    found = Shop(tmp_path / "store")
    assert found.run(
        "init", "--outlet", "0301", "--name", "Riverside", "--head", "chen", "--head-name", "Chen Jie",
        "--hours", "09:00-17:00", "--hotline", "95000",
    ).code == 0  # fmt: skip
    for staff, name in (("li", "Li Na"), ("wang", "Wang Wei")):
        assert found.run("staff", "add", staff, "--name", name, "--role", "teller").code == 0
    return found


@pytest.fixture
def pins(tmp_path: Path) -> Path:
    """A secrets file with everybody's PIN."""
    path = tmp_path / "pins.toml"
    path.write_text("".join(f'{staff} = "{pin}"\n' for staff, pin in PINS.items()), encoding="utf-8")
    path.chmod(0o600)
    return path

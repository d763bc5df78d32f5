"""A branch for tests: a fresh store with people, a clock that moves when told, and the command line in process.

Invariant: a kit touches nothing outside its directory, knows no plugin but the bundled ones and those it was given, and
goes through the product's own doors only; there is no switch in the product that it turns.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from branchops.cli import run as run_command_line
from branchops.core.branch import Branch
from branchops.core.entry import SYSTEM, Decide, Entry, New, Outcome
from branchops.core.extend.discovery import Found, discover
from branchops.core.extend.loader import BUNDLED, Loader, Status
from branchops.core.output.messages import set_language
from branchops.core.people.secrets import NoSecrets, Secrets, SecretsFile
from branchops.core.rulebook.duty import Duty
from branchops.core.rulebook.record import Recorded
from branchops.session import Session

ZONE = "Asia/Shanghai"
START = "2026-11-23 08:30"


class Person(NamedTuple):
    """Somebody of the test branch."""

    name: str
    role: str
    pin: str
    kind: str = "employee"


PEOPLE: dict[str, Person] = {
    "chen": Person("Chen Jie", "outlet-head", "chen-4711"),
    "li": Person("Li Na", "complaint-handler", "li-2907"),
    "wang": Person("Wang Fang", "teller", "wang-8350"),
    "zhao": Person("Zhao Lei", "teller", "zhao-1642"),
    "sun": Person("Sun Yue", "teller", "sun-7093"),
    "qian": Person("Qian Bo", "general-teller", "qian-5518"),
    "guard": Person("Wu Gang", "guard", "guard-3021", "contractor"),
}
"""Who works at the test branch, by staff id. Each is a person of their own."""

_hashes: dict[str, str] = {}
"""PIN hashes made so far: hashing is slow on purpose, so each PIN is hashed once for a whole test run."""


class MovableClock:
    """A clock that stands still until it is moved. Times without a zone are the outlet's."""

    def __init__(self, start: str = START, zone: str = ZONE) -> None:
        self.zone = ZoneInfo(zone)
        self._now = self._instant(start)

    def _instant(self, moment: str | datetime) -> datetime:
        found = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
        return (found if found.tzinfo else found.replace(tzinfo=self.zone)).astimezone(UTC)

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return self._now

    @property
    def local(self) -> datetime:
        """The present instant on the outlet's wall."""
        return self._now.astimezone(self.zone)

    @property
    def today(self) -> date:
        """The outlet's date."""
        return self.local.date()

    def set(self, moment: str | datetime) -> datetime:
        """Moves to a moment such as `2026-11-23 10:05`, or to `10:05` of the same day. Backwards is allowed."""
        if isinstance(moment, str) and len(moment) <= len("10:05:00"):
            moment = f"{self.today} {moment}"
        self._now = self._instant(moment)
        return self._now

    def tick(self, **delta: float) -> datetime:
        """Moves on by `minutes=`, `hours=`, `days=`: whatever a timedelta takes."""
        self._now += timedelta(**delta)
        return self._now


class Result(NamedTuple):
    """What one run of the command line left behind."""

    exit: int
    out: str
    err: str

    def json(self) -> Any:
        """Standard output as one JSON value."""
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        """The error object that `--json` writes to standard error, without its outer key."""
        found: dict[str, Any] = json.loads(self.err.strip().splitlines()[-1])["error"]
        return found


class BranchKit:
    """A branch under test. Attributes: `root` (its directory), `store`, `clock`, `environ` (what commands see)."""

    def __init__(
        self,
        root: Path,
        clock: MovableClock | None = None,
        *,
        given: Iterable[Any] = (),
        start: str | None = None,
        people: bool = True,
        bundled: bool = True,
    ) -> None:
        """`given`: plugin modules (or `(name, module)` pairs) to load beside the bundled ones. `people=False` makes an
        outlet without anybody; `bundled=False` leaves the bundled plugins out."""
        self.root = root
        self.store = root / ".branchops"
        self.clock = clock or MovableClock()
        if start:
            self.clock.set(start)
        self.plugins = bundled_plugins() if bundled else []
        self.given: list[tuple[str, Any]] = []
        for module in given:
            self.give(module)
        self.pins_file: Path | None = None
        self._pins: dict[str, str] = {}
        self.environ: dict[str, str] = {"HOME": str(root), "USER": "nobody-in-particular"}
        self._branch: Branch | None = Branch.create(self.store, self.clock, self.loader())
        self._found(people)

    def _found(self, people: bool) -> None:
        from branchops.core.own.events import OutletRegistered
        from branchops.core.people.events import RoleGiven, StaffAdded

        entries = [Entry(OutletRegistered(code="0301", name="Riverside", timezone=ZONE), "outlet-0301")]
        for staff, one in PEOPLE.items() if people else ():
            kind: Any = one.kind
            entries += [
                Entry(StaffAdded(id=staff, name=one.name, person=staff, kind=kind), f"staff-{staff}"),
                Entry(RoleGiven(staff=staff, role=one.role, start=self.clock.today), f"staff-{staff}"),
            ]
        self.branch.record(*entries, actor=SYSTEM)

    # --- plugins

    def give(self, module: Any, name: str = "") -> None:
        """Adds a plugin module (or a `(name, module)` pair) to what every later run and reopening loads."""
        pair = module if isinstance(module, tuple) else (name or str(module.__name__).rpartition(".")[2], module)
        self.given.append(pair)
        if getattr(self, "_branch", None) is not None:
            self.reopen()

    def loader(self) -> Loader:
        """The bundled plugins and the given ones; nothing that happens to be installed."""
        loader = Loader(self.plugins)
        for name, module in self.given:
            loader.add(name, module)
        return loader

    @property
    def statuses(self) -> dict[str, Status]:
        """How loading went, by plugin name."""
        return {status.name: status for status in self.branch.registry.loader.statuses}

    # --- the branch

    @property
    def branch(self) -> Branch:
        """The open branch. It is closed before a command runs and opened anew when asked for again."""
        if self._branch is None:
            self._branch = Branch.open(self.store, self.clock, self.loader())
        return self._branch

    def reopen(self) -> Branch:
        """Closes the branch and opens it again, as the next process would."""
        self.close()
        return self.branch

    def close(self) -> None:
        """Closes the branch's files."""
        if self._branch is not None:
            self._branch.close()
            self._branch = None

    # --- the command line

    def session(
        self, *, as_: str = "chen", lang: str = "en", terminal: bool = False, stdin: str = "", **streams: Any
    ) -> Session:
        """A session over this store, for tests that want to hold it themselves. The caller closes it."""
        environ = {**self.environ, "BRANCHOPS_STORE": str(self.store), "BRANCHOPS_LANG": lang}
        if as_:
            environ["BRANCHOPS_AS"] = as_
        if self.pins_file:
            environ["BRANCHOPS_PINS"] = str(self.pins_file)
        return Session(
            stdin=streams.pop("input", None) or _stream(stdin),
            environ=environ,
            cwd=self.root,
            clock=self.clock,
            plugins=self.plugins,
            given=self.given,
            terminal=terminal,
            **streams,
        )

    def run(
        self,
        *argv: str | Path,
        at: str | None = None,
        as_: str = "chen",
        lang: str = "en",
        terminal: bool = False,
        stdin: str = "",
    ) -> Result:
        """Runs `branchops *argv` in process. `at` first moves the clock (to claim another time, say `--at`)."""
        if at is not None:
            self.clock.set(at)
        self.close()
        out, err = _stream(), _stream()
        session = self.session(as_=as_, lang=lang, terminal=terminal, stdin=stdin, stdout=out, stderr=err)
        try:
            code = run_command_line([str(word) for word in argv], session)
        finally:
            session.close()
            set_language("en")
        return Result(code, _text(out), _text(err))

    def ok(self, *argv: str | Path, **how: Any) -> Any:
        """Runs with `--json`, asserts that it went well, and gives the parsed output (None when there is none)."""
        done = self.run(*argv, "--json", **how)
        told = " ".join(map(str, argv))
        assert done.exit == 0, f"branchops {told} → exit {done.exit}\n{done.out}\n{done.err}"
        return done.json() if done.out.strip() else None

    def fails(self, *argv: str | Path, exit: int, **how: Any) -> dict[str, Any]:  # noqa: A002 - the word of the contract
        """Runs with `--json`, asserts that it ended with that exit code, and gives the error object."""
        done = self.run(*argv, "--json", **how)
        told = " ".join(map(str, argv))
        assert done.exit == exit, f"branchops {told} → exit {done.exit}, not {exit}\n{done.out}\n{done.err}"
        return done.error

    # --- without the command line

    def record(self, event: Any, stream: str | New | None = None, *, actor: str = "chen", **how: Any) -> Outcome:
        """Records one event as it is (`at=`, `key=`, `secrets=`, `dry_run=` as in `Branch.record`)."""
        how.setdefault("secrets", self.secrets)
        return self.branch.record(Entry(event, stream), actor=actor, at=self._at(how), **how)

    def act(
        self, decide: Decide, command: Any, target: str | New | None = None, *, actor: str = "chen", **how: Any
    ) -> Outcome:
        """Runs one decision through the one append path."""
        how.setdefault("secrets", self.secrets)
        return self.branch.act(decide, command, target, actor=actor, at=self._at(how), **how)

    def _at(self, how: dict[str, Any]) -> datetime | None:
        at = how.pop("at", None)
        return MovableClock(at)._instant(at) if isinstance(at, str) else at

    def write_raw(
        self, kind: str, data: Mapping[str, Any], *, stream: str, schema: int = 1, actor: str = "chen"
    ) -> None:
        """Writes an entry past all judging, as an older or a foreign program would have left it."""
        from branchops.core.clock import stamp
        from branchops.core.ledger.event import NewEvent

        at = stamp(self.clock.now())
        with self.branch.ledger.write(self.clock) as writer:
            writer.append(stream, [NewEvent(kind, dict(data), {"outlet": "0301"}, at, actor, schema=schema)])

    def events(self, type: str | None = None, stream: str | None = None) -> list[Recorded]:  # noqa: A002 - a type
        """The entries of the ledger in order, decoded: all, of one type, of one stream."""
        return list(self.branch.source().events((type,) if type else None, stream=stream))

    def duties(self, **how: Any) -> list[Duty]:
        """What is owed now, soonest first (`on=`, `everything=` as in `owed.duties`)."""
        from branchops.core.owed import duties

        return duties(self.branch, **how)

    def rows(self, view: str, where: Mapping[str, Any] | None = None, **narrowing: Any) -> list[Any]:
        """The rows of a view."""
        return list(self.branch.rows(view, where, **narrowing))

    def row(self, view: str, key: str) -> Any:
        """One row of a view, or None."""
        return self.branch.row(view, key)

    # --- signing

    @property
    def secrets(self) -> Secrets:
        """The PINs set so far by `pins`."""
        return SecretsFile(self.pins_file) if self.pins_file else NoSecrets()

    def pins(self, *staff: str) -> Path:
        """Gives the people named (default: all) their PINs, and every later run the secrets file that holds them."""
        from branchops.core.people.attest import reset_pin
        from branchops.core.people.events import PinSet

        branch, chosen = self.branch, staff or tuple(PEOPLE)
        for one in chosen:
            pin = PEOPLE[one].pin
            if pin in _hashes:
                branch.keys.set_pin_hash(one, _hashes[pin])
                continue
            reset_pin(branch.keys, branch.house.people, one, pin)
            _hashes[pin] = branch.keys.pin_hash(one) or ""
        branch.record(*(Entry(PinSet(staff=one), f"staff-{one}") for one in chosen), actor=SYSTEM)
        self._pins |= {one: PEOPLE[one].pin for one in chosen}
        self.pins_file = self.secrets_file(self._pins)
        return self.pins_file

    def secrets_file(self, pins: Mapping[str, str], name: str = "pins.toml") -> Path:
        """A secrets file (0600) with the given PINs, right or wrong."""
        path = self.root / name
        path.touch(mode=0o600)
        os.chmod(path, 0o600)
        path.write_text("".join(f'{staff} = "{pin}"\n' for staff, pin in pins.items()), encoding="utf-8")
        return path


def bundled_plugins() -> list[Found]:
    """The plugins that come with branchops itself."""
    return [point for point in discover() if point.dist == BUNDLED]


def _stream(text: str = "") -> io.TextIOWrapper:
    """A text stream as a process has one: UTF-8 bytes below, unencodable text refused."""
    return io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8", newline="", write_through=True)


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer: Any = stream.buffer
    return bytes(buffer.getvalue()).decode("utf-8")

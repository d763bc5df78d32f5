"""One run of the command line: where it reads and writes, what was set globally, the branch it opened.

A test makes a `Session` with its own streams, environment and clock and runs commands in process; nothing below reads
`sys` or `os.environ` behind its back.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from branchops.core.clock import Clock, SystemClock
from branchops.core.entry import Decide, New, Outcome
from branchops.core.errors import BranchOpsError, UsageError
from branchops.core.output.messages import _
from branchops.core.output.table import Page, Table

if TYPE_CHECKING:
    from branchops.core.branch import Branch
    from branchops.core.extend.discovery import Found
    from branchops.core.extend.loader import Loader
    from branchops.core.output.printing import PrintedRegister
    from branchops.core.people.secrets import Secrets
    from branchops.core.reading import Reading


class Session:
    """The state of one run. Attributes in lower case mirror the global options."""

    def __init__(
        self,
        *,
        stdin: TextIO | None = None,
        stdout: TextIO | None = None,
        stderr: TextIO | None = None,
        environ: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        clock: Clock | None = None,
        plugins: Iterable[Found] | None = None,
        given: Iterable[tuple[str, Any]] = (),
        terminal: bool | None = None,
    ) -> None:
        self.stdin = stdin or sys.stdin
        self.stdout = stdout or sys.stdout
        self.stderr = stderr or sys.stderr
        self.environ = os.environ if environ is None else environ
        self.cwd = cwd or Path.cwd()
        self.clock = clock or SystemClock()
        self._plugins = plugins
        self._given = tuple(given)
        self._terminal = terminal
        self.store: Path | None = None
        self.who: str | None = self.environ.get("BRANCHOPS_AS")
        self.pins: Path | None = Path(told) if (told := self.environ.get("BRANCHOPS_PINS")) else None
        self.at: str | None = None
        self.format: str | None = self.environ.get("BRANCHOPS_FORMAT")
        self.key = ""
        self.dry_run = False
        self.quiet = False
        self.exit = 0
        self._asking = False

    def nested(self, store: Path, *, stdout: TextIO, stderr: TextIO, terminal: bool = False) -> Session:
        """A session for one more command line inside this one: same clock, plugins and place, nobody to ask.

        Settings of the environment that belong to this run (store, person, PINs, format) are not inherited.
        """
        from io import StringIO

        inner = Session(
            stdin=StringIO(),
            stdout=stdout,
            stderr=stderr,
            environ={name: value for name, value in self.environ.items() if not name.startswith("BRANCHOPS_")},
            cwd=self.cwd,
            clock=self.clock,
            plugins=self._plugins,
            given=self._given,
            terminal=terminal,
        )
        inner.store = store
        return inner

    # --- the terminal

    @cached_property
    def terminal(self) -> bool:
        """Whether a person sits at both ends."""
        if self._terminal is not None:
            return self._terminal
        return all(bool(getattr(s, "isatty", None)) and s.isatty() for s in (self.stdin, self.stdout))

    @property
    def chosen_format(self) -> str:
        """The format asked for; without one a table on a terminal and plain text elsewhere."""
        return self.format or ("table" if self.terminal else "plain")

    @property
    def machine(self) -> bool:
        """Whether the reader of stdout is a program."""
        return self.chosen_format in ("json", "jsonl")

    @property
    def may_prompt(self) -> bool:
        """Prompts only where a person can answer, and never with --json."""
        return self.terminal and not self.machine

    def show(self, thing: Table | Page | PrintedRegister) -> None:
        """Data, on stdout, in the chosen format."""
        self.put(thing, self.chosen_format, self.stdout, colour=self.terminal and not self.environ.get("NO_COLOR"))

    def put(self, thing: Table | Page | PrintedRegister, format: str, stream: TextIO, *, colour: bool = False) -> None:  # noqa: A002
        """Data, on any stream, in any format."""
        if not isinstance(thing, (Table, Page)):
            from branchops.core.output.register import render_register

            render_register(thing, format, stream, tz=self.tz)
            return
        from branchops.core.output.formats import render

        render(thing, format, stream, tz=self.tz, colour=colour)

    def say(self, text: str) -> None:
        """Talk, on stderr; nothing with --quiet."""
        if not self.quiet:
            from branchops.core.output.safe import safe

            self.stderr.write(safe(text, keep_newlines=True) + "\n")

    def ask(self, question: str) -> str:
        """A line typed by the person at the terminal, without spaces around it; empty when there is none."""
        self.stderr.write(_("{question}: ").format(question=question))
        self.stderr.flush()
        self._asking = True
        typed = self.stdin.readline()
        if typed[-1:] == "\n" and self.stdin.isatty():  # the person has ended the line
            self._asking = False
        self.end_line()
        return typed.strip()

    def end_line(self) -> None:
        """Ends the line of a question that was not answered, so that what is said next has a line of its own."""
        if self._asking:
            self.stderr.write("\n")
        self._asking = False

    # --- the branch

    @property
    def store_path(self) -> Path:
        """`--store`, else `BRANCHOPS_STORE`, else the nearest `.branchops/` upward, else the user's data directory."""
        if self.store is not None:
            return self.store
        told = self.environ.get("BRANCHOPS_STORE")
        if told:
            return Path(told)
        for folder in (self.cwd, *self.cwd.parents):
            if (folder / ".branchops" / "ledger.db").is_file():
                return folder / ".branchops"
        if sys.platform.startswith("linux") and (home := self.environ.get("HOME")):
            return Path(self.environ.get("XDG_DATA_HOME") or f"{home}/.local/share") / "branchops"
        from platformdirs import user_data_path

        return user_data_path("branchops")

    @cached_property
    def branch(self) -> Branch:
        """The open store."""
        from branchops.core.branch import Branch

        return Branch.open(self.store_path, self.clock, self.loader)

    @cached_property
    def loader(self) -> Loader:
        """The plugins: the branch's when a store is open or can be, else those of the environment."""
        from branchops.core.branch import enabled_files
        from branchops.core.extend.loader import Loader

        if "branch" in self.__dict__:
            return self.branch.registry.loader
        loader = Loader(self._plugins, enabled_files(self.store_path))
        for name, module in self._given:
            loader.add(name, module)
        return loader

    def groups(self) -> dict[str, Any]:
        """The plugins' command groups by name."""
        from branchops.core.extend.registry import groups

        return groups(self.loader)

    def plugin_failure(self, name: str) -> BranchOpsError | None:
        """Why a plugin of that name does not work, if there is one."""
        from branchops.core.extend.registry import broken

        return broken(self.loader, name)

    def create(self) -> Branch:
        """A new store, which is then this session's branch."""
        from branchops.core.branch import Branch

        self.__dict__["branch"] = Branch.create(self.store_path, self.clock, self.loader)
        return self.branch

    def close(self) -> None:
        """Closes what was opened."""
        branch = self.__dict__.pop("branch", None)
        if branch is not None:
            branch.close()

    @property
    def tz(self) -> Any:
        """The outlet's time zone; the machine's own before there is a store."""
        if "branch" in self.__dict__:
            return self.branch.house.tz
        return datetime.now().astimezone().tzinfo

    @property
    def actor(self) -> str:
        """Who is acting."""
        return self.branch.actor(self.who)

    @property
    def occurred_at(self) -> datetime | None:
        """`--at` as an instant, or None for now."""
        return None if self.at is None else self.moment(self.at)

    def moment(self, text: str) -> datetime:
        """An instant as people write one: RFC 3339, `HH:MM` of today, `yesterday 16:20`, `11-25 12:00`, with a year."""
        return parse_moment(text, self.clock.now().astimezone(self.branch.house.tz))

    @property
    def secrets(self) -> Secrets:
        """Where PINs come from: the secrets file, then a hidden prompt."""
        from branchops.core.people.secrets import FirstOf, Prompt, SecretsFile

        prompt = Prompt(allowed=self.may_prompt)
        return FirstOf(SecretsFile(self.pins), prompt) if self.pins else prompt

    def reading(self, period: str = "", reveal: bool = False) -> Reading:
        """What reports read, for a period such as `2026-11`, `2026-Q4`, `2026-W48`, `2026` (empty: everything)."""
        from branchops.core.reading import Reading
        from branchops.core.rulebook.recurrence import period_bounds

        if not period:
            return Reading(self.branch, reveal=reveal)
        try:
            first, last = period_bounds(period)
        except ValueError as error:
            raise UsageError(str(error), _("Write 2026-11, 2026-Q4, 2026-W48 or 2026.")) from None
        return Reading(self.branch, first=first, last=last, period=period, reveal=reveal)

    def act(self, decide: Decide, command: Any, target: str | New | None = None, *, opens: bool = False) -> Outcome:
        """Runs one command as the acting person, with the global options. Shows nothing."""
        return self.branch.act(
            decide,
            command,
            target,
            actor=self.actor,
            at=self.occurred_at,
            key=self.key,
            opens=opens,
            secrets=self.secrets,
            dry_run=self.dry_run,
        )


_current: ContextVar[Session] = ContextVar("branchops_session")


def session() -> Session:
    """The session of the running command."""
    return _current.get()


def enter(session: Session) -> Any:
    """Makes a session the running one; gives the token for `leave`."""
    return _current.set(session)


def leave(token: Any) -> None:
    """Ends the running session."""
    _current.reset(token)


def parse_moment(text: str, now: datetime) -> datetime:
    """An instant as people write one, in the zone of `now`. UsageError names the forms that are understood."""
    words = text.strip().replace("T", " ").split()
    days = {"today": 0, "yesterday": -1, "tomorrow": 1, "今天": 0, "昨天": -1, "明天": 1}
    try:
        if len(words) == 1 and words[0] in days:
            return datetime.combine(now.date() + timedelta(days=days[words[0]]), now.timetz())
        if len(words) == 1 and ":" in words[0] and "-" not in words[0]:
            return datetime.combine(now.date(), time.fromisoformat(words[0]), now.tzinfo)
        if len(words) == 2 and words[0] in days:
            day = now.date() + timedelta(days=days[words[0]])
            return datetime.combine(day, time.fromisoformat(words[1]), now.tzinfo)
        if len(words) == 2 and words[0].count("-") == 1:
            words[0] = f"{now.year}-{words[0]}"
        found = datetime.fromisoformat(" ".join(words))
    except ValueError:
        raise UsageError(
            _("“{text}” is not a time.").format(text=text),
            _("Write HH:MM, yesterday HH:MM, MM-DD HH:MM, YYYY-MM-DD HH:MM or RFC 3339."),
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=now.tzinfo)


def parse_day(text: str, today: date) -> date:
    """A date as people write one: ISO, MM-DD, today, yesterday."""
    days = {"today": 0, "yesterday": -1, "tomorrow": 1, "今天": 0, "昨天": -1, "明天": 1}
    if text in days:
        return today + timedelta(days=days[text])
    try:
        return date.fromisoformat(f"{today.year}-{text}" if text.count("-") == 1 else text)
    except ValueError:
        raise UsageError(
            _("“{text}” is not a date.").format(text=text), _("Write YYYY-MM-DD, MM-DD, today or yesterday.")
        ) from None

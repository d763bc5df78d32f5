"""`branchops demo`: a branch to look at, made by playing part of a working day through the very commands people type.

Invariant: nothing is faked. The clock is the machine's own; what happened earlier says so with `--at`, and what the
rules think of that stays visible. Where a plugin is missing, its part of the story is left out.
"""

import os
import secrets
import shlex
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from branchops.core.errors import BranchOpsError, Conflict, UsageError
from branchops.core.output.messages import N_, _, language
from branchops.core.output.table import Column, Page, Table
from branchops.session import Session, session

app = typer.Typer()

PEOPLE = (
    ("wang", "Wang Wei", "teller"),
    ("zhao", "Zhao Min", "teller"),
    ("sun", "Sun Yue", "lobby-manager"),
)
SIGNERS = ("chen", "li", "wang", "zhao", "sun")


class Step(NamedTuple):
    """One command line: who types it, how many minutes ago it happened (0: now), its words."""

    who: str
    ago: int
    words: str


STORY: dict[str, tuple[Step, ...]] = {
    "": (Step("chen", 0, "day open"),),
    "complaints": (
        Step("wang", 170, "complaints receive --channel oral --gist 'waited an hour, one window open' --readback yes"
             " --caller 'Mr Zhang' --contact 13800005501"),
        Step("wang", 166, "complaints handover 1 --to li --reason 'beyond my authority'"),
        Step("li", 160, "complaints accept 1 --private yes"),
        Step("li", 155, "complaints report-head 1"),
        Step("li", 120, "complaints investigate 1 --finding 'the queue log shows 54 minutes' --interviewed zhao"),
        Step("li", 60, "complaints reply 1 --via phone --text 'a second window opens at noon from tomorrow'"),
        Step("li", 50, "complaints cause 1 C1 --text 'one window at noon'"),
        Step("li", 40, "complaints resolve 1 --outcome upheld --facts 'the queue log bears it out'"),
        Step("zhao", 30, "complaints apology 1 --by zhao"),
        Step("chen", 0, "complaints signoff 1 --by chen"),
        Step("sun", 45, "complaints receive --channel oral --gist 'the coin counter was out of order' --readback yes"
             " --caller 'Ms Liu'"),
        Step("sun", 41, "complaints handover 2 --to li"),
        Step("li", 35, "complaints accept 2 --private declined"),
        Step("li", 8 * 24 * 60, "complaints receive --channel phone --gist 'a fee nobody explained' --readback yes"),
        Step("wang", 0, "complaints receive --channel book --kind praise --gist 'thank you for the patience'"),
    ),
}  # fmt: skip

BOARD: tuple[tuple[str, str], ...] = (
    ("", "due"),
    ("complaints", "report opinion-register"),
    ("improve", "improve board"),
)


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help=N_("a new folder (default branchops-demo)"))] = Path(
        "branchops-demo"
    ),
) -> None:
    """Make a branch with people and a played working day, then show its board.

    Example: branchops demo /tmp/demo
    """
    run = session()
    folder = folder if folder.is_absolute() else run.cwd / folder
    stage = Stage(run, folder)
    stage.prepare()
    rows = [*stage.make(), *stage.play()]
    facts = {"store": str(stage.store), "pins": str(stage.pins), "people": list(SIGNERS)}
    columns = (
        Column("command", _("Command")),
        Column("exit", _("Exit"), kind="number"),
        Column("said", _("Said"), shown=False),
    )
    played = Table(columns, rows, title=_("Played"), key="steps")
    if run.machine:
        run.show(Page("", facts, (played,)))
        return
    run.say(_("The PINs of these people are in {path}, for nobody but you.").format(path=stage.pins))
    stage.board()
    run.say(
        _("Go on: branchops --store {store} --as chen --pins {pins} due").format(store=stage.store, pins=stage.pins)
    )


class Stage:
    """The folder with the store and the secrets file, and who types what in it."""

    def __init__(self, run: Session, folder: Path) -> None:
        self.run = run
        self.folder = folder
        self.store = folder / ".branchops"
        self.pins = folder / "pins.toml"

    def prepare(self) -> None:
        """Makes the folder and a secrets file that nobody else may read. Raises Conflict when something is there."""
        if self.store.exists() or self.pins.exists():
            raise Conflict(
                _("There is something in {path} already.").format(path=self.folder),
                _("Name a new folder: branchops demo DIR"),
            )
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.pins, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise UsageError(
                _("{path} cannot be made: {reason}.").format(path=self.folder, reason=error.strerror),
                _("Name another folder: branchops demo DIR"),
            ) from None
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.writelines(f'{staff} = "{pin()}"\n' for staff in SIGNERS)

    def make(self) -> Iterator[dict[str, Any]]:
        """The branch and its people."""
        yield self.must("init --demo --outlet 0301 --name 'Riverside' --hours 09:00-17:00 --hotline 95000")
        for staff, name, role in PEOPLE:
            yield self.must(f"--as chen staff add {staff} --name '{name}' --role {role}")
        for staff in SIGNERS:
            yield self.must(f"--as {staff} --pins {shlex.quote(str(self.pins))} staff pin {staff}")

    def play(self) -> Iterator[dict[str, Any]]:
        """The day, as far as the plugins are there. What a step is refused for is told, and the day goes on."""
        there = self.run.groups()
        for plugin, steps in STORY.items():
            if plugin and plugin not in there:
                self.run.say(_("Left out, for the plugin is not here: {name}").format(name=plugin))
                continue
            for step in steps:
                yield self.type(
                    f"{self._when(step)}--as {step.who} --pins {shlex.quote(str(self.pins))} {step.words}", step.words
                )

    def _when(self, step: Step) -> str:
        if not step.ago:
            return ""
        at = self.run.clock.now().astimezone() - timedelta(minutes=step.ago)
        return f"--at {at.isoformat(timespec='minutes')} "

    def board(self) -> None:
        """What a newcomer looks at first, in the format asked for."""
        from branchops.cli import run

        for plugin, words in BOARD:
            if plugin and plugin not in self.run.groups():
                continue
            self.run.say(f"\n$ branchops {words}")
            self.run.stderr.flush()
            inner = self.run.nested(
                self.store, stdout=self.run.stdout, stderr=self.run.stderr, terminal=self.run.terminal
            )
            run(["--lang", language(), "--format", self.run.chosen_format, *shlex.split(words)], inner)

    def must(self, line: str) -> dict[str, Any]:
        """A step without which there is no branch to show."""
        row = self.type(line, line)
        if row["exit"]:
            raise BranchOpsError(
                _("The demo came to a stop at: {line}").format(line=line), str(row["said"]).partition("\n")[0]
            )
        return row

    def type(self, line: str, told: str) -> dict[str, Any]:
        """Types one command line and gives what came of it."""
        from branchops.cli import run

        out, err = StringIO(), StringIO()
        code = run(["--lang", language(), *shlex.split(line)], self.run.nested(self.store, stdout=out, stderr=err))
        if not self.run.machine:
            self.run.say(f"$ branchops {told}" + (f"\n  {err.getvalue().strip()}" if code else ""))
        return {"command": told, "exit": code, "said": err.getvalue().strip()}


def pin() -> str:
    """Six digits that no rule about PINs objects to."""
    from branchops.core.people.attest import pin_weakness

    while True:
        found = f"{secrets.randbelow(10**6):06d}"
        if pin_weakness(found) is None:
            return found

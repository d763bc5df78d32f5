"""`branchops batch`: many commands in one process, on one open branch, one result line each."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from branchops.core.errors import BranchOpsError, Exit, NotFound, UsageError
from branchops.core.ledger.canonical import strict_decode
from branchops.core.output.messages import N_, _, language, set_language
from branchops.session import Session, session

app = typer.Typer()

LONGEST = 1 << 24
INTERRUPTED = 130


class Line(Session):
    """The session of one line: the branch and the global options of the batch, streams of its own, never a prompt."""

    def __init__(self, batch: Session) -> None:
        self.written, self.said = io.StringIO(), io.StringIO()
        super().__init__(
            stdin=io.StringIO(),
            stdout=self.written,
            stderr=self.said,
            environ={**batch.environ, "BRANCHOPS_LANG": language()},
            cwd=batch.cwd,
            clock=batch.clock,
            terminal=False,
        )
        self.store, self.who, self.pins, self.at = batch.store, batch.who, batch.pins, batch.at
        self.dry_run = batch.dry_run
        self.format = "json"
        self._batch = batch
        self._shared = ("loader", "branch")
        self.__dict__["loader"] = batch.loader
        if "branch" in batch.__dict__:
            self.__dict__["branch"] = batch.branch

    def close(self) -> None:
        """Leaves the branch open for the next line."""
        for name in self._shared:
            if name in self.__dict__:
                self._batch.__dict__[name] = self.__dict__[name]


@app.command()
def batch(
    file: Annotated[
        Path, typer.Argument(metavar="[FILE|-]", help=N_("JSON lines of commands; - for standard input"))
    ] = Path("-"),
    stop: Annotated[bool, typer.Option("--stop/--continue", help=N_("end at the first command that fails"))] = False,
) -> None:
    """Run many commands: one JSON object {"argv": [...], "key": "..."} a line, one result line each.

    Example: branchops batch commands.jsonl --stop
    """
    run = session()
    if isinstance(run, Line):
        raise UsageError(_("A batch cannot hold a batch."), _("Put its lines into this one."))
    failed = 0
    for number, text in _lines(run, file):
        if not text.strip():
            continue
        result = {"line": number, **_one(run, text)}
        run.stdout.write(json.dumps(result, ensure_ascii=True) + "\n")
        run.stdout.flush()
        failed += result["exit"] != 0
        if result["exit"] == INTERRUPTED:
            raise KeyboardInterrupt
        if failed and stop:
            run.say(_("Stopped at line {line}.").format(line=number))
            break
    if failed:
        run.exit = int(Exit.PARTLY)


def _lines(run: Session, file: Path) -> Iterator[tuple[int, bytes]]:
    if str(file) == "-":
        binary = getattr(run.stdin, "buffer", None)
        yield from enumerate((line.encode() for line in run.stdin) if binary is None else _bounded(binary), 1)
        return
    try:
        opened = file.open("rb")
    except OSError as error:
        raise NotFound(
            _("The file {path} cannot be read: {reason}.").format(path=file, reason=error.strerror),
            _("Check the path and its permissions."),
        ) from None
    with opened:
        yield from enumerate(_bounded(opened), 1)


def _bounded(file: BinaryIO) -> Iterator[bytes]:
    while line := file.readline(LONGEST):
        if len(line) == LONGEST:
            raise UsageError(_("A line of the batch is too long."), _("Write one command a line."))
        yield line


def _one(run: Session, text: bytes) -> dict[str, Any]:
    """Runs one line; what it wrote, as JSON where it is JSON."""
    from branchops.cli import run as run_command

    try:
        argv, key = _understood(text)
    except BranchOpsError as error:
        return {"exit": int(error.exit), "error": error.as_dict()}
    line = Line(run)
    line.key = key
    spoken = language()
    told: dict[str, Any] = {"key": key} if key else {}
    try:
        code = run_command(argv, line)
    finally:
        set_language(spoken)
    written, said = line.written.getvalue(), line.said.getvalue().strip()
    if code == 0 or written:
        told["out"] = _value(written)
    if code != 0:
        last = _value(said.rpartition("\n")[2])
        told["error"] = last["error"] if isinstance(last, dict) and "error" in last else said
    return {"exit": code, **told}


def _understood(text: bytes) -> tuple[list[str], str]:
    """The words and the key of a line. Raises UsageError that says what is wrong with it."""
    hint = _("Write {example}; the key may be left out.").format(example='{"argv": ["staff", "list"], "key": "…"}')
    try:
        found = strict_decode(text)
    except UsageError as error:
        raise UsageError(_("The line is not JSON: {reason}").format(reason=error.message), hint) from None
    if not isinstance(found, dict) or set(found) - {"argv", "key"}:
        raise UsageError(_("A line is an object with argv and key."), hint)
    argv, key = found.get("argv"), found.get("key") or ""
    if not isinstance(argv, list) or not argv or not all(isinstance(word, str) for word in argv):
        raise UsageError(_("argv is a list of texts, the command's words."), hint)
    if not isinstance(key, str):
        raise UsageError(_("A key is a text."), hint)
    if any(word == "--store" or word.startswith("--store=") for word in argv):
        raise UsageError(_("All lines of a batch work on one store."), _("Give --store to batch itself."))
    return argv, key


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text

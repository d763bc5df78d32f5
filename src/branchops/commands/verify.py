"""`branchops verify`: re-derives what the ledger claims and says in words what that proved, and what it could not."""

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from branchops.core.errors import BranchOpsError, Exit, NotFound, UsageError
from branchops.core.ledger.reader import Head
from branchops.core.output.messages import N_, _
from branchops.core.output.table import Column, Page, Table
from branchops.kept import KeptFile, kept_or_none
from branchops.session import Session, session

app = typer.Typer()

ROOT_BYTES = 32


@app.command()
def verify(
    full: Annotated[bool, typer.Option("--full", help=N_("also every page, index entry and body"))] = False,
    checkpoint: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=N_("a checkpoint kept elsewhere that the ledger must agree with")),
    ] = None,
) -> None:
    """Check the whole ledger against itself, earlier day closes and a checkpoint. Exit code 8 when it does not hold.

    Example: branchops verify --full
    """
    from branchops.core.ledger import verify as check

    run = session()
    given = None if checkpoint is None else read_checkpoint(checkpoint)
    closes = _closes(run)
    report = check.verify(run.store_path, full=full, expected=[*closes, *([given] if given is not None else [])])
    proved, unproved = [*report.proved], [*report.unproved]
    if report.ok and closes:
        proved.append(_("The roots recorded by {count} day closes are roots of this ledger.").format(count=len(closes)))
    if closes:
        unproved.append(_("That nobody rewrote the whole file: its day closes would have been rewritten with it."))
    if given is not None:
        unproved.append(_("Who wrote the checkpoint file: its signature was not looked at."))
    files = kept_or_none(run) if report.ok else []
    changed = [one for one in files if one.state == "changed"]
    same = sum(one.state == "same" for one in files)
    gone = sum(one.state == "gone" for one in files)
    if same:
        proved.append(_("{count} files named by entries are what they were.").format(count=same))
    if gone:
        unproved.append(_("{count} files named by entries are not where they were.").format(count=gone))
    facts: dict[str, Any] = {
        "ok": report.ok and not changed,
        "events": report.events,
        "root": report.root.hex(),
        "witnessed_to": given.size if given is not None and report.ok else 0,
    }
    findings = [*(msgspec.to_builtins(finding) for finding in report.findings), *map(_changed, changed)]
    run.show(_page(run, facts, findings, proved, unproved))
    if not report.ok:
        run.exit = int(Exit.INTEGRITY)
        if not run.machine:
            run.say(_fault(report.errors, report.first_bad))
    elif changed:
        run.exit = int(Exit.INTEGRITY)
        if not run.machine:
            run.say(_("{count} files are not what they were.").format(count=len(changed)))


def _changed(one: KeptFile) -> dict[str, Any]:
    said = _("{file} of {id} is not what it was when it was recorded.").format(file=one.name, id=one.stream)
    return {"pos": one.pos, "code": "file-changed", "message": said, "severity": "error"}


def _fault(count: int, pos: int | None) -> str:
    if pos is None:
        return _("The ledger does not hold; faults found: {count}.").format(count=count)
    return _("The ledger does not hold; faults found: {count}, the first at position {pos}.").format(
        count=count, pos=pos
    )


def _closes(run: Session) -> list[Head]:
    """The sizes and roots that day closes recorded, as far as they can be read: the file may be damaged."""
    from branchops.core.ledger.ledger import Ledger

    found = []
    try:
        with Ledger.open(run.store_path) as ledger:
            for event in ledger.read(types="day.closed"):
                data = event.data
                if isinstance(data.get("size"), int) and isinstance(data.get("root"), str):
                    found.append(Head(data["size"], bytes.fromhex(data["root"])))
    except NotFound:
        raise
    except (BranchOpsError, ValueError, KeyError, TypeError):
        return found
    return found


def read_checkpoint(path: Path) -> Head:
    """Size and root of a checkpoint file: a tlog-checkpoint (origin, size, base64 root), or the JSON of a day close."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NotFound(
            _("The checkpoint {path} cannot be read: {reason}.").format(path=path, reason=error),
            _("Give a file that a day close or `branchops checkpoint` wrote."),
        ) from None
    try:
        size, root = _of_json(text) if text.lstrip().startswith("{") else _of_note(text)
    except (ValueError, KeyError, TypeError, AttributeError):
        size, root = -1, b""
    if size < 0 or len(root) != ROOT_BYTES:
        raise UsageError(
            _("{path} is no checkpoint.").format(path=path),
            _("A checkpoint has three lines: a name, the number of events, and the root in base64."),
        )
    return Head(size, root)


def _of_note(text: str) -> tuple[int, bytes]:
    from base64 import b64decode

    _origin, size, root, *_rest = text.splitlines()
    return int(size), b64decode(root, validate=True)


def _of_json(text: str) -> tuple[int, bytes]:
    found: Any = msgspec.json.decode(text)
    inner = found.get("checkpoint") or found
    return int(inner["size"]), bytes.fromhex(inner["root"])


def _page(
    run: Session, facts: dict[str, Any], findings: list[dict[str, Any]], proved: list[str], unproved: list[str]
) -> Page:
    columns = (
        Column("pos", _("Position"), kind="number"),
        Column("code", _("Code")),
        Column("message", _("Message")),
        Column("severity", _("Severity"), shown=False),
    )
    found = Table(columns, findings, title=_("Findings"), key="findings")
    labels = (
        Column("ok", _("Holds"), kind="bool"),
        Column("events", _("Events"), kind="number"),
        Column("witnessed_to", _("Witnessed to"), kind="number"),
    )
    if run.machine:
        return Page("", {**facts, "proved": proved, "unproved": unproved}, (found,))
    sections = [
        *([found] if findings else []),
        _said(_("Proved"), proved or [_("Nothing.")]),
        _said(_("Not proved"), unproved),
    ]
    return Page(_("Verification"), facts, tuple(sections), labels)


def _said(title: str, sentences: list[str]) -> Table:
    return Table((), (), title=title, notes=tuple(f"- {sentence}" for sentence in sentences))

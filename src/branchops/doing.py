"""What the command functions of every plugin do in the end: act and tell, resolve ids, hash files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from branchops.core.entry import Decide, New, Outcome
from branchops.core.errors import NotFound, UsageError
from branchops.core.extend.descriptors import Report
from branchops.core.output.messages import _
from branchops.core.output.table import Table
from branchops.session import Session, session
from branchops.showing import first_page, tell


def act(decide: Decide, command: Any, target: str | New | None = None, *, opens: bool = False) -> Outcome:
    """Runs one command as the acting person and shows what was understood: the last line of most commands."""
    run = session()
    outcome = run.act(decide, command, target, opens=opens)
    tell(run, outcome)
    return outcome


def record_id(text: str, prefix: str) -> str:
    """The full id of a record: `113`, `C-113`, `C-2026-113` and `C-2026-0113` are the same this year."""
    parts = text.strip().upper().split("-")
    if parts and parts[0] == prefix.upper():
        parts = parts[1:]
    run = session()
    year = run.clock.now().astimezone(run.branch.house.tz).year
    if len(parts) == 1:
        parts = [str(year), parts[0]]
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() for part in parts):
        raise UsageError(
            _("“{text}” is not the id of a record.").format(text=text),
            _("Write {prefix}-{year}-0001, {prefix}-1 or 1.").format(prefix=prefix, year=year),
        )
    return f"{prefix}-{int(parts[0]):04d}-{int(parts[1]):04d}"


def number(text: str, prefix: str) -> str:
    """As `record_id`, and the record must exist. Raises NotFound otherwise."""
    found = record_id(text, prefix)
    if not session().branch.ledger.version(found):
        raise NotFound(_("There is no record {id}.").format(id=found), _("Look for it with `branchops log`."))
    return found


def file_digest(path: Path) -> str:
    """SHA-256 (hex) of a file's bytes, read in pieces. Raises NotFound that names the file."""
    import hashlib

    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise NotFound(
            _("The file {path} cannot be read: {reason}.").format(path=path, reason=error.strerror),
            _("Check the path and its permissions."),
        ) from None


def staff_ids(names: Iterable[str]) -> tuple[str, ...]:
    """Staff ids of ids or unique names, commas allowed: `li,wang`."""
    people = session().branch.house.people
    return tuple(people.resolve(part.strip()) for name in names for part in name.split(",") if part.strip())


def run_report(
    name: str, *, period: str = "", reveal: bool = False, run: Session | None = None, limit: int | None = None
) -> None:
    """Makes a report and shows it; of one that lists, the first rows, or `limit` of them (0: all)."""
    run = run or session()
    report = run.branch.registry.report(name)
    run.show(shortened(run, report, report.make(run.reading(period, reveal)), limit))


def shortened(run: Session, report: Report, made: Any, limit: int | None = None) -> Any:
    """What a report made, as it is shown: a list as `first_page` cuts it, anything else whole. UsageError when `limit`
    is asked of something that is no list."""
    if report.lists and isinstance(made, Table):
        return first_page(run, made, limit)
    if limit:
        raise UsageError(
            _("The report {name} is no list: it is always whole.").format(name=report.name), _("Leave --limit out.")
        )
    return made

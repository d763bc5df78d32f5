"""`branchops doctor`: whether this machine and this store are fit for work, one line a question."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any, Literal, NamedTuple

import typer

from branchops.core.clock import unstamp
from branchops.core.errors import BranchOpsError, Exit
from branchops.core.output.messages import _
from branchops.core.output.table import Column, Table
from branchops.session import Session, session

app = typer.Typer()

SAFE_SQLITE = (3, 51, 3)
"""Before this version a WAL file may be reset under a reader by two processes that take checkpoints at once."""
OLDEST_SQLITE = (3, 37, 0)
"""STRICT tables."""
LITTLE, TOO_LITTLE = 1 << 30, 50 << 20
LARGE_WAL = 64 << 20


class Line(NamedTuple):
    """One question and its answer."""

    check: str
    status: Literal["ok", "warn", "fail"]
    message: str
    hint: str = ""


@app.command()
def doctor() -> None:
    """Look at versions, disk, permissions, clock, calendar, plugins and locks. Exit code 8 if something fails.

    Example: branchops doctor
    """
    run = session()
    lines = list(_lines(run))
    words = {"ok": _("ok"), "warn": _("warn"), "fail": _("fail")}
    rows = [
        {"check": one.check, "status": one.status, "grade": words[one.status], "message": one.message, "hint": one.hint}
        for one in lines
    ]
    columns = (
        Column("grade", _("Status")),
        Column("check", _("Check")),
        Column("message", _("Found")),
        Column("hint", _("Remedy"), shown=any(one.hint for one in lines)),
        Column("status", _("Status"), shown=False),
    )
    run.show(Table(columns, rows, title=_("Doctor")))
    if any(one.status == "fail" for one in lines):
        run.exit = int(Exit.INTEGRITY)


def _lines(run: Session) -> Iterator[Line]:
    """The answers, each question asked even when another could not be answered."""
    for look in (_versions, _sqlite, _one_sqlite, _plugins):
        yield from _asked(run, look)
    if not (run.store_path / "ledger.db").is_file():
        yield Line("store", "warn", _("There is no store in {path}.").format(path=run.store_path), _("branchops init"))
        yield from _asked(run, _disk)
        return
    for look in (_disk, _permissions, _ledger, _lock, _clock, _calendar, _views, _settings):
        yield from _asked(run, look)


def _asked(run: Session, look: Callable[[Session], Iterator[Line]]) -> Iterator[Line]:
    try:
        yield from look(run)
    except BranchOpsError as error:
        yield Line(look.__name__.lstrip("_"), "fail", error.message, error.hint)
    except (OSError, sqlite3.Error) as error:
        yield Line(look.__name__.lstrip("_"), "fail", f"{type(error).__name__}: {error}")


def _versions(_run: Session) -> Iterator[Line]:
    from branchops import __version__

    python = ".".join(map(str, sys.version_info[:3]))
    yield Line("versions", "ok", f"branchops {__version__}, Python {python}, {sys.platform}")


def _sqlite(_run: Session) -> Iterator[Line]:
    found = sqlite3.sqlite_version_info
    version = sqlite3.sqlite_version
    if found < OLDEST_SQLITE:
        yield Line("sqlite", "fail", _("SQLite {version} is too old.").format(version=version), _("Use 3.37 or newer."))
    elif found < SAFE_SQLITE:
        text = _("SQLite {version}: before 3.51.3 a checkpoint can, very rarely, lose a race.").format(version=version)
        yield Line(
            "sqlite", "warn", text, _("branchops takes checkpoints under its lock only; write with nothing else.")
        )
    else:
        yield Line("sqlite", "ok", f"SQLite {version}")


def _one_sqlite(_run: Session) -> Iterator[Line]:
    from branchops.core.ledger.connect import refuse_second_sqlite

    refuse_second_sqlite()
    yield Line("one sqlite", "ok", _("One SQLite library in this environment"))


def _plugins(run: Session) -> Iterator[Line]:
    statuses = run.loader.statuses
    broken = [status for status in statuses if status.status != "loaded"]
    for status in broken:
        yield Line("plugins", "warn", f"{status.name}: {status.error}", _("branchops plugins list"))
    if not broken:
        yield Line("plugins", "ok", _("{count} loaded").format(count=len(statuses)))


def _disk(run: Session) -> Iterator[Line]:
    folder = run.store_path
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    text = _("{size} MiB free").format(size=free >> 20)
    status: Literal["ok", "warn", "fail"] = "ok" if free >= LITTLE else "warn" if free >= TOO_LITTLE else "fail"
    yield Line("disk", status, text, "" if status == "ok" else _("Make room before the ledger needs it."))
    wal = run.store_path / "ledger.db-wal"
    if wal.is_file() and (size := wal.stat().st_size) > LARGE_WAL:
        text = _("The write-ahead log has grown to {size} MiB.").format(size=size >> 20)
        yield Line("disk", "warn", text, _("Some program keeps reading; close it."))


def _permissions(run: Session) -> Iterator[Line]:
    for name in ("ledger.db", "ledger.lock"):
        path = run.store_path / name
        if path.exists() and not os.access(path, os.R_OK | os.W_OK):
            yield Line("permissions", "fail", _("{path} cannot be written.").format(path=path), _("Check its owner."))
            return
    keys = run.store_path / "keys.db"
    if os.name != "posix":
        yield Line("permissions", "ok", _("File modes are not a matter of this system; check who may read the folder."))
        return
    wrong = [path for path in _secret_files(keys) if path.stat().st_mode & 0o077]
    for path in wrong:
        text = _("{path} can be read by others (mode {mode}).").format(
            path=path, mode=f"{path.stat().st_mode & 0o777:04o}"
        )
        yield Line("permissions", "fail", text, _("chmod 600 {path}").format(path=path))
    if run.store_path.stat().st_mode & 0o002:
        text = _("Anybody may change the folder {path}.").format(path=run.store_path)
        yield Line("permissions", "warn", text, _("chmod o-w {path}").format(path=run.store_path))
    elif not wrong:
        there = keys.exists()
        yield Line("permissions", "ok", _("keys.db is its owner's alone") if there else _("no keys yet"))


def _secret_files(keys: Path) -> list[Path]:
    return [path for path in (keys, keys.with_name("keys.db-wal"), keys.with_name("keys.db-journal")) if path.exists()]


def _ledger(run: Session) -> Iterator[Line]:
    size = run.branch.ledger.head().size
    yield Line("ledger", "ok", _("{count} events; `branchops verify` checks them").format(count=size))


def _lock(run: Session) -> Iterator[Line]:
    """The lock dies with its holder, so one that is held is held by a living process."""
    from branchops.core.ledger.lock import WriterLock

    lock = WriterLock(run.store_path / "ledger.lock")
    try:
        free = lock.try_acquire()
    finally:
        lock.close()
    if free:
        yield Line("lock", "ok", _("Nobody holds the writer lock"))
    else:
        yield Line(
            "lock", "warn", _("Another program is writing now."), _("If it hangs, end it; the lock goes with it.")
        )
    for path in sorted(run.store_path.glob("**/*.part")):
        yield Line("lock", "warn", _("{path} is left over.").format(path=path), _("Delete it."))


def _clock(run: Session) -> Iterator[Line]:
    last = next(run.branch.ledger.read(limit=1, newest_first=True), None)
    now = run.clock.now()
    zone = now.astimezone(run.branch.house.tz).isoformat(sep=" ", timespec="minutes")
    if last is not None and unstamp(last.recorded_at) > now + timedelta(seconds=1):
        text = _("The clock says {now}; the last entry was recorded at {last}.").format(now=zone, last=last.recorded_at)
        yield Line("clock", "fail", text, _("Set the clock right before anything is recorded."))
    elif now.astimezone(UTC).year < 2026:
        yield Line("clock", "fail", _("The clock says {now}.").format(now=zone), _("Set the clock right."))
    else:
        yield Line("clock", "ok", zone)


def _calendar(run: Session) -> Iterator[Line]:
    house = run.branch.house
    calendar = house.calendar_of(house.policies.at(run.clock.now()))
    year = calendar.day_of(run.clock.now()).year
    missing = [one for one in (year, year + 1) if not calendar.covered(one)]
    own = sum(1 for day in calendar.holidays | calendar.workdays if day.year in missing)
    if not missing:
        yield Line("calendar", "ok", _("The public holidays of {years} are known").format(years=f"{year}, {year + 1}"))
        return
    text = _("The public holidays of {years} are not known; {own} days of your own are set.")
    yield Line(
        "calendar",
        "warn",
        text.format(years=", ".join(map(str, missing)), own=own),
        _("Update the package chinesecalendar once it knows them, or set calendar.holidays and calendar.workdays."),
    )


def _views(run: Session) -> Iterator[Line]:
    damage = run.branch.models.select("PRAGMA quick_check(1)")[0][0]
    if damage == "ok":
        yield Line("views", "ok", _("The read models can be read"))
    else:
        yield Line("views", "fail", str(damage), _("branchops rebuild"))


def _settings(run: Session) -> Iterator[Line]:
    unset: tuple[Any, ...] = run.branch.house.policies.unset(run.clock.now())
    if unset:
        text = _("Not decided yet: {keys}").format(keys=", ".join(unset))
        yield Line("settings", "warn", text, _("branchops rules check"))

"""Connections to ledger.db, and what SQLite's errors mean for a user.

Invariant: every connection of this program to a ledger is made here, with the same pragmas, through the standard
library's sqlite3 and no other SQLite. Readers are read-only and never take a checkpoint, not even when they close.
"""

from __future__ import annotations

import importlib.util
import sqlite3
import sys
from pathlib import Path

from branchops.core.errors import BranchOpsError, Busy, IntegrityError, NotFound, UsageError
from branchops.core.output.messages import _

DATABASE = "ledger.db"
LOCK = "ledger.lock"

UNREADABLE = (sqlite3.Error, OverflowError, UnicodeDecodeError)
"""What reading a damaged file can raise: SQLite's errors, among them some whose own message is not UTF-8."""

_PRAGMAS = "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA recursive_triggers = ON"
_WRITER = "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -16000"


def refuse_second_sqlite() -> None:
    """Raise IntegrityError when sqlite-utils would bring a second SQLite library into this process.

    Two libraries on one file drop each other's POSIX locks, and sqlite-utils prefers pysqlite3 wherever it finds it.
    """
    if "pysqlite3" in sys.modules or importlib.util.find_spec("pysqlite3") is not None:
        raise IntegrityError(
            _("The package pysqlite3 is installed; two SQLite libraries in one process can damage a store."),
            _("Remove it from this environment: pip uninstall pysqlite3 pysqlite3-binary."),
        )


def reader(path: Path) -> sqlite3.Connection:
    """A read-only connection. Works beside writers, and on media that cannot be written."""
    require(path)
    connection = _connect(path, "mode=ro")
    try:
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    except sqlite3.OperationalError as problem:
        connection.close()
        wal = path.with_name(path.name + "-wal")
        if problem.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) or wal.exists():
            raise
        connection = _connect(path, "mode=ro&immutable=1")  # a directory where SQLite may make no files
    return connection


def writer(path: Path, *, create: bool = False) -> sqlite3.Connection:
    """A connection that may write, with every durability pragma set. Use it under the writer lock only."""
    if not create:
        require(path)
    connection = _connect(path, "mode=rwc" if create else "mode=rw")
    try:
        mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        connection.executescript(_WRITER)
    except BaseException:
        connection.close()
        raise
    if mode != "wal":
        connection.close()
        raise IntegrityError(
            _("This file system cannot hold a ledger (journal mode {mode}).").format(mode=mode),
            _("Put the store on a local disk."),
        )
    return connection


def require(path: Path) -> None:
    """Raise NotFound when there is no ledger at `path`."""
    if not path.is_file():
        raise NotFound(
            _("There is no store in {directory}.").format(directory=path.parent),
            _("Name another with --store, or make one with `branchops init`."),
        )


def _connect(path: Path, query: str) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?{query}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=30.0)
    try:
        connection.executescript(_PRAGMAS)
    except BaseException:
        connection.close()
        raise
    return connection


class Translated:
    """Turns SQLite's errors into the product's: damage, busy, not writable, no room. A class, since it runs often."""

    __slots__ = ()

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: object) -> None:
        if isinstance(problem, UNREADABLE):
            raise explain(problem) from problem
        if isinstance(problem, UnicodeEncodeError):
            raise UsageError(
                _("The text holds half of a surrogate pair, which is no character."),
                _("Remove it, or decode the source with its right encoding."),
            ) from problem


_TRANSLATED = Translated()


def translated() -> Translated:
    """The context in which to talk to SQLite."""
    return _TRANSLATED


def explain(problem: Exception) -> BranchOpsError:
    """The error of ours that says what an error of SQLite means for the store."""
    code = (getattr(problem, "sqlite_errorcode", None) or 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Busy(_("Another program holds the ledger."), _("Close it and try again."))
    if code == sqlite3.SQLITE_FULL:
        return BranchOpsError(_("The disk is full; nothing was stored."), _("Free some space and try again."))
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return IntegrityError(
            _("The ledger cannot be opened for this: {reason}.").format(reason=problem),
            _("Check the permissions of the store directory and of the files in it."),
        )
    if code == sqlite3.SQLITE_IOERR:
        return IntegrityError(
            _("The disk failed: {reason}.").format(reason=problem),
            _("Check the disk, then run `branchops verify --full`."),
        )
    return IntegrityError(
        _("The ledger is damaged: {reason}.").format(reason=problem),
        _("Run `branchops verify --full`, and restore the newest backup that verifies."),
    )

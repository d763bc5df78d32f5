"""The file keys.db: creating, opening and transacting it, without knowing what the keys are for.

Invariant: the file is never readable by group or others, not for an instant, whatever the umask; and a key that was
overwritten is not left behind in the file, in a journal or in a temporary copy of it. (What a disk's own wear levelling
or somebody's backup keeps is out of a program's reach.)

It is a small SQLite database of its own, with a rollback journal that persists between transactions, so that old pages
are overwritten in place and can be wiped, instead of lingering in the blocks of deleted journals.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from branchops.core.errors import Busy, IntegrityError
from branchops.core.output.messages import _

if TYPE_CHECKING:
    import sqlite3

APPLICATION_ID = 0x424F4B59  # "BOKY"
FORMAT = 1
TIMEOUT = 30.0
SCHEMA = (
    "CREATE TABLE subjects (subject TEXT PRIMARY KEY, key BLOB CHECK (key IS NULL OR length(key) = 32))"
    " STRICT, WITHOUT ROWID",
    "CREATE TABLE pins (person TEXT PRIMARY KEY, hash TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID",
)


class _Translated:
    """SQLite's and the system's errors as the product's own. A plain class: it is entered for every single seal."""

    __slots__ = ()

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is not None:
            _raise_own(error)


TRANSLATED = _Translated()


class KeyFile:
    """One process's handle on keys.db. Opens nothing until it is asked something.

    `found_open` is true once a file was found with rights for group or others (they were taken away): `doctor` tells.
    """

    def __init__(self, path: Path, timeout: float = TIMEOUT) -> None:
        self.path = path
        self.found_open = False
        self._timeout = timeout
        self._db: sqlite3.Connection | None = None
        self._version = -1

    def close(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None

    def reader(self) -> sqlite3.Connection | None:
        """A connection to read with; None while there is no key file. Never creates one."""
        if self._db is None:
            if not self.path.exists():
                return None
            with TRANSLATED:
                db = self._connect()
                if db.execute("PRAGMA user_version").fetchone()[0] == 0:
                    db.close()  # another process is just creating it
                    return None
                self._db = db
        return self._db

    def writer(self) -> sqlite3.Connection:
        """A connection to write with; the file and its tables exist afterwards."""
        if self._db is None:
            with TRANSLATED:
                self._create_file()
                db = self._connect()
                if db.execute("PRAGMA user_version").fetchone()[0] == 0:
                    _create_tables(db)
                self._db = db
        return self._db

    def changed_elsewhere(self) -> bool:
        """Whether another connection committed since the last call: what was remembered may be stale."""
        if self._db is None:
            return False
        with TRANSLATED:
            version = self._db.execute("PRAGMA data_version").fetchone()[0]
        changed, self._version = version != self._version, version
        return bool(changed)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One write transaction: committed and on disk on a clean exit, rolled back on an exception."""
        db = self.writer()
        with TRANSLATED:
            db.execute("BEGIN IMMEDIATE")
        try:
            yield db
            with TRANSLATED:
                db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise

    def overwrite(self, sql: str, parameters: tuple[str, ...]) -> None:
        """Runs one statement that removes a secret, then removes the traces: journal wiped, free pages returned."""
        import sqlite3

        db = self.writer()
        with TRANSLATED:
            db.execute("BEGIN EXCLUSIVE")
            try:
                # From here the lock outlives the commit, so nobody uses the journal while it is wiped. Set any earlier,
                # a wait for the lock would keep a shared one, and two processes would wait for each other.
                db.execute("PRAGMA locking_mode = EXCLUSIVE")
                db.execute(sql, parameters)
                db.execute("COMMIT")
                with suppress(sqlite3.OperationalError):  # the key is gone by now; a full disk only keeps free pages
                    db.execute("VACUUM")
                self._wipe_journal()
            finally:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                db.execute("PRAGMA locking_mode = NORMAL")
                db.execute("SELECT count(*) FROM subjects").fetchone()  # the mode changes at the next access

    def _create_file(self) -> None:
        """An empty file of mode 0600; the mode is part of its creation, so no umask can widen it."""
        with suppress(FileExistsError):
            handle = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
            os.close(handle)

    def _connect(self) -> sqlite3.Connection:
        import sqlite3

        self._tighten()
        uri = self.path.absolute().as_uri() + "?mode=rw"
        db = sqlite3.connect(uri, uri=True, timeout=self._timeout, isolation_level=None)
        try:
            for pragma in (
                "journal_mode = PERSIST",
                "synchronous = FULL",
                "secure_delete = ON",
                "temp_store = MEMORY",  # VACUUM would copy live keys to a file elsewhere
                "trusted_schema = OFF",
                "cell_size_check = ON",
            ):
                db.execute(f"PRAGMA {pragma}").close()
            self._check_format(db)
        except BaseException:
            db.close()
            raise
        return db

    def _check_format(self, db: sqlite3.Connection) -> None:
        db.execute("BEGIN")  # one snapshot: another process may be creating the tables right now
        tables = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        mark = db.execute("PRAGMA application_id").fetchone()[0]
        version = db.execute("PRAGMA user_version").fetchone()[0]
        db.execute("COMMIT")
        if mark != APPLICATION_ID and (mark or version or tables):
            raise IntegrityError(_("{path} is not a key file of branchops.").format(path=self.path), _restore())
        if version > FORMAT:
            hint = _("Use the newer branchops that wrote it.")
            raise IntegrityError(_("The key file has the newer format {version}.").format(version=version), hint)

    def _tighten(self) -> None:
        """Takes rights of group and others away where the system has them; remembers that there were some."""
        if os.name != "posix" or not self.path.stat().st_mode & 0o077:
            return
        self.found_open = True
        with suppress(OSError):
            self.path.chmod(0o600)

    def _wipe_journal(self) -> None:
        """Zeroes in the place of the old pages. Only called while this process holds the exclusive lock."""
        journal = self.path.with_name(self.path.name + "-journal")
        with suppress(OSError), journal.open("r+b") as file:
            left = journal.stat().st_size
            while left > 0:
                left -= file.write(bytes(min(left, 1 << 16)))
            file.flush()
            os.fsync(file.fileno())


def _create_tables(db: sqlite3.Connection) -> None:
    """The tables, once: two processes may both come here."""
    db.execute("BEGIN IMMEDIATE")
    try:
        if db.execute("PRAGMA user_version").fetchone()[0] == 0:
            for statement in SCHEMA:
                db.execute(statement)
            db.execute("INSERT INTO secrets VALUES ('digest', ?)", (os.urandom(32),))
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {FORMAT}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _raise_own(error: BaseException) -> None:
    """Raises the product's error for one of SQLite or the system; returns for any other."""
    import sqlite3

    if isinstance(error, sqlite3.DatabaseError):
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise Busy(_("The key file is in use by another process."), _("Try again in a moment.")) from error
        if not isinstance(error, sqlite3.OperationalError):
            raise IntegrityError(_("The key file is damaged: {reason}.").format(reason=error), _restore()) from error
    if isinstance(error, sqlite3.DatabaseError | OSError):
        hint = _("Check that the file and its folder are there and writable for you.")
        raise IntegrityError(_("The key file cannot be used: {reason}.").format(reason=error), hint) from error


def _restore() -> str:
    return _("Restore keys.db from a backup; what its keys sealed cannot be read without it.")

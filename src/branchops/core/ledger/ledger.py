"""The ledger of a store: the only door to ledger.db.

Invariant: every append happens in one transaction, under the writer lock, and is on disk when `write` returns. A
process that dies before that leaves nothing; what it stored before is there. Readers never wait for writers.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from branchops.core.clock import Clock
from branchops.core.errors import OutcomeUnknown, UsageError
from branchops.core.ledger import connect, schema
from branchops.core.ledger.lock import WriterLock
from branchops.core.ledger.reader import Reader
from branchops.core.output.messages import _

if TYPE_CHECKING:
    from branchops.core.ledger.writer import Writer

CHECKPOINT_BYTES = 4 << 20
"""A write-ahead log of this size is moved into the database after the commit that made it so large."""

_OFTEN = 16
_SHORTEST, _LONGEST = 32, 512
"""Commits between two checkpoints of a log that is kept, and from how many on it is kept."""


class Ledger(Reader):
    """An open ledger. Use it in the process and thread that opened it, best as a context manager."""

    def __init__(self, directory: Path, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self.directory = directory
        self._path = directory / connect.DATABASE
        self._wal = directory / f"{connect.DATABASE}-wal"
        self._lock = WriterLock(directory / connect.LOCK)
        self._write_connection: sqlite3.Connection | None = None
        self._wait = -1
        self._patience = CHECKPOINT_BYTES
        self._commits, self._due, self._touched = 0, _LONGEST, 0
        self._owner = os.getpid()

    @classmethod
    def create(cls, directory: Path | str) -> Self:
        """A new, empty ledger in `directory` (made if missing). Raises UsageError when there is one already."""
        directory = Path(directory)
        connect.refuse_second_sqlite()
        directory.mkdir(parents=True, exist_ok=True)
        lock = WriterLock(directory / connect.LOCK)
        lock.acquire(30.0)
        try:
            with connect.translated():
                connection = connect.writer(directory / connect.DATABASE, create=True)
                try:
                    connection.execute("BEGIN IMMEDIATE")
                    if schema.objects(connection):
                        raise UsageError(
                            _("There is a store in {directory} already.").format(directory=directory),
                            _("Use it, or choose another directory."),
                        )
                    schema.upgrade(connection)
                    connection.execute("COMMIT")
                finally:
                    connection.close()
        finally:
            lock.close()
        return cls.open(directory)

    @classmethod
    def open(cls, directory: Path | str) -> Self:
        """The ledger in `directory`, brought to this program's format if it is older.

        Raises NotFound when there is none; IntegrityError when it is damaged, foreign or newer than this program, or
        when a second SQLite library is installed.
        """
        directory = Path(directory)
        connect.refuse_second_sqlite()
        with connect.translated():
            connection = connect.reader(directory / connect.DATABASE)
            ledger = cls(directory, connection)
            try:
                if schema.check(connection) < schema.VERSION:
                    ledger._migrate()
            except BaseException:
                ledger.close()
                raise
        return ledger

    def close(self) -> None:
        """Close all files. The last to close a store moves its write-ahead log into the database."""
        self._connection.close()
        if self._write_connection is not None:
            # Closing may take a checkpoint, so the lock is wanted. Whoever holds it now is connected too, and then ours
            # is not the last connection and takes none.
            if not self._lock.held:
                self._lock.try_acquire()
            self._write_connection.close()
            self._write_connection = None
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def write(self, clock: Clock, timeout: float = 30.0) -> Iterator[Writer]:
        """One transaction: everything appended inside the block is stored together when it ends without an error.

        Waits up to `timeout` seconds for other writers, then raises Busy. Raises OutcomeUnknown when the disk failed
        at the very moment of the commit; anything else that is raised means that nothing was stored.
        """
        from branchops.core.ledger.writer import Writer

        if os.getpid() != self._owner:
            raise RuntimeError("a ledger cannot be used in a process forked after it was opened; open it again")
        self._lock.acquire(timeout)
        try:
            connection = self._writing(timeout)
            with connect.translated():
                connection.execute("BEGIN IMMEDIATE")
            try:
                writer = Writer(connection, clock, self._commit)
                try:
                    yield writer
                    changed = writer.finish()
                finally:
                    writer.end()
            except BaseException:
                self._roll_back(connection)
                raise
            if changed:
                self._commit(connection)
            else:
                self._roll_back(connection)
        finally:
            self._lock.release()

    def inclusion_proof(self, pos: int, size: int | None = None) -> list[bytes]:
        """The RFC 6962 audit path of the event at `pos` in the tree of the first `size` events (default: all)."""
        from branchops.core.ledger import tree

        return tree.inclusion_proof(pos - 1, self._size(size), self._subtree)

    def consistency_proof(self, old: int, new: int | None = None) -> list[bytes]:
        """The RFC 6962 proof that the first `old` events are a prefix of the first `new` (default: all)."""
        from branchops.core.ledger import tree

        return tree.consistency_proof(old, self._size(new), self._subtree)

    def rebuild_keys(self, timeout: float = 30.0) -> int:
        """Derive the index of command keys from the events again. Returns the number of keys."""
        from branchops.core.ledger import keys

        self._lock.acquire(timeout)
        try:
            connection = self._writing(timeout)
            with connect.translated():
                connection.execute("BEGIN IMMEDIATE")
                try:
                    count = keys.rebuild(connection)
                except BaseException:
                    self._roll_back(connection)
                    raise
            self._commit(connection)
            return count
        finally:
            self._lock.release()

    def _size(self, wanted: int | None) -> int:
        size = self.head().size
        if wanted is None:
            return size
        if not 0 <= wanted <= size:
            raise ValueError("the ledger is not that large")
        return wanted

    def _subtree(self, low: int, high: int) -> bytes:
        from branchops.core.ledger import tree

        return tree.root(self.leaves(low, high))

    def _writing(self, timeout: float) -> sqlite3.Connection:
        with connect.translated():
            if self._write_connection is None:
                self._write_connection = connect.writer(self._path)
                self._wait = -1
                self._touched = os.stat(self._path).st_mtime_ns
            wait = max(0, int(timeout * 1000))
            if wait != self._wait:
                self._write_connection.execute(f"PRAGMA busy_timeout = {wait}")
                self._wait = wait
        return self._write_connection

    def _migrate(self) -> None:
        self._lock.acquire(30.0)
        try:
            connection = self._writing(30.0)
            connection.execute("BEGIN IMMEDIATE")
            try:
                schema.upgrade(connection)
            except BaseException:
                self._roll_back(connection)
                raise
            self._commit(connection)
        finally:
            self._lock.release()

    def _roll_back(self, connection: sqlite3.Connection) -> None:
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        except sqlite3.Error:
            self._forget()

    def _forget(self) -> None:
        """Drop a connection that can no longer be trusted; the next write makes a new one."""
        if self._write_connection is not None:
            with suppress(sqlite3.Error):
                self._write_connection.close()
            self._write_connection = None

    def _commit(self, connection: sqlite3.Connection) -> None:
        try:
            connection.execute("COMMIT")
            self._checkpoint(connection)
        except sqlite3.Error as problem:
            self._roll_back(connection)
            self._forget()
            raise _unknown(str(problem)) from problem
        except BaseException as problem:
            if connection.in_transaction:  # interrupted before SQLite was asked
                self._roll_back(connection)
                raise
            raise _unknown(_("interrupted")) from problem

    def _checkpoint(self, connection: sqlite3.Connection) -> None:
        """Move a large write-ahead log into the database, without waiting for readers. The commit stands either way.

        Who commits often keeps the file and begins it again, for a commit into blocks that exist is quicker on disk by
        a third. That is due after as many commits as filled it, unless another process has done it since, which shows
        in the time of the database file: nothing but a checkpoint writes to it.
        """
        self._commits += 1
        try:
            size = os.stat(self._wal).st_size
            if size < self._patience and self._commits < self._due:
                return
            touched = os.stat(self._path).st_mtime_ns
        except OSError:
            return
        often = self._commits >= _OFTEN
        if touched != self._touched and self._touched and often:
            self._touched, self._commits, self._patience = touched, 0, size + CHECKPOINT_BYTES
            self._due = min(self._due, _LONGEST)
            return
        self._patience = size + CHECKPOINT_BYTES if often else CHECKPOINT_BYTES
        with suppress(sqlite3.Error):
            self._wait = -1
            connection.execute("PRAGMA busy_timeout = 0")
            blocked = connection.execute(f"PRAGMA wal_checkpoint({'RESTART' if often else 'TRUNCATE'})").fetchone()[0]
            if blocked:  # a reader still needs the log: let it grow by as much again before the next attempt
                self._patience = size + CHECKPOINT_BYTES
            self._due = min(max(self._commits, _SHORTEST), _LONGEST) if often else _LONGEST
            self._commits = 0
        with suppress(OSError):
            self._touched = os.stat(self._path).st_mtime_ns


def _unknown(reason: str) -> OutcomeUnknown:
    return OutcomeUnknown(
        _("It is not known whether the events were stored: {reason}.").format(reason=reason),
        _("Run the same command again with the same key or id; what was stored is not stored twice."),
    )

"""Reading events: the questions that a ledger answers, on any connection to it.

Invariant: events come in the order of their positions, exactly as stored, one at a time: no question holds more than
one event in memory, however large the ledger.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import starmap
from typing import TYPE_CHECKING, Any, NamedTuple

from branchops.core.errors import IntegrityError, NotFound
from branchops.core.ledger.connect import UNREADABLE, explain, translated
from branchops.core.ledger.event import Row, StoredEvent
from branchops.core.ledger.schema import COLUMNS
from branchops.core.output.messages import _

if TYPE_CHECKING:
    from branchops.core.ledger.tree import Frontier


class Head(NamedTuple):
    """How many events there are, and the RFC 6962 root over them (32 bytes)."""

    size: int
    root: bytes


class KeyRecord(NamedTuple):
    """What a command key was used for: the digest of what was asked, and the positions it led to (inclusive)."""

    key: str
    digest: str
    first: int
    last: int


class Reader:
    """Questions to one connection. Subclasses may override `_ready` to make pending work visible first."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def _ready(self) -> None:
        """Called before every question."""

    def _row(self, sql: str, *values: Any) -> Any:
        self._ready()
        with translated():
            return self._connection.execute(sql, values).fetchone()

    def head(self) -> Head:
        """Size and root as of now."""
        frontier = self._frontier()
        return Head(frontier.size, frontier.root())

    def size(self) -> int:
        """How many events there are, without looking at the tree."""
        top: int | None = self._row("SELECT max(pos) FROM events")[0]
        return top or 0

    def _frontier(self) -> Frontier:
        from branchops.core.ledger.tree import Frontier

        row = self._row("SELECT size, frontier, (SELECT max(pos) FROM events) FROM tree")
        try:
            size, packed, top = row
            return Frontier.from_bytes(size if size == (top or 0) else -1, packed)
        except (TypeError, ValueError) as problem:
            raise IntegrityError(
                _("The ledger's tree does not belong to its events."),
                _("Run `branchops verify --full`, and restore the newest backup that verifies."),
            ) from problem

    def read(self, **conditions: Any) -> Iterator[StoredEvent]:
        """Events by position; see `rows` for the conditions."""
        return starmap(StoredEvent, self.rows(**conditions))

    def rows(
        self,
        *,
        stream: str | None = None,
        types: str | Sequence[str] | None = None,
        after: int = 0,
        upto: int | None = None,
        since: str | None = None,
        until: str | None = None,
        actor: str | None = None,
        limit: int | None = None,
        newest_first: bool = False,
    ) -> Iterator[Row]:
        """Events by position, as plain tuples; all conditions together.

        `after` and `upto` are positions (after is exclusive, upto inclusive); `since` and `until` are stamps compared
        with `occurred_at` (since is inclusive, until exclusive). An empty `types` gives nothing.
        """
        where: list[tuple[str, Any]] = [("pos > ?", after)] if after else []
        optional = (("stream = ?", stream), ("pos <= ?", upto), ("actor = ?", actor))
        times = (("occurred_at >= ?", since), ("occurred_at < ?", until))
        where += [(condition, value) for condition, value in optional + times if value is not None]
        order = "version" if stream is not None else "pos"  # within a stream both rise together
        tail = f" ORDER BY {order}{' DESC' if newest_first else ''}" + (" LIMIT ?" if limit is not None else "")
        wanted: list[str | None] = [None]
        if types is not None:
            wanted = [types] if isinstance(types, str) else list(dict.fromkeys(types))
        if not wanted:
            return iter(())
        if stream is None and limit is None and not newest_first and self._many(wanted, after):
            marks = ", ".join("?" * len(wanted))
            sql = _select([condition for condition, _value in where] + [f"type IN ({marks})"], " NOT INDEXED") + tail
            return self._events(sql, [value for _condition, value in where] + wanted)
        parts: list[str] = []
        values: list[Any] = []
        for name in wanted:  # one ordered search per type, merged by SQLite: nothing is sorted
            both = where if name is None else [("type = ?", name), *where]
            parts.append(_select([condition for condition, _value in both]))
            values += [value for _condition, value in both]
        if limit is not None:
            values.append(max(limit, 0))
        return self._events(" UNION ALL ".join(parts) + tail, values)

    def _many(self, types: Sequence[str | None], after: int) -> bool:
        """Whether events of these types are so large a part of those after a position that all are best looked at."""
        if len(types) < 4 or (rest := self.size() - after) < 1000:
            return False
        marks = ", ".join("?" * len(types))
        sql = f"SELECT count(*) FROM events INDEXED BY events_type WHERE type IN ({marks}) AND pos > ?"  # noqa: S608
        count: int = self._row(sql, *types, after)[0]
        return count * 3 > rest

    def _events(self, sql: str, values: Sequence[Any]) -> Iterator[Row]:
        self._ready()
        with translated():
            cursor = self._connection.execute(sql, values)
        return _given(cursor)

    def get(self, which: str | int) -> StoredEvent:
        """The event with this id or at this position. Raises NotFound."""
        column = "pos" if isinstance(which, int) else "id"
        row = self._row(f"SELECT {COLUMNS} FROM events WHERE {column} = ?", which)  # noqa: S608
        if row is None:
            raise NotFound(
                _("No such event: {id}.").format(id=which), _("`branchops log` lists events with their ids.")
            )
        return StoredEvent(*row)

    def version(self, stream: str) -> int:
        """The version of the stream's last event; 0 when there is no such stream."""
        row = self._row("SELECT max(version) FROM events WHERE stream = ?", stream)
        return row[0] or 0

    def find_key(self, key: str) -> KeyRecord | None:
        """What the command key was used for, if it was."""
        row = self._row("SELECT key, digest, first, last FROM keys WHERE key = ?", key)
        return None if row is None else KeyRecord(*row)

    def leaves(self, low: int, high: int) -> Iterator[bytes]:
        """The stored leaf hashes at the tree's indexes [low, high)."""
        self._ready()
        with translated():
            sql = "SELECT leaf FROM events WHERE pos > ? AND pos <= ? ORDER BY pos"
            cursor = self._connection.execute(sql, (low, high))
            for (leaf,) in cursor:
                yield leaf


def _select(conditions: Sequence[str], how: str = "") -> str:
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {COLUMNS} FROM events{how}{where}"  # noqa: S608 - conditions are literals of this module


def _given(cursor: sqlite3.Cursor) -> Iterator[Row]:
    try:
        yield from cursor
    except UNREADABLE as problem:
        raise explain(problem) from problem
    finally:
        with suppress(sqlite3.ProgrammingError):  # its database was closed before the reader had come to the end
            cursor.close()

"""Many rows in, and many questions answered, by few statements.

Invariant: what comes of it is what a statement for each row would come to. SQLite begins and ends a statement once for
all of its rows, which takes less time than the rows themselves.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from branchops.core.ledger import keys
from branchops.core.ledger.connect import translated
from branchops.core.ledger.event import Row, StoredEvent
from branchops.core.ledger.reader import KeyRecord
from branchops.core.ledger.schema import COLUMNS, INSERT

_BLOCKS = (1024, 128, 16, 1)
"""Of few sizes, so that few statements are prepared and kept."""
_BOUND = 32_000
"""Values that SQLite takes in one statement (32,766 since 3.32)."""
_ASKED = 500


def insert(connection: sqlite3.Connection, sql: str, rows: Iterable[Sequence[Any]], conflict: str = "") -> None:
    """Insert rows; `sql` is the statement for one, up to and with its values, `conflict` what follows them."""
    rows = list(rows)
    head, _values, one = sql.partition(" VALUES ")
    at = 0
    for size in _BLOCKS:
        while len(rows) - at >= size:
            block = list(chain.from_iterable(rows[at : at + size]))
            if len(block) > _BOUND:
                break
            connection.execute(f"{head} VALUES {', '.join([one] * size)}{conflict}", block)
            at += size


def store(
    connection: sqlite3.Connection,
    rows: Sequence[Row],
    made: Sequence[tuple[str, str, int, int]],
    mark: tuple[int, bytes] | None = None,
) -> None:
    """Store events, keys and the tree's size and frontier, in the open transaction or in a new one."""
    with translated():
        if not connection.in_transaction:
            connection.execute("BEGIN IMMEDIATE")
        insert(connection, INSERT, rows)
        insert(connection, keys.INSERT, sorted(made), keys.CONFLICT)  # in the order in which the table lies
        if mark is not None:
            connection.execute("UPDATE tree SET size = ?, frontier = ?", mark)


def keys_in_use(connection: sqlite3.Connection, wanted: Sequence[str]) -> Iterator[KeyRecord]:
    """Those of the keys that are stored."""
    yield from (KeyRecord(*row) for row in _ask(connection, "SELECT key, digest, first, last FROM keys", "key", wanted))


def versions(connection: sqlite3.Connection, streams: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The versions of those of the streams that are stored."""
    sql = "SELECT stream, max(version) FROM events"
    yield from _ask(connection, sql, "stream", streams, " GROUP BY stream")


def events(connection: sqlite3.Connection, ids: Sequence[str]) -> Iterator[StoredEvent]:
    """Those of the events that are stored."""
    yield from (StoredEvent(*row) for row in _ask(connection, f"SELECT {COLUMNS} FROM events", "id", ids))  # noqa: S608


def _ask(connection: sqlite3.Connection, sql: str, column: str, wanted: Sequence[str], tail: str = "") -> Iterator[Any]:
    with translated():
        for at in range(0, len(wanted), _ASKED):
            block = wanted[at : at + _ASKED]
            marks = ", ".join("?" * len(block))
            yield from connection.execute(f"{sql} WHERE {column} IN ({marks}){tail}", block)

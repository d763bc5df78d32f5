"""The tables of ledger.db, and the steps from one version of them to the next.

Invariant: a ledger file carries BranchOps' application_id, a user_version not above `VERSION`, and exactly the
objects that `objects()` lists. Released steps never change; a new layout is a new step at the end.

`tree` (one row: size and frontier) and `keys` can be derived from `events`. The triggers are a guard rail for honest
code; whoever means harm drops them first, and `verify` is there for that.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from functools import cache

from branchops.core.errors import IntegrityError
from branchops.core.output.messages import _

APPLICATION_ID = 0x42724F70
VERSION = 2

COLUMNS = "pos, id, stream, version, type, schema, occurred_at, recorded_at, actor, body, leaf"
INSERT = f"INSERT INTO events ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - literals only

Step = tuple[str, ...]

STEPS: Mapping[int, Step] = {
    0: (
        """CREATE TABLE events (
  pos INTEGER PRIMARY KEY CHECK (pos > 0),
  id TEXT NOT NULL,
  stream TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  type TEXT NOT NULL,
  schema INTEGER NOT NULL,
  occurred_at TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  body BLOB NOT NULL,
  leaf BLOB NOT NULL CHECK (length(leaf) = 32)
) STRICT""",
        "CREATE UNIQUE INDEX events_id ON events (id)",
        "CREATE UNIQUE INDEX events_stream ON events (stream, version)",
        "CREATE INDEX events_type ON events (type, pos)",
        """CREATE TRIGGER events_no_update BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END""",
        """CREATE TRIGGER events_no_delete BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END""",
        """CREATE TRIGGER events_no_replace BEFORE INSERT ON events WHEN NEW.pos <= (SELECT max(pos) FROM events)
BEGIN SELECT RAISE(ABORT, 'events are never replaced'); END""",
        """CREATE TABLE tree (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  size INTEGER NOT NULL,
  frontier BLOB NOT NULL
) STRICT""",
        "INSERT INTO tree (one, size, frontier) VALUES (1, 0, x'')",
        """CREATE TABLE keys (
  key TEXT PRIMARY KEY,
  digest TEXT NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL CHECK (last >= first)
) STRICT, WITHOUT ROWID""",
    ),
    # It cost a quarter of the time in which SQLite takes in many rows, and our own connections have recursive_triggers
    # on, so that REPLACE meets the trigger on deletion.
    1: ("DROP TRIGGER events_no_replace",),
}
"""Step n leads from user_version n to n + 1; step 0 makes a new ledger."""


def check(connection: sqlite3.Connection, version: int = VERSION) -> int:
    """The user_version of an open ledger file. Raises IntegrityError for foreign files and for newer ledgers."""
    found = connection.execute("PRAGMA application_id").fetchone()[0]
    if found != APPLICATION_ID:
        raise IntegrityError(
            _("This file is not a BranchOps ledger."),
            _("Check the store directory; a new store is made by `branchops init`."),
        )
    actual: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if actual > version:
        raise IntegrityError(
            _("The ledger has format {actual}; this program knows formats up to {known}.").format(
                actual=actual, known=version
            ),
            _("Upgrade BranchOps on this machine; the ledger itself was not touched."),
            actual=actual,
            known=version,
        )
    return actual


def upgrade(connection: sqlite3.Connection, steps: Mapping[int, Step] = STEPS, version: int = VERSION) -> None:
    """Bring the file to `version` in the caller's transaction. Raises IntegrityError when a step is missing."""
    current: int = connection.execute("PRAGMA user_version").fetchone()[0]
    while current < version:
        if current not in steps:
            raise IntegrityError(
                _("There is no way from ledger format {actual} to the next.").format(actual=current),
                _("Open the ledger once with the release before this one."),
            )
        for statement in steps[current]:
            connection.execute(statement)
        current += 1
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {current}")


def objects(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Every table, index and trigger of the file as (name, kind, SQL), by name. Statistics tables are left out."""
    rows = connection.execute("SELECT name, type, coalesce(sql, ''), tbl_name FROM sqlite_schema").fetchall()
    return sorted((str(row[0]), f"{row[1]} on {row[3]}", str(row[2])) for row in rows if row[0] != "sqlite_stat1")


@cache
def expected_objects() -> tuple[tuple[str, str, str], ...]:
    """What `objects` gives for an untouched ledger of this version."""
    memory = sqlite3.connect(":memory:", isolation_level=None)
    try:
        upgrade(memory)
        return tuple(objects(memory))
    finally:
        memory.close()

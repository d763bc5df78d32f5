"""Whatever single bit of ledger.db is turned: if it changes any content, verification says so and names the place.

BRANCHOPS_FLIPS says how many bits are turned (default 300). Content is everything a reader of the file could see: the
rows of all tables with their storage classes, what the indexes lead to, the schema and the file's marks.
"""

from __future__ import annotations

import os
import random
import sqlite3
from pathlib import Path
from typing import Any

from branchops.core.ledger.ledger import Ledger
from branchops.core.ledger.verify import verify

FLIPS = int(os.environ.get("BRANCHOPS_FLIPS", "300"))
COLUMNS = ("pos", "id", "stream", "version", "type", "schema", "occurred_at", "recorded_at", "actor", "body", "leaf")
EVENTS = "SELECT " + ", ".join(f"typeof({name}), {name}" for name in COLUMNS) + " FROM events NOT INDEXED ORDER BY pos"
QUESTIONS = (
    "PRAGMA application_id",
    "PRAGMA user_version",
    "PRAGMA encoding",
    "SELECT type, name, tbl_name, sql FROM sqlite_schema",
    "SELECT typeof(one), one, typeof(size), size, typeof(frontier), frontier FROM tree",
    "SELECT typeof(key), key, typeof(digest), digest, first, last FROM keys ORDER BY key",
    "SELECT id, pos FROM events INDEXED BY events_id ORDER BY id",
    "SELECT stream, version, pos FROM events INDEXED BY events_stream ORDER BY stream, version",
    "SELECT type, pos FROM events INDEXED BY events_type ORDER BY type, pos",
)


def dump(file: Path) -> tuple[list[Any], list[Any]]:
    """All rows of events as far as they can be read, and the answers to every other question."""
    connection = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
    connection.text_factory = bytes
    rows: list[Any] = []
    answers: list[Any] = []
    try:
        connection.execute("PRAGMA cell_size_check = ON")
        for row in connection.execute(EVENTS):
            rows.append(row)
    except (sqlite3.Error, OverflowError, UnicodeDecodeError):
        rows += after_error(connection, rows[-1][1] or 0 if rows else 0)
    for question in QUESTIONS:
        try:
            answers.append(connection.execute(question).fetchall())
        except (sqlite3.Error, OverflowError, UnicodeDecodeError) as problem:
            answers.append(str(problem))
    connection.close()
    return rows, answers


def after_error(connection: sqlite3.Connection, position: int) -> list[Any]:
    """A scan that fails swallows the row before the failing one: read on one by one to the row that cannot be read."""
    rows: list[Any] = []
    try:
        while True:
            sql = EVENTS.replace("ORDER", "WHERE pos > ? ORDER") + " LIMIT 1"
            row = connection.execute(sql, (position,)).fetchone()
            if row is None or type(row[1]) is not int or row[1] <= position:
                return rows
            rows.append(row)
            position = row[1]
    except (sqlite3.Error, OverflowError, UnicodeDecodeError) as problem:
        return [*rows, str(problem)]


def first_difference(before: list[Any], after: list[Any]) -> int:
    same = next((n for n, (old, new) in enumerate(zip(before, after, strict=False)) if old != new), None)
    return 1 + (min(len(before), len(after)) if same is None else same)


def test_every_flipped_bit_that_changes_content_is_found_where_it_is(tmp_path: Path, clock, event) -> None:
    seed = int(os.environ.get("BRANCHOPS_SEED", random.randrange(2**32)))
    chance = random.Random(seed)
    with Ledger.create(tmp_path / "store") as ledger:
        for n in range(60):
            meta = {"key": f"k{n}", "asked": f"d{n}"} if n % 5 == 0 else {"by": "李"}
            key = {"key": f"k{n}", "digest": f"d{n}"} if n % 5 == 0 else {}
            with ledger.write(clock) as writer:
                writer.append(f"s{n % 7}", [event(f"{'说明' * (n % 9)}{n}", kind=f"kind.{n % 3}", meta=meta)], **key)
    whole = bytearray((tmp_path / "store" / "ledger.db").read_bytes())
    rows, answers = dump(tmp_path / "store" / "ledger.db")
    assert len(rows) == 60
    (tmp_path / "flipped").mkdir()
    file = tmp_path / "flipped" / "ledger.db"
    missed, misplaced, changed, in_events = [], [], 0, 0
    for _flip in range(FLIPS):
        bit = chance.randrange(len(whole) * 8)
        whole[bit // 8] ^= 1 << bit % 8
        file.write_bytes(whole)
        whole[bit // 8] ^= 1 << bit % 8
        rows_now, answers_now = dump(file)
        for left in ("ledger.db-wal", "ledger.db-shm"):
            file.with_name(left).unlink(missing_ok=True)
        report = verify(file.parent, full=True)
        for left in ("ledger.db-wal", "ledger.db-shm"):
            file.with_name(left).unlink(missing_ok=True)
        if (rows_now, answers_now) == (rows, answers):
            continue
        changed += 1
        if report.ok:
            missed.append(bit)
        if rows_now != rows:
            in_events += 1
            where = first_difference(rows, rows_now)
            if report.first_bad != where:
                misplaced.append((bit, where, report.first_bad))
    print(f"seed {seed}: {FLIPS} flips, {changed} changed content, {in_events} of them events; missed {missed}")
    assert changed > FLIPS // 10
    assert (missed, misplaced) == ([], []), f"seed {seed}"

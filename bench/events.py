"""The ledger in process, against the same rows written with raw sqlite3 and against the eventsourcing library."""

from __future__ import annotations

import contextlib
import itertools
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.measure import Line, rounds
from branchops.core.clock import SystemClock, stamp
from branchops.core.ledger.event import NewEvent
from branchops.core.ledger.ledger import Ledger
from branchops.core.ledger.verify import verify

INSERT = "INSERT INTO events VALUES (?,?,?,?,?,?,?,?,?,?,?)"


def sample(number: int) -> NewEvent:
    """An event of the size of a complaint's receipt."""
    data = {
        "channel": "letter",
        "gist": f"The fee on statement {number} was charged twice",
        "taker": "li",
        "kind": "complaint",
    }
    return NewEvent("complaints.received", data, {"outlet": "0301", "policy": 0}, stamp(SystemClock().now()), "li")


def lines(folder: Path, *, quick: bool, large: bool) -> Iterator[Line]:
    """Batch append, one durable append, verify."""
    _ = large
    count = 4_000 if quick else 20_000
    numbers = itertools.count()
    events = [sample(i) for i in range(count)]

    def append() -> Path:
        path = folder / f"batch-{next(numbers)}"
        with Ledger.create(path) as ledger, ledger.write(SystemClock()) as writer:
            for i, event in enumerate(events):
                writer.append(f"C-{i}", (event,), 0)
        return path

    made = append()
    rows = _rows(made)
    found = rounds(
        {"ours": append, "raw": lambda: _raw_batch(folder / f"raw-{next(numbers)}.db", made, rows)}, 3 if quick else 5
    )
    detail = f"{count / found['ours']:,.0f}/s vs {count / found['raw']:,.0f}/s"
    what = "batch append, canonical form, leaf and tree"
    yield Line(what, "executemany", found["raw"] / found["ours"], 0.4, 0.6, False, detail)
    yield _single(folder, quick)
    yield _verify(made, count, quick)
    with contextlib.suppress(ImportError):
        yield _library(folder, count // 4, quick)


def _rows(path: Path) -> list[tuple[Any, ...]]:
    with contextlib.closing(sqlite3.connect(path / "ledger.db")) as db:
        return db.execute("SELECT * FROM events").fetchall()


def _raw(path: Path, like: Path) -> sqlite3.Connection:
    """An empty database with the ledger's own table and pragmas."""
    with contextlib.closing(sqlite3.connect(like / "ledger.db")) as source:
        ddl = [
            sql
            for (sql,) in source.execute(
                "SELECT sql FROM sqlite_schema WHERE type IN ('table','index') AND sql > '' AND tbl_name = 'events'"
            )
        ]
    db = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=0"):
        db.execute(f"PRAGMA {pragma}")
    for sql in ddl:
        db.execute(sql)
    return db


def _raw_batch(path: Path, like: Path, rows: list[tuple[Any, ...]]) -> None:
    with contextlib.closing(_raw(path, like)) as db:
        db.execute("BEGIN IMMEDIATE")
        db.executemany(INSERT, rows)
        db.execute("COMMIT")


def _single(folder: Path, quick: bool) -> Line:
    count = 100 if quick else 400
    path = folder / "single"
    ledger = Ledger.create(path)
    raw = _raw(folder / "single-raw.db", path)
    numbers = itertools.count(1)

    def ours() -> None:
        for _round in range(count):
            with ledger.write(SystemClock()) as writer:
                i = next(numbers)
                writer.append(f"C-{i}", (sample(i),), 0)

    spare = itertools.count(1)
    body, leaf = b'{"data":{},"meta":{}}' + b" " * 120, b"0" * 32

    def theirs() -> None:
        for _round in range(count):
            i = next(spare)
            now = stamp(SystemClock().now())
            raw.execute("BEGIN IMMEDIATE")
            raw.execute(
                INSERT, (i, os.urandom(16).hex(), f"C-{i}", 1, "complaints.received", 1, now, now, "li", body, leaf)
            )
            raw.execute("COMMIT")

    found = rounds({"ours": ours, "raw": theirs}, 3)
    ledger.close()
    raw.close()
    detail = f"{found['ours'] / count * 1000:.2f} ms vs {found['raw'] / count * 1000:.2f} ms"
    return Line(
        "one durable append in process", "one-row commit", found["raw"] / found["ours"], 0.7, 0.85, False, detail
    )


def _verify(path: Path, count: int, quick: bool) -> Line:
    def scan() -> None:
        with contextlib.closing(sqlite3.connect(path / "ledger.db")) as db:
            for _row in db.execute("SELECT * FROM events"):
                pass

    found = rounds({"verify": lambda: verify(path), "scan": scan}, 3 if quick else 5)
    detail = f"{count / found['verify']:,.0f} events/s"
    return Line("verify", "raw scan of all columns", found["scan"] / found["verify"], 0.35, 0.5, False, detail)


def _library(folder: Path, count: int, quick: bool) -> Line:
    """The same number of one-event aggregates saved with the eventsourcing library on SQLite."""
    from eventsourcing.application import Application
    from eventsourcing.domain import Aggregate, event

    class Complaint(Aggregate):
        @event("Received")
        def __init__(self, channel: str, gist: str, taker: str) -> None:
            self.channel, self.gist, self.taker = channel, gist, taker

    numbers = itertools.count()

    def theirs() -> None:
        path = folder / f"library-{next(numbers)}.db"
        app: Any = Application(env={"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)})
        app.save(*[Complaint("letter", f"The fee on statement {i} was charged twice", "li") for i in range(count)])
        app.close()

    def ours() -> None:
        with Ledger.create(folder / f"vs-library-{next(numbers)}") as ledger, ledger.write(SystemClock()) as writer:
            for i in range(count):
                writer.append(f"C-{i}", (sample(i),), 0)

    found = rounds({"ours": ours, "theirs": theirs}, 2 if quick else 3)
    return Line(
        "batch append", "eventsourcing library", found["theirs"] / found["ours"], 1.0, 2.0, False, f"{count} events"
    )

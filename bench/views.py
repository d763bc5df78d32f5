"""Rebuilding read models, against a raw scan of the events."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Line, rounds
from bench.stores import played


def lines(folder: Path, *, quick: bool, large: bool) -> Iterator[Line]:
    """All views of a store of complaints, forgotten and folded anew."""
    _ = large
    count = 5_000 if quick else 20_000
    branch = played(folder / "views", count)
    view = branch.registry.view("complaints.case")
    total = branch.ledger.head().size

    def rebuild() -> None:
        branch.models.forget(view)
        branch.models.catch_up((view,), branch.source())

    def scan() -> None:
        with contextlib.closing(sqlite3.connect(folder / "views" / "ledger.db")) as db:
            for _row in db.execute("SELECT * FROM events"):
                pass

    found = rounds({"ours": rebuild, "scan": scan}, 2 if quick else 9)
    branch.close()
    detail = f"{total / found['ours']:,.0f} events/s"
    yield Line("rebuild a view", "raw scan", found["scan"] / found["ours"], 0.1, 0.25, False, detail)

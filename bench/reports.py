"""What a report takes when there are ten times the complaints: whole commands, the same period."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from bench.measure import Line, rounds
from bench.stores import played

RECENT = 200


def lines(folder: Path, *, quick: bool, large: bool) -> Iterator[Line]:
    """Statistics over all complaints; gaps and the register of a month that has the same lines in both stores."""
    _ = large
    small = 1_000 if quick else 5_000
    stores = {"small": (folder / "reports-small", small), "big": (folder / "reports-big", small * 10)}
    for path, complaints in stores.values():
        played(path, complaints * 2, recent=RECENT).close()
    today = date.today()
    month = f"{today:%Y-%m}"
    detail = f"{small * 10:,} against {small:,} complaints"
    for name, argv in {
        "time of statistics over everything": ["report", "complaint-statistics"],
        "time of statistics of a month": ["complaints", "stats", month],
        "time of what a month's registers lack": ["complaints", "gaps", month],
        "time of a month's opinion register": ["complaints", "register", month],
        "time of a list of what is open": ["complaints", "list"],
    }.items():
        found = rounds({size: partial(_run, path, argv) for size, (path, _n) in stores.items()}, 3 if quick else 7)
        yield Line(name, "the small store", found["big"] / found["small"], 1.5, 1.1, True, detail)


def _run(store: Path, argv: list[str]) -> None:
    command = [sys.executable, "-m", "branchops", "--store", str(store), *argv]
    subprocess.run(command, check=True, capture_output=True)

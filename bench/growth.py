"""What must not grow with the ledger: the time of a report, of what is owed, the memory of verify and rebuild."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Line, rounds
from bench.stores import played


def lines(folder: Path, *, quick: bool, large: bool) -> Iterator[Line]:
    """A small store against one a hundred times (with --large) or ten times as big."""
    small_size = 2_000 if quick else 10_000
    big_size = 1_000_000 if large else small_size * 10
    small, big = folder / "small", folder / "big"
    played(small, small_size).close()
    played(big, big_size).close()
    detail = f"{big_size:,} against {small_size:,} events"
    for name, argv in {
        "memory of verify": ["verify", "--json"],
        "memory of rebuild": ["rebuild", "--json"],
        "memory of export": ["export", "jsonl", "--out", os.devnull],
    }.items():
        ratio = _peak(big, argv) / _peak(small, argv)
        yield Line(name, "the small store", ratio, 1.5, 1.1, True, detail)
    for name, argv in {
        "time of a list report": ["complaints", "list", "--limit", "20", "--json"],
        "time of what is owed about one case": ["complaints", "show", "1", "--json"],
        "time of what is overdue at the counter": ["counter", "alarms", "--json"],
    }.items():
        yield Line(name, "the small store", _growth(small, big, argv), 1.5, 1.1, True, detail)
    # All cases are open: whatever is listed, every one of them is asked what it makes somebody owe.
    due = _growth(small, big, ["due", "--limit", "20", "--json"])
    cases = big_size / small_size
    yield Line(
        "time of due per open case", "the small store", due / cases, 1.0, 0.6, True, f"{detail}, {due:.1f} in all"
    )


def _growth(small: Path, big: Path, argv: list[str]) -> float:
    """How many times longer a command takes in the big store than in the small one; views are caught up before."""
    taken = rounds({"small": lambda: _run(small, argv), "big": lambda: _run(big, argv)}, 5)
    return taken["big"] / taken["small"]


def _peak(store: Path, argv: list[str]) -> int:
    """Peak resident memory of a command in KiB."""
    script = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL,"
        " stderr=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [sys.executable, "-c", script, sys.executable, "-m", "branchops", "--store", str(store), *argv]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _run(store: Path, argv: list[str]) -> None:
    command = [sys.executable, "-m", "branchops", "--store", str(store), *argv]
    subprocess.run(command, check=True, capture_output=True)

"""What must not grow with the ledger: the time of a report, the memory of verify and rebuild."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Line
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
    argv = ["complaints", "list", "--limit", "20", "--json"]
    _peak(small, argv), _peak(big, argv)
    yield Line(
        "time of a list report", "the small store", _time(big, argv) / _time(small, argv), 1.5, 1.1, True, detail
    )


def _time(store: Path, argv: list[str]) -> float:
    taken = []
    for _round in range(5):
        began = time.perf_counter()
        _run(store, argv)
        taken.append(time.perf_counter() - began)
    return sorted(taken)[2]


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

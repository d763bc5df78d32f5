"""Eight processes appending at once, against one."""

from __future__ import annotations

import itertools
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Line
from branchops.core.ledger.ledger import Ledger

WRITER = """
import sys
from pathlib import Path
from bench.events import sample
from branchops.core.clock import SystemClock
from branchops.core.ledger.ledger import Ledger
name, count = sys.argv[2], int(sys.argv[3])
with Ledger.open(Path(sys.argv[1])) as ledger:
    def append(i):
        with ledger.write(SystemClock()) as writer:
            writer.append(f"{name}-{i}", (sample(i),), 0)
    append(count)  # a warm-up, as everywhere
    print("ready", flush=True)
    sys.stdin.readline()
    for i in range(count):
        append(i)
    print("done", flush=True)
"""


def lines(folder: Path, *, quick: bool, large: bool) -> Iterator[Line]:
    """Total durable commits a second."""
    _ = large
    total = 400 if quick else 6400  # enough that starting eight processes up does not count
    numbers = itertools.count()
    rates: dict[int, list[float]] = {1: [], 8: []}
    for _round in range(1 if quick else 5):
        for writers, taken in rates.items():
            taken.append(_rate(folder / f"writers-{next(numbers)}", writers, total))
    alone, together = (statistics.median(taken) for taken in rates.values())
    detail = f"{together:,.0f}/s vs {alone:,.0f}/s"
    yield Line("8 writers together, commits per second", "1 writer", together / alone, 0.85, 1.0, False, detail)


def _rate(path: Path, writers: int, total: int) -> float:
    Ledger.create(path).close()
    argv = [sys.executable, "-c", WRITER, str(path)]
    running = [
        subprocess.Popen(
            [*argv, f"w{n}", str(total // writers)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for n in range(writers)
    ]
    _told(running)
    began = time.perf_counter()
    for process in running:  # all at once: nobody waits for anybody's end
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    _told(running)
    taken = time.perf_counter() - began
    for process in running:
        process.communicate()
    if any(process.returncode for process in running):
        raise SystemExit("a writer failed")
    with Ledger.open(path) as ledger:
        if ledger.head().size != (total // writers + 1) * writers:
            raise SystemExit("events are missing")
    return total / taken


def _told(running: list[subprocess.Popen[str]]) -> None:
    """Wait for a line of each."""
    for process in running:
        assert process.stdout is not None
        process.stdout.readline()

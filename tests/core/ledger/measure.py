"""Prints the ledger's costs as ratios against raw sqlite3, best of several rounds: `python measure.py [rounds]`."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from branchops.core.clock import SystemClock, stamp
from branchops.core.ledger import connect, schema
from branchops.core.ledger.event import NewEvent
from branchops.core.ledger.ledger import Ledger
from branchops.core.ledger.verify import verify

CLOCK = SystemClock()
COUNT = 20_000


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def events(count: int, text: str) -> list[NewEvent]:
    """Events of about 300 bytes of body, as a complaint's might be."""
    now = stamp(CLOCK.now())
    return [
        NewEvent(
            "complaints.received",
            {
                "channel": "phone",
                "amount": f"{n}.50",
                "about": f"{text} {n}",
                "product": "card",
                "received": now,
                "n": n,
            },
            {"by": "li", "terminal": "T-04", "verdicts": [], "policy": "2026-11-01"},
            now,
            "li",
        )
        for n in range(count)
    ]


def raw_store(directory: Path) -> sqlite3.Connection:
    """A plain database with the identical tables, indexes, triggers and pragmas."""
    Ledger.create(directory).close()
    return connect.writer(directory / connect.DATABASE)


def batch(work: Path, text: str, round_: int) -> tuple[float, float, float, float]:
    made = events(COUNT, text)
    with Ledger.create(work / f"ledger{round_}") as ledger:

        def append() -> None:
            with ledger.write(CLOCK) as writer:
                writer.append("complaints:C-2026", made)

        ours = timed(append)
        rows = [tuple(getattr(e, name) for name in e.__struct_fields__) for e in ledger.read()]
    raw = raw_store(work / f"raw{round_}")

    def execute() -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany(schema.INSERT, rows)
        raw.execute("COMMIT")

    theirs = timed(execute)
    scan_sql = f"SELECT {schema.COLUMNS} FROM events"

    def scan() -> int:
        return sum(1 for _row in raw.execute(scan_sql))

    scanned = min(timed(scan) for _ in range(3))
    verified = min(timed(lambda: verify(work / f"ledger{round_}")) for _ in range(2))
    raw.close()
    return ours, theirs, verified, scanned


def single(work: Path, round_: int, count: int = 300) -> tuple[float, float]:
    made = events(count, "x" * 100)
    with Ledger.create(work / f"one{round_}") as ledger:

        def append() -> None:
            for n, event in enumerate(made):
                with ledger.write(CLOCK) as writer:
                    writer.append(f"s{n}", [event])

        ours = timed(append)
        rows = [tuple(getattr(e, name) for name in e.__struct_fields__) for e in ledger.read()]
    raw = raw_store(work / f"rawone{round_}")

    def execute() -> None:
        for row in rows:
            raw.execute("BEGIN IMMEDIATE")
            raw.execute(schema.INSERT, row)
            raw.execute("COMMIT")

    theirs = timed(execute)
    raw.close()
    return ours, theirs


WRITER = """
import sys, time
from branchops.core.clock import SystemClock
from branchops.core.ledger.ledger import Ledger
from branchops.core.ledger.event import NewEvent
directory, name, start, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4])
clock, n, worst = SystemClock(), 0, 0.0
with Ledger.open(directory) as ledger:
    time.sleep(max(0, start - time.time()))
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        before = time.monotonic()
        with ledger.write(clock) as writer:
            writer.append(name, [NewEvent("a.b", {"n": n}, {}, "2026-11-23T12:00:00.000000Z", "li")])
        worst = max(worst, time.monotonic() - before)
        n += 1
print(n, worst)
"""


def together(work: Path, writers: int, seconds: float = 3.0) -> tuple[float, float, float]:
    """Commits per second of all writers, the fewest by one of them, and the longest wait."""
    directory = work / f"many{writers}-{random.random()}"
    Ledger.create(directory).close()
    start = str(time.time() + 1.0)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(directory), f"w{n}", start, str(seconds)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(writers)
    ]
    said = [process.communicate()[0].split() for process in running]
    counts = [int(words[0]) for words in said]
    report = verify(directory, full=True)
    assert report.ok
    assert report.events == sum(counts)
    return sum(counts) / seconds, min(counts) / seconds, max(float(words[1]) for words in said)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory(dir=os.environ.get("BRANCHOPS_BENCH_DIR")) as name:
        work = Path(name)
        for label, text in (("ascii", "x" * 100), ("chinese", "客户对柜台等候时间过长提出意见" * 3)):
            rounds_of = [batch(work, text, round_ + 100 * len(label)) for round_ in range(rounds)]
            ours, theirs, verified, scanned = (min(column) for column in zip(*rounds_of, strict=True))
            each = 1e6 / COUNT
            print(
                f"batch {label}: {theirs / ours:.2f} (ours {ours * each:.1f} us, raw {theirs * each:.1f} us an event)"
            )
            print(
                f"verify {label}: {scanned / verified:.2f} (ours {verified * each:.1f}, scan {scanned * each:.1f} us)"
            )
        ours, theirs = (min(column) for column in zip(*(single(work, n) for n in range(rounds)), strict=True))
        print(f"one durable append: {theirs / ours:.2f} (ours {ours / 0.3:.3f} ms, raw {theirs / 0.3:.3f} ms)")
        one, eight = max(together(work, 1) for _ in range(2)), max(together(work, 8) for _ in range(2))
        print(f"8 writers / 1 writer: {eight[0] / one[0]:.2f} ({eight[0]:.0f} and {one[0]:.0f} commits/s, ", end="")
        print(f"fewest {eight[1]:.0f}/s, longest wait {eight[2]:.2f} s)")


if __name__ == "__main__":
    main()

"""A writer killed at any moment loses nothing that it was told is stored, and leaves nothing half done.

BRANCHOPS_KILLS says how many writers are killed (default 20).
"""

from __future__ import annotations

import os
import random
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from branchops.core.ledger.ledger import Ledger
from branchops.core.ledger.verify import verify

KILLS = int(os.environ.get("BRANCHOPS_KILLS", "20"))

WRITER = """
import itertools, os, sys
from branchops.core.clock import SystemClock
from branchops.core.ledger import ledger as module
from branchops.core.ledger.event import NewEvent
module.CHECKPOINT_BYTES = 300_000
ledger, name, size = module.Ledger.open(sys.argv[1]), sys.argv[2], int(sys.argv[3])
ledger._patience = 300_000
os.write(1, b"ready\\n")
for n in itertools.count():
    with ledger.write(SystemClock()) as writer:
        events = [NewEvent("a.b", {"text": "x" * 300}, {}, "2026-11-23T12:00:00.000000Z", "li", id=f"{name}-{n}-{i}")
                  for i in range(size)]
        writer.append(name, events[: size // 2 + 1])
        writer.append("all", events[size // 2 + 1 :])
    os.write(1, b"%d\\n" % n)
"""


def acknowledged(directory: Path, name: str, size: int, wait: float) -> int:
    """Start a writer, kill it after `wait` seconds of writing, and say how many transactions it had been told of."""
    command = [sys.executable, "-c", WRITER, str(directory), name, str(size)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        select.select([process.stdout], [], [], 30)
        time.sleep(wait)
        process.kill()
        said = process.stdout.read()
    assert said.startswith(b"ready\n"), said
    return said[: said.rindex(b"\n") + 1].count(b"\n") - 1  # an answer cut short was still given: count whole lines


@pytest.mark.skipif(sys.platform == "win32", reason="kill does not interrupt in the same way there")
def test_a_killed_writer_loses_no_acknowledged_event(tmp_path: Path) -> None:
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    print("seed", seed)
    Ledger.create(tmp_path).close()
    size_before, total = 0, 0
    for kill in range(KILLS):
        size = chance.choice([1, 1, 2, 40, 1500])
        told = acknowledged(tmp_path, f"w{kill}", size, chance.uniform(0, 0.08))
        total += told
        with Ledger.open(tmp_path) as ledger:
            stored = {event.id for event in ledger.read(after=size_before)}
            size_now = ledger.head().size
        whole, rest = divmod(size_now - size_before, size)
        assert rest == 0, "a transaction was stored in part"
        assert told <= whole <= told + 1
        assert stored == {f"w{kill}-{n}-{i}" for n in range(whole) for i in range(size)}
        size_before = size_now
    report = verify(tmp_path, full=True)
    assert (report.events, report.errors) == (size_before, 0)
    print(f"{KILLS} kills, {total} acknowledged transactions, {size_before} events, none lost")

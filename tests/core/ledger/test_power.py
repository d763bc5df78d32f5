"""Power that fails at any moment takes no event that was acknowledged, and leaves a ledger that verifies.

A writer commits one transaction at a time; after each acknowledgement its files are copied. What a disk may hold when
power fails before the next acknowledgement is put together from two copies, keeping to what was forced to disk in which
order: the log's header before its frames, the log before the database. Of all that was not forced, any 512 bytes may be
written or not, and the file may end anywhere. BRANCHOPS_POWER says how many failures are tried (default 200).
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from branchops.core.clock import SystemClock
from branchops.core.ledger.event import NewEvent
from branchops.core.ledger.ledger import Ledger
from branchops.core.ledger.verify import verify

FAILURES = int(os.environ.get("BRANCHOPS_POWER", "200"))
EACH = 4
"""Failures tried between two acknowledgements."""
ROUND = 60
"""Transactions before a new store is begun, so that copying stays cheap."""
SECTOR = 512
HEADER = 32

WRITER = """
import sys
from branchops.core.clock import SystemClock
from branchops.core.ledger import ledger as module
from branchops.core.ledger.event import NewEvent
module.CHECKPOINT_BYTES, module._OFTEN, module._SHORTEST = int(sys.argv[2]), int(sys.argv[3]), 6
with module.Ledger.create(sys.argv[1]) as ledger:
    ledger._patience = module.CHECKPOINT_BYTES
    print("ready", flush=True)
    for number, line in enumerate(sys.stdin):
        with ledger.write(SystemClock()) as writer:
            for i in range(int(line)):
                event = NewEvent("a.b", {"n": "x" * 300}, {}, "2026-11-23T12:00:00.000000Z", "li", id=f"{number}-{i}")
                writer.append(f"s{i % 3}", [event])
        print("done", flush=True)
"""


class Files(NamedTuple):
    """What a store's two files hold."""

    database: bytes
    log: bytes

    @classmethod
    def of(cls, store: Path) -> Files:
        wal = store / "ledger.db-wal"
        return cls((store / "ledger.db").read_bytes(), wal.read_bytes() if wal.exists() else b"")

    def put(self, store: Path) -> None:
        store.mkdir()
        (store / "ledger.db").write_bytes(self.database)
        (store / "ledger.db-wal").write_bytes(self.log)


def partly(old: bytes, new: bytes, chance: random.Random) -> bytes:
    """`old` on its way to `new`: some of the sectors that differ are written, and a longer file ends anywhere."""
    length = len(old) if len(new) <= len(old) else chance.randint(len(old), len(new))
    made = bytearray(old[:length].ljust(length, b"\0"))
    share = chance.choice((0.0, 0.5, 0.9, 1.0))
    for at in range(0, min(length, len(new)), SECTOR):
        if chance.random() < share:
            end = min(at + SECTOR, length, len(new))
            made[at:end] = new[at:end]
    return bytes(made)


def failed(before: Files, after: Files, chance: random.Random) -> Files:
    """What may be on disk when power fails after `before` was acknowledged and before `after` was."""
    moved = after.database != before.database  # the log was moved into the database once it was on disk
    if moved and after.log and chance.random() < 0.5:
        return Files(partly(before.database, after.database, chance), after.log)
    log = before.log
    if after.log[:HEADER] != log[:HEADER] and after.log:  # the log began again; its header is forced before its frames
        if chance.random() < 0.1:
            return Files(before.database, after.log[: chance.randint(0, HEADER)] + log[HEADER:])
        log = after.log[:HEADER] + log[HEADER:]
    return Files(before.database, partly(log, after.log or log, chance))


def test_power_that_fails_takes_no_acknowledged_event(tmp_path: Path) -> None:
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    print("seed", seed)
    tried, whole = 0, 0
    for part in range(-(-FAILURES // (EACH * ROUND))):
        store = tmp_path / f"store{part}"
        told: list[list[str]] = []
        command = [sys.executable, "-c", WRITER, str(store), str(chance.choice((30_000, 90_000))), str(part % 2 * 16)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdin is not None
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
            before = Files.of(store)
            for number in range(min(ROUND, -(-(FAILURES - tried) // EACH))):
                count = chance.choice((1, 1, 2, 5, 30))
                print(count, file=writer.stdin, flush=True)
                assert writer.stdout.readline() == "done\n"
                after, next_ids = Files.of(store), [f"{number}-{i}" for i in range(count)]
                for _failure in range(EACH):
                    whole += survived(tmp_path / f"after{tried}", failed(before, after, chance), told, next_ids)
                    tried += 1
                told.append(next_ids)
                before = after
            writer.stdin.close()
    assert tried >= FAILURES
    assert 0 < whole < tried, "some failures came before the transaction was on disk, some after"
    print(f"{tried} power failures, {whole} after the transaction was on disk, no acknowledged event lost")


def survived(store: Path, files: Files, told: list[list[str]], next_ids: list[str]) -> bool:
    """Check a store after a power failure: verifies, has all that was told and of the next all or nothing; goes on."""
    acknowledged = [name for names in told for name in names]
    files.put(store)
    report = verify(store, full=True)
    assert (report.errors, report.findings) == (0, []), f"after power failed: {report.findings}"
    with Ledger.open(store) as ledger:
        found = [event.id for event in ledger.read()]
        assert found in (acknowledged, acknowledged + next_ids)
        with ledger.write(SystemClock()) as writer:
            writer.append("later", [NewEvent("a.b", {}, {}, "2026-11-23T12:00:00.000000Z", "li")])
        assert ledger.head().size == len(found) + 1
    for left in store.iterdir():
        left.unlink()
    store.rmdir()
    return len(found) > len(acknowledged)

"""The writer lock, and many writers at once."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from branchops.core.errors import Busy
from branchops.core.ledger.ledger import Ledger
from branchops.core.ledger.lock import WriterLock
from branchops.core.ledger.verify import verify

WRITER = """
import sys
from branchops.core.clock import SystemClock
from branchops.core.ledger.event import NewEvent
from branchops.core.ledger.ledger import Ledger
directory, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
with Ledger.open(directory) as ledger:
    for n in range(count):
        with ledger.write(SystemClock()) as writer:
            for stream in (name, "shared"):
                event = NewEvent("a.b", {"w": name, "n": n}, {}, "2026-11-23T12:00:00.000000Z", "li")
                writer.append(stream, [event], writer.version(stream))
"""


def test_only_one_holds_the_lock_and_the_other_gets_it_after(tmp_path: Path) -> None:
    one, other = WriterLock(tmp_path / "lock"), WriterLock(tmp_path / "lock")
    one.acquire(0)
    with pytest.raises(RuntimeError, match="already held"):
        one.try_acquire()
    assert not other.try_acquire()
    start = time.monotonic()
    with pytest.raises(Busy) as caught:
        other.acquire(0.05)
    assert 0.05 <= time.monotonic() - start < 1
    assert caught.value.hint == "Try again, or allow a longer wait."
    timer = threading.Timer(0.05, one.release)
    timer.start()
    other.acquire(5)
    timer.join()
    assert not one.try_acquire()
    other.close()
    assert one.try_acquire()
    one.close()
    one.close()


def test_a_writer_that_waits_too_long_is_told_the_store_is_busy_and_stores_nothing(ledger, clock, event) -> None:
    with Ledger.open(ledger.directory) as other, other.write(clock) as writer:
        writer.append("s", [event(1)])
        with pytest.raises(Busy), ledger.write(clock, timeout=0.02):
            pytest.fail("two writers at once")
    with ledger.write(clock, timeout=0.02) as writer:
        assert writer.version("s") == 1


def test_eight_processes_appending_at_once_lose_nothing_and_see_no_busy_error(ledger: Ledger) -> None:
    count = 25
    command = [sys.executable, "-W", "error", "-c", WRITER, str(ledger.directory)]
    running = [subprocess.Popen([*command, f"w{n}", str(count)], stderr=subprocess.PIPE, text=True) for n in range(8)]
    assert [process.communicate()[1] for process in running] == [""] * 8
    events = list(ledger.read())
    for n in range(8):
        assert [e.data for e in events if e.stream == f"w{n}"] == [{"n": i, "w": f"w{n}"} for i in range(count)]
    assert ledger.version("shared") == 8 * count
    report = verify(ledger.directory, full=True)
    assert (report.events, [f for f in report.findings if f.severity == "error"]) == (16 * count, [])

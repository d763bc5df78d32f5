"""The writer lock: at most one process, and one thread of it, writes a ledger or takes a checkpoint at a time.

Invariant: the lock is held by an open file description and dies with it, so a killed process never leaves it behind.
The lock file is empty and separate from the database, because closing any handle on the database file itself would
drop SQLite's own locks on it.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from branchops.core.errors import Busy
from branchops.core.output.messages import _

_SHORTEST = 0.0002
_LONGEST = 0.016
"""Seconds between two knocks. Who knocks more often takes processor and cache from whoever is at work."""
TURN = 1.5 * _LONGEST
"""Seconds after which everybody who waits has knocked: for who gives the lock up only to let others have their turn."""


class WriterLock:
    """An advisory lock on one file. Not reentrant."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None
        self.held = False

    def acquire(self, timeout: float) -> None:
        """Wait up to `timeout` seconds. Raises Busy when others held the lock all that time."""
        if self.try_acquire():
            return
        deadline = time.monotonic() + timeout
        pause = _SHORTEST
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise Busy(
                    _("The store is busy: another process has been writing for {seconds} s.").format(
                        seconds=f"{timeout:g}"
                    ),
                    _("Try again, or allow a longer wait."),
                )
            # Random pauses keep several waiters from knocking in step.
            from random import random

            time.sleep(min(left, pause * (0.5 + random())))  # noqa: S311
            if self.try_acquire():
                return
            pause = min(pause * 2, _LONGEST)

    def try_acquire(self) -> bool:
        """Take the lock if it is free right now."""
        if self.held:
            raise RuntimeError("the writer lock is already held by this object")
        if self._handle is None:
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        self.held = _lock(self._handle)
        return self.held

    def release(self) -> None:
        """Give the lock up; without effect when it is not held."""
        if self.held and self._handle is not None:
            self.held = False
            _unlock(self._handle)

    def close(self) -> None:
        """Release and forget the file."""
        self.release()
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


try:
    import fcntl
except ImportError:  # Windows has no fcntl; its byte-range lock serves the same end
    import msvcrt

    def _lock(handle: int) -> bool:
        os.lseek(handle, 0, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined,unused-ignore]

else:

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)

"""Storing behind the caller's back: one thread, one job at a time, while the caller prepares the next.

Invariant: the connections a job works on are used by nobody else while it runs, because whoever wants one of them waits
for the job first. A job that failed is told to everybody who waits, until `finish`.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread, current_thread


class Behind:
    """The job in flight, if any."""

    def __init__(self) -> None:
        self._thread: Thread | None = None
        self._problem: BaseException | None = None

    def start(self, job: Callable[[], None]) -> None:
        """Begin a job when the one before is done. Raises what that one raised; then this one is not begun."""
        self.wait()
        self._thread = Thread(target=self._run, args=(job,), name="branchops-store")
        self._thread.start()

    def _run(self, job: Callable[[], None]) -> None:
        try:
            job()
        except BaseException as problem:  # told to whoever waits
            self._problem = problem

    def wait(self) -> None:
        """Return when no job runs; at once when called by the job itself. Raises what a job raised."""
        if self._thread is not None and self._thread is not current_thread():
            self._thread.join()
            self._thread = None
        if self._problem is not None and self._thread is None:
            raise self._problem

    def finish(self) -> None:
        """As `wait`, and what was raised is told for the last time."""
        try:
            self.wait()
        finally:
            self._problem = None

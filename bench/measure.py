"""Timing in interleaved rounds, and the line a ratio is printed on."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


def rounds(contestants: Mapping[str, Callable[[], object]], count: int) -> dict[str, float]:
    """The median wall time of each contestant in seconds; every round runs all of them once, after one warm-up."""
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(count + 1):
        for name, run in contestants.items():
            began = time.perf_counter()
            run()
            if number:
                times[name].append(time.perf_counter() - began)
    return {name: statistics.median(taken) for name, taken in times.items()}


@dataclass(frozen=True)
class Line:
    """One ratio. `most` means lower is better and `floor` is the most allowed; otherwise it is the least allowed."""

    what: str
    against: str
    ratio: float
    floor: float
    aim: float
    most: bool
    detail: str = ""

    @property
    def holds(self) -> bool:
        """Whether the floor is kept."""
        return self.ratio <= self.floor if self.most else self.ratio >= self.floor

    def shown(self) -> str:
        """The line as text."""
        word = "at most" if self.most else "at least"
        aimed = self.ratio <= self.aim if self.most else self.ratio >= self.aim
        mark = "aim" if aimed else "ok" if self.holds else "MISSED"
        return (
            f"{mark:>6}  {self.what:<52} {self.ratio:6.2f}  ({word} {self.floor:g}, aim {self.aim:g})"
            f"  vs {self.against}  {self.detail}"
        )

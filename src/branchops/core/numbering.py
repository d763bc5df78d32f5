"""The short names of records: `C-2026-0113`, counted per prefix and year without a gap."""

from __future__ import annotations

from collections.abc import Callable, Mapping


class Numbers:
    """Gives the next number of each prefix and year. `version` tells whether a stream exists (0: it does not).

    Invariant: numbers are gap-free, so the highest one taken is found by bisection. Beyond 9999 they get longer.
    """

    def __init__(self, version: Callable[[str], int]) -> None:
        self._version = version
        self._taken: dict[str, int] = {}

    def next(self, prefix: str, year: int) -> str:
        """A stream that does not exist yet."""
        stem = f"{prefix}-{year}-"
        if stem not in self._taken:
            self._taken[stem] = self._highest(stem)
        self._taken[stem] += 1
        return f"{stem}{self._taken[stem]:04d}"

    def _highest(self, stem: str) -> int:
        low, high = 0, 1
        while self._version(f"{stem}{high:04d}"):
            low, high = high, high * 2
        while high - low > 1:
            middle = (low + high) // 2
            if self._version(f"{stem}{middle:04d}"):
                low = middle
            else:
                high = middle
        return low

    def taken(self) -> Mapping[str, int]:
        """How far each stem has come: to go back to when a command is refused."""
        return dict(self._taken)

    def back_to(self, taken: Mapping[str, int]) -> None:
        """Gives up the numbers taken since."""
        self._taken = dict(taken)

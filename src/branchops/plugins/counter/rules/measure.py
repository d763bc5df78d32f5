"""Drawing samples and judging rates: pure arithmetic that anybody can repeat."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from branchops.api import enforces

Z95 = 1.959963984540054
PER_MILLE = Decimal("0.001")


@enforces("counter.review-work-done")
def draw(seed: str, population: Iterable[str], size: int) -> tuple[str, ...]:
    """A sample without replacement: the `size` units with the least SHA-256 of seed and unit, in order of name.

    The same seed, population (as a set) and size give the same sample on any machine. ValueError for a size below 1
    or above the population.
    """
    units = sorted(set(population))
    if not 1 <= size <= len(units):
        raise ValueError(f"a sample of {size} out of {len(units)}")
    ranked = sorted(units, key=lambda unit: hashlib.sha256(f"{seed}\x1f{unit}".encode()).digest())
    return tuple(sorted(ranked[:size]))


def wilson(hits: int, n: int) -> tuple[Decimal, Decimal] | None:
    """The 95 % Wilson score interval of a share, to three places; None without a denominator."""
    if n < 1:
        return None
    share = hits / n
    centre = share + Z95**2 / (2 * n)
    half = Z95 * math.sqrt(share * (1 - share) / n + Z95**2 / (4 * n**2))
    scale = 1 + Z95**2 / n
    low, high = max(0.0, (centre - half) / scale), min(1.0, (centre + half) / scale)
    return rounded(Decimal(low)), rounded(Decimal(high))


def rate(hits: int, n: int) -> Decimal | None:
    """A share to three places, half up; None without a denominator."""
    return rounded(Decimal(hits) / Decimal(n)) if n else None


def rounded(share: Decimal) -> Decimal:
    """To three places, half up."""
    return share.quantize(PER_MILLE, ROUND_HALF_UP)


def colour(share: Decimal | None, amber: Decimal, red: Decimal) -> str:
    """`green`, `amber` or `red` (at or above the threshold); `no data` without a share: nothing is not low."""
    if share is None:
        return "no data"
    return "red" if share >= red else "amber" if share >= amber else "green"


def weighted(marks: Mapping[str, Decimal], weights: Mapping[str, str]) -> Decimal:
    """The weighted mean of marks, to one place, half up. The marks have exactly the weights' headlines."""
    total = sum((Decimal(weight) for weight in weights.values()), Decimal(0))
    summed = sum((marks[name] * Decimal(weight) for name, weight in weights.items()), Decimal(0))
    return (summed / total).quantize(Decimal("0.1"), ROUND_HALF_UP)


def percentile(values: Sequence[int], share: int) -> int | None:
    """The nearest-rank percentile; None of nothing."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share / 100 * len(ordered)) - 1)] if ordered else None

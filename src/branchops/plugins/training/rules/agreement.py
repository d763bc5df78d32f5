"""Cohen's kappa: how far two observers agree beyond what chance would give them. (Cohen 1960.)"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

import msgspec


class Agreement(msgspec.Struct, frozen=True):
    """`n` pairs of marks, the share of equal ones, and kappa; both None without pairs, kappa None when chance alone
    makes the two agree (all marks are the same), for then it is not defined."""

    n: int
    equal: Decimal | None
    kappa: Decimal | None


def cohen(pairs: Iterable[tuple[object, object]]) -> Agreement:
    """The agreement over pairs of marks, rounded to two places."""
    marks = list(pairs)
    n = len(marks)
    if not n:
        return Agreement(0, None, None)
    same = Decimal(sum(a == b for a, b in marks)) / n
    first, second = Counter(a for a, _ in marks), Counter(b for _, b in marks)
    chance = sum((Decimal(first[mark] * second[mark]) for mark in first), Decimal(0)) / (n * n)
    kappa = None if chance == 1 else ((same - chance) / (1 - chance)).quantize(Decimal("0.01"))
    return Agreement(n, same.quantize(Decimal("0.01")), kappa)

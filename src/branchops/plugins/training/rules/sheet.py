"""The observation sheet: items with anchors, what may not apply and why, and what a sheet comes to.

Invariant: an item that does not apply counts neither for nor against; a share is always told with the number of items
it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from branchops.api import language, pick
from branchops.plugins.training.events.conduct import Score


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One item: 0 to `most` points, each with an anchor. A `hard` item that gets 0 breaks its rule. `na` are the codes
    of reasons for which it may not apply."""

    code: str
    en: str
    zh: str
    rules: tuple[str, ...]
    most: int = 2
    hard: bool = False
    na: tuple[str, ...] = ("not-occurred",)
    anchors_en: tuple[str, ...] = ()
    anchors_zh: tuple[str, ...] = ()
    note_en: str = ""
    note_zh: str = ""

    @property
    def title(self) -> str:
        """The item in the language of the output."""
        return pick(self.en, self.zh)

    def anchor(self, points: int) -> str:
        """What so many points mean, in the language of the output."""
        anchors = self.anchors_zh if language() == "zh" else self.anchors_en
        return anchors[points] if 0 <= points < len(anchors) else ""


def items(rows: Iterable[Mapping[str, Any]]) -> dict[str, Item]:
    """The items of a pack's `[[checklist]]` rows by code."""
    return {item.code: item for item in msgspec.convert(list(rows), tuple[Item, ...])}


class Tally(msgspec.Struct, frozen=True):
    """What sheets come to: `points` of `most` over `n` items that applied; `share` in percent, None without any."""

    n: int
    points: int
    most: int

    @property
    def share(self) -> Decimal | None:
        """Percent of the points to be had, to one place."""
        return (Decimal(100 * self.points) / self.most).quantize(Decimal("0.1")) if self.most else None


def tally(scores: Iterable[Score], book: Mapping[str, Item]) -> Tally:
    """Adds up the items that applied and are (still) on the sheet."""
    n = points = most = 0
    for score in scores:
        item = book.get(score.item)
        if item is not None and score.points is not None:
            n, points, most = n + 1, points + score.points, most + item.most
    return Tally(n, points, most)

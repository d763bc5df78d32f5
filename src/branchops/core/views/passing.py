"""One pass over the events that folds them into views: what catching up and rebuilding have in common.

Invariant: after `flush` the tables hold what folding the events one by one would have made of them. At most about
`HELD` rows are in memory, however many the tables have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from branchops.core.rulebook.record import Recorded
from branchops.core.views.table import View

HELD = 2_000
"""So many rows, of all views together, are kept in memory before they are written; then the older half is let go."""

_UNREAD = object()
_EVERY = 255  # after how many events (a mask) the rows in memory are counted


class Models(Protocol):
    """The tables that a pass reads rows from and writes them to."""

    def get(self, view: View, key: str) -> Any: ...
    def store(self, view: View, rows: Mapping[str, Any]) -> None: ...


class Folding:
    """The rows of one view while a pass goes on. Events up to `pos` are in the table; at 0 the table is empty."""

    __slots__ = ("_changed", "_empty", "_folds", "_models", "_opens", "_rows", "pos", "take", "view")

    def __init__(self, models: Models, view: View, pos: int) -> None:
        self.view = view
        self.pos = pos
        self._models = models
        self._empty = pos == 0
        self._opens, self._folds = view.opens, view.folds
        self._rows: dict[str, Any] = {}
        self._changed: dict[str, Any] = {}
        self.take = self._by_stream if view.key is None else self._by_keys

    def __len__(self) -> int:
        return len(self._rows)

    def _by_stream(self, event: Recorded) -> None:
        key = event.stream
        row = self._rows.get(key, _UNREAD)
        if row is _UNREAD:  # no row of a stream before its first event
            row = None if self._empty or event.version == 1 else self._models.get(self.view, key)
            self._rows[key] = row
        if row is None:
            opens = self._opens.get(event.type)
            new = opens(event) if opens else None
        else:
            folds = self._folds.get(event.type)
            new = folds(row, event) if folds else row
        if new is not row:
            self._rows[key] = self._changed[key] = new

    def _by_keys(self, event: Recorded) -> None:
        for key in self.view.keys(event):
            row = self._rows.get(key, _UNREAD)
            if row is _UNREAD:
                row = self._rows[key] = None if self._empty else self._models.get(self.view, key)
            new = self.view.apply(row, event)
            if new is not row:
                self._rows[key] = self._changed[key] = new

    def flush(self, keep: bool = False) -> None:
        """Write what changed. `keep` holds on to the newer half of the rows, which the next events are likely about."""
        if self._changed:
            self._models.store(self.view, self._changed)
            self._empty = False
            self._changed = {}
        rows = list(self._rows.items())
        self._rows = dict(rows[len(rows) // 2 :]) if keep else {}


def fold(foldings: Iterable[Folding], events: Iterable[Recorded], voids: Mapping[str, int]) -> None:
    """Fold events, those of `voids` left out, into views; the changed rows are written as it goes and at the end."""
    chosen = list(foldings)
    by_type: dict[str, list[Folding]] = {}
    for folding in chosen:
        for name in folding.view.types:
            by_type.setdefault(name, []).append(folding)
    count = 0
    for event in events:
        if voids and event.id in voids:
            continue
        pos = event.pos
        for folding in by_type[event.type]:
            if pos > folding.pos:
                folding.take(event)
        count += 1
        if not count & _EVERY and sum(map(len, chosen)) > HELD:
            for folding in chosen:
                folding.flush(keep=True)
    for folding in chosen:
        folding.flush()

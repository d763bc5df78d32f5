"""What judging sees: views as they stood when the lock was taken, plus what the transaction has folded since.

Invariant: whatever is asked, the answer counts every entry of `done` and `judged` that stands; after `take_back`, those
of the present command never were.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from branchops.core.memo import Memo
from branchops.core.rulebook.record import Recorded
from branchops.core.rulebook.rule import Ask
from branchops.core.striking import Struck
from branchops.core.views.catchup import Working
from branchops.core.views.table import Open, View, row_key

if TYPE_CHECKING:
    from branchops.core.branch import Branch
    from branchops.core.ledger.writer import Writer


class Sight:
    """The views in play in one transaction.

    `base` is the ledger's size that the tables may be caught up to, `done` what was appended since, `judged` what is
    judged of the present command.
    """

    def __init__(self, branch: Branch, writer: Writer) -> None:
        self._branch = branch
        self._writer = writer
        self.base = writer.size()
        self.done: list[Recorded] = []
        self.judged: list[Recorded] = []
        self._working = Working(branch.models)
        self._views: dict[str, View] = {}
        self._struck = Struck(branch.source(writer).events)
        self._undo: list[tuple[View, str, Any]] = []
        self._folding = Memo(self._folded_by)

    @property
    def next(self) -> int:
        """The position that the next entry will have."""
        return self.base + len(self.done) + len(self.judged) + 1

    def play(self, name: str) -> View:
        """Brings a view into play: caught up to where the lock was taken, then with this transaction's own events."""
        view = self._views.get(name)
        if view is None:
            view = self._branch.registry.view(name)
            self._branch.models.catch_up((view,), self._branch.source(self._writer, self.base))
            self._views[name] = view
            self._folding.clear()
            for event in (*self.done, *self.judged):
                self._working.apply(view, event)
            self._struck.doubt((name,))
        if name in self._struck.stale:
            self._struck.refresh(view, self._working, self.judged)
        return view

    def state(self, name: str, stream: str, version: int) -> Any:
        """The row of a stream of this version in the view that is the state of its events, or None."""
        view = self._views.get(name)
        if view is None or name in self._struck.stale:
            view = self.play(name)
        return None if view.key is None and not version else self._working.get(view, stream)

    def asked(self, asks: Mapping[str, Ask], event: Any, state: Any) -> dict[str, Any]:
        """The answers to what a rule asks about an event."""
        return {name: self._answer(ask, event, state) for name, ask in asks.items()}

    def rows(self, name: str) -> Iterable[Any]:
        """All rows of a view."""
        return self._many(self.play(name), {})

    def _answer(self, ask: Ask, event: Any, state: Any) -> Any:
        view = self.play(ask.view)
        key = ask.key(event, state)
        if ask.many:
            return self._many(view, key)
        return None if key is None else self._working.get(view, key)

    def _many(self, view: View, where: Mapping[str, Any]) -> tuple[Any, ...]:
        found = {row_key(row): row for row in self._branch.models.query(view, where)}
        for name, row in self._working.changed(view).items():
            found.pop(name, None)
            if row is not None and all(getattr(row, column) == value for column, value in where.items()):
                found[name] = row
        return tuple(found[name] for name in sorted(found))

    # --- what comes in

    def begin(self) -> None:
        """A command begins: from here on there is something to take back."""
        self._undo.clear()

    def add(self, record: Recorded, voids: bool = False) -> None:
        """An entry was judged; `voids` says that it strikes another out."""
        self.judged.append(record)
        for view, opens in self._folding[record.type]:
            if view.key is None and record.version == 1:  # no row of a stream before its first event
                row = opens(record) if opens else None
                if row is not None:
                    self._undo.append((view, record.stream, None))
                    self._working.put(view, record.stream, row)
                continue
            self._fold(view, record)
        if voids:
            self._struck.note(record, self._views)

    def add_firsts(self, records: Sequence[Recorded]) -> None:
        """`add` for entries of one type, each the first of its stream."""
        for view, opens in self._folding[records[0].type]:
            if view.key is not None:
                for record in records:
                    self._fold(view, record)
            elif opens is not None:
                for record in records:
                    row = opens(record)
                    if row is not None:
                        self._undo.append((view, record.stream, None))
                        self._working.put(view, record.stream, row)
        self.judged += records

    def _fold(self, view: View, record: Recorded) -> None:
        for key in view.keys(record):
            old = self._working.get(view, key)
            new = view.apply(old, record)
            if new is not old:
                self._undo.append((view, key, old))
                self._working.put(view, key, new)

    def take_back(self) -> None:
        """The command was refused."""
        for view, key, row in reversed(self._undo):
            self._working.put(view, key, row)
        self._undo.clear()
        self.judged.clear()
        self._struck.doubt(self._views)

    def appended(self) -> None:
        """The command is in the ledger's transaction."""
        self.done += self.judged
        self.judged.clear()

    def taken(self) -> tuple[list[tuple[View, Mapping[str, Any]]], int, int]:
        """The rows changed since `base`, for `ReadModels.advance`; what comes next is counted from here."""
        changed = self._working.taken(self._views.values())
        base, head = self.base, self.base + len(self.done)
        self.base, self.done = head, []
        return changed, base, head

    def _folded_by(self, type_name: str) -> tuple[tuple[View, Open | None], ...]:
        """The views in play that an entry of a type changes, each with what opens a row for it."""
        return tuple((view, view.opens.get(type_name)) for view in self._views.values() if type_name in view.types)

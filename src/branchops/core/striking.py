"""Striking out inside a transaction: the voiding must be true, and what follows it must not see what it struck.

Invariant: after `Struck.note`, a view brought up to date by `Struck.refresh` holds the fold of all entries that stand,
those stored, those appended in this transaction and those judged in the present command.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from branchops.core.errors import Rejected
from branchops.core.output.messages import _
from branchops.core.rulebook.record import Recorded
from branchops.core.views.catchup import VOIDED, Working
from branchops.core.views.table import View

if TYPE_CHECKING:
    from branchops.core.ledger.reader import Reader


def demand_truth(reader: Reader, voided: Any, stream: str) -> None:
    """Raises unless a voiding says of its target what the ledger says: NotFound for none, Rejected for another."""
    target = reader.get(voided.target)
    told = (voided.target_pos, voided.target_type, voided.target_actor, stream)
    if told != (target.pos, target.type, target.actor, target.stream):
        raise Rejected(
            _("What the voiding says of {id} is not what is recorded.").format(id=target.id),
            _("Use: branchops void {id} --reason R").format(id=target.id),
        )


class Struck:
    """What a transaction has struck out so far, and which views have yet to forget it (`stale`, to be refreshed)."""

    def __init__(self, events: Callable[..., Iterable[Recorded]]) -> None:
        """`events(types, stream=)` gives the transaction's own sight of the ledger."""
        self._events = events
        self._voids: list[Recorded] = []
        self.stale: set[str] = set()

    def note(self, record: Recorded, views: Iterable[str]) -> None:
        """A voiding was judged; the views in play hold what it struck."""
        self._voids.append(record)
        self.doubt(views)

    def doubt(self, views: Iterable[str]) -> None:
        """These views may hold what was struck out, or lack what was not (a command was taken back)."""
        if self._voids:
            self.stale.update(views)

    def refresh(self, view: View, working: Working, judged: Iterable[Recorded]) -> None:
        """Folds a doubtful view anew, with the entries of the present command that are judged and not yet appended."""
        self.stale.discard(view.name)
        streams = {void.stream for void in self._voids if void.data.target_type in view.types}
        if streams:
            waiting = tuple(judged)
            gone = {void.data.target for void in (*self._events((VOIDED,)), *_of(waiting, (VOIDED,)))}
            types = tuple(view.types)

            def standing(stream: str | None) -> Iterator[Recorded]:
                for event in (*self._events(types, stream=stream), *_of(waiting, types)):
                    if event.id not in gone and stream in (None, event.stream):
                        yield event

            working.refold(view, streams, standing)


def _of(events: Iterable[Recorded], types: tuple[str, ...]) -> Iterator[Recorded]:
    return (event for event in events if event.type in types)

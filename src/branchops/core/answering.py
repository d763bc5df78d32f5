"""How plugins answer each other's entries: who listens, and where a chain of answers ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from branchops.core.entry import Act, Outcome
from branchops.core.errors import UsageError
from branchops.core.extend.registry import Registry
from branchops.core.memo import Memo
from branchops.core.output.messages import _
from branchops.core.rulebook.record import Recorded
from branchops.core.rulebook.rule import Reaction

DEEPEST = 8
"""How many answers to answers there may be before plugins are taken to be in a loop."""


class Answers:
    """The reactions of one transaction. `to[type name, whether breached]` are those to an entry."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self.to = Memo(self._to)
        self._depth = 0

    def _to(self, asked: tuple[str, bool]) -> tuple[tuple[str, Reaction], ...]:
        """The plugins that answer entries of a type (breached or not), each with its reaction."""
        return tuple(self._registry.reactions(*asked))

    def follow(self, perform: Callable[[Act], Outcome], entry: Any, record: Recorded) -> Outcome:
        """Performs an answer as a command of its own, by the actor of what it answers."""
        if self._depth == DEEPEST:
            raise UsageError(_("Plugins are answering each other without end."))
        self._depth += 1
        try:
            return perform(
                Act(
                    decide=lambda _state, command, _policy: command,
                    command=entry,
                    target=None,
                    actor=record.actor,
                    opens=True,
                    source=f"reaction:{record.id}",
                )
            )
        finally:
            self._depth -= 1

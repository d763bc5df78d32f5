"""What an append may clash with, and the words for it."""

from __future__ import annotations

from branchops.core.errors import Conflict
from branchops.core.ledger.event import NewEvent, StoredEvent
from branchops.core.output.messages import _


def same(stored: StoredEvent, stream: str, event: NewEvent, body: bytes) -> StoredEvent:
    """The event stored under an id, when it is what is asked for again. Raises Conflict when it is another."""
    asked = (stream, event.type, event.schema, event.occurred_at, event.actor, body)
    if asked != (stored.stream, stored.type, stored.schema, stored.occurred_at, stored.actor, stored.body):
        raise Conflict(
            _("The id {id} is already stored, with other content.").format(id=stored.id),
            _("Look at it with `branchops show {id}`; give other content another id.").format(id=stored.id),
            id=stored.id,
            actual=stored.pos,
        )
    return stored


def moved(stream: str, expected: int, actual: int) -> Conflict:
    """The error for a stream at another version than expected."""
    return Conflict(
        _("{stream} is at version {actual}, not at {expected}: someone else was faster.").format(
            stream=stream, actual=actual, expected=int(expected)
        ),
        _("Look at it again and decide anew; nothing was stored."),
        stream=stream,
        expected=int(expected),
        actual=actual,
    )

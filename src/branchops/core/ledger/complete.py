"""From an event to its row: texts checked, the instant of recording put in, the leaf hashed; one or many at once.

Invariant: `many` gives the rows that `one` gives for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from itertools import repeat
from operator import attrgetter

from branchops.core.clock import stamp
from branchops.core.ledger.event import NewEvent, StoredEvent
from branchops.core.ledger.frame import HEAD, START
from branchops.core.ledger.prepare import dotted, named, stamped, texts

_COLUMNS = attrgetter("id", "type", "schema", "occurred_at", "actor")


class Completer:
    """Makes the rows of one transaction: `now` is the instant at which all of its events are recorded."""

    def __init__(self, now: datetime) -> None:
        self._recorded = stamp(now), stamp(now).encode()
        self._types, self._moments, self._actors = texts(dotted), texts(stamped), texts(named)

    def one(self, event: NewEvent, ident: str, stream: str, pos: int, version: int, body: bytes) -> StoredEvent:
        """The row of an event. Raises ValueError or UsageError for texts that cannot be stored."""
        kind, schema, occurred, actor = event.type, event.schema, event.occurred_at, event.actor
        i, s, k, o, a = ident.encode(), named(stream), self._types[kind], self._moments[occurred], self._actors[actor]
        recorded, r = self._recorded
        head = HEAD(START, len(i), len(s), len(k), len(o), len(r), len(a), len(body), pos, version, schema)
        leaf = sha256(b"".join((head, i, s, k, o, r, a, body))).digest()
        return StoredEvent(pos, ident, stream, version, kind, schema, occurred, recorded, actor, body, leaf)

    def many(
        self,
        events: Sequence[NewEvent],
        streams: Sequence[str],
        positions: Sequence[int],
        versions: Sequence[int],
        bodies: Sequence[bytes],
    ) -> list[StoredEvent]:
        """The rows of events that carry their ids, column by column. Raises as `one` does."""
        ids, kinds, schemas, occurred, actors = zip(*map(_COLUMNS, events), strict=True)
        recorded, r = self._recorded
        i, s, k = map(str.encode, ids), map(named, streams), map(self._types.__getitem__, kinds)
        o, a = map(self._moments.__getitem__, occurred), map(self._actors.__getitem__, actors)
        cells = [list(column) for column in (i, s, k, o, repeat(r, len(events)), a, bodies)]
        heads = map(HEAD, repeat(START), *(map(len, column) for column in cells), positions, versions, schemas)
        leaves = [sha256(frame).digest() for frame in map(b"".join, zip(heads, *cells, strict=True))]
        times = (occurred, repeat(recorded))
        return list(map(StoredEvent, positions, ids, streams, versions, kinds, schemas, *times, actors, bodies, leaves))

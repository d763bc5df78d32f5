"""From an event to its row: texts checked, the instant of recording put in, the leaf hashed; one or many at once.

Invariant: `many` gives what `one` gives for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from itertools import repeat

from branchops.core.clock import stamp
from branchops.core.ledger.event import Firsts, NewEvent, Row, StoredEvent
from branchops.core.ledger.frame import HEAD, START
from branchops.core.ledger.prepare import bodies_of, demand_schema, dotted, named, stamped, texts


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

    def many(self, firsts: Firsts, ids: Sequence[str], after: int) -> list[Row]:
        """The rows of events behind position `after`, column by column. Raises as `one` does."""
        demand_schema(firsts.schema)
        count = len(ids)
        bodies = bodies_of(firsts.datas, firsts.metas)
        recorded, r = self._recorded
        i, s, o = map(str.encode, ids), map(named, firsts.streams), map(self._moments.__getitem__, firsts.moments)
        k, a = self._types[firsts.type], self._actors[firsts.actor]
        cells = [list(column) for column in (i, s, repeat(k, count), o, repeat(r, count), repeat(a, count), bodies)]
        positions = range(after + 1, after + 1 + count)
        places = (positions, repeat(1), repeat(firsts.schema))
        heads = map(HEAD, repeat(START), *(map(len, column) for column in cells), *places)
        leaves = [sha256(frame).digest() for frame in map(b"".join, zip(heads, *cells, strict=True))]
        kinds = (repeat(firsts.type), repeat(firsts.schema), firsts.moments, repeat(recorded), repeat(firsts.actor))
        return list(zip(positions, ids, firsts.streams, repeat(1), *kinds, bodies, leaves))

"""The open end of the ledger: what one write transaction may do.

Invariant: an `append` either takes effect whole or leaves the writer as it was, so a caller may catch its error and go
on with the transaction. Positions are dense, leaf index is position - 1, and versions count up within each stream.

Rows are collected and handed to SQLite in blocks; the tree's frontier is kept in memory and stored once, at the end.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntEnum
from typing import Any

import msgspec
from msgspec.structs import astuple

from branchops.core.clock import Clock
from branchops.core.errors import Conflict
from branchops.core.ledger import keys, storing
from branchops.core.ledger.complete import Completer
from branchops.core.ledger.conflicts import moved, same
from branchops.core.ledger.connect import translated
from branchops.core.ledger.event import Firsts, NewEvent, Row, StoredEvent, new_ids
from branchops.core.ledger.prepare import body_of, named
from branchops.core.ledger.reader import Head, KeyRecord, Reader
from branchops.core.ledger.tree import Frontier
from branchops.core.memo import Memo
from branchops.core.output.messages import _

_BLOCK = 2048
_REMEMBERED = 20_000


class Expected(IntEnum):
    """What an append expects of its stream, besides an exact version (the number of events in it)."""

    ANY = -1
    NEW = 0


class Part(msgspec.Struct, frozen=True):
    """Events for one stream, as one piece of an `append_all`."""

    stream: str
    events: Sequence[NewEvent]
    expected: int = Expected.ANY


class Writer(Reader):
    """Appends and reads inside one transaction. Made by `Ledger.write`; of no use after it.

    `now` is the instant the transaction began: the `recorded_at` of all that it appends.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        clock: Clock,
        commit: Callable[[sqlite3.Connection], None],
    ) -> None:
        self._commit = commit
        super().__init__(connection)
        self._open = True
        self.now = clock.now()
        self._completer = Completer(self.now)
        self._versions = Memo(self._old_version)
        self._keys: dict[str, tuple[str, str, int, int]] = {}
        self._free: set[str] = set()
        self._ids: list[str] = []
        self._gap: tuple[str | None, str | None] = (None, None)  # no stream is between these but those in _versions
        self._missed = 0
        self._rows: list[Row] = []
        self._leaves: list[bytes] = []
        self._tree = super()._frontier()
        self._size = self._stored = self._tree.size

    def append(
        self,
        stream: str,
        events: Iterable[NewEvent],
        expected: int = Expected.ANY,
        *,
        key: str | None = None,
        digest: str | None = None,
    ) -> list[StoredEvent]:
        """Append events to a stream and return them as stored.

        `expected` is `Expected.ANY`, `Expected.NEW` or the stream's exact version. An event whose id is already stored
        with the same content is not stored again: the stored one is returned (and when that goes for all, `expected` is
        not looked at). With `key` and `digest`, every event's meta must hold them as `key` and `asked`; a key known
        with the same digest gives the events it led to and stores nothing.
        Raises Conflict (details: actual) for another version, for a known id or key with other content; UsageError
        for what cannot be stored.
        """
        events = events if type(events) is tuple else tuple(events)
        if key is None and digest is None and len(events) == 1 and events[0].id is None:
            return [self.append_one(stream, events[0], expected)]
        return self.append_all([Part(stream, events, expected)], key=key, digest=digest)

    def append_all(
        self, parts: Sequence[Part], *, key: str | None = None, digest: str | None = None, fresh: bool = False
    ) -> list[StoredEvent]:
        """`append` for several streams at once, all or nothing and under one key. Order is kept; a stream may recur.

        `fresh` promises that the ids given were made for this call by `new_ids`, so that nothing is looked up for them.
        """
        self._usable()
        if (key is None) != (digest is None):
            raise ValueError("a key needs the digest of what was asked, and a digest needs its key")
        if key is not None and digest is not None:
            known = self._find_key(key)
            if known is not None:
                return self._answer(known, digest)
        bodies = [[body_of(event, key, digest) for event in part.events] for part in parts]
        ids = () if fresh else [event.id for part in parts for event in part.events if event.id is not None]
        for ident in ids:
            named(ident)
        known_ids = self._known(ids) if ids else {}
        told: list[StoredEvent] = []
        new: list[StoredEvent] = []
        versions: dict[str, int] = {}
        for part, raws in zip(parts, bodies, strict=True):
            actual = versions[part.stream] if part.stream in versions else self._versions[part.stream]
            added = self._prepare(part, actual, raws, known_ids, len(new), told)
            versions[part.stream] = actual + len(added)
            new += added
        self._accept(new, versions)
        if key is not None and digest is not None and new:
            self._keys[key] = (key, digest, new[0].pos, new[-1].pos)
            self._free.discard(key)
        if len(self._rows) >= _BLOCK:
            self._ready()
        return told

    def _prepare(
        self,
        part: Part,
        actual: int,
        bodies: Sequence[bytes],
        known: dict[str, StoredEvent],
        ahead: int,
        told: list[StoredEvent],
    ) -> list[StoredEvent]:
        """The events of a part that are not stored yet, complete with position and leaf; `told` gets all of them."""
        wanted = sum(event.id is None for event in part.events)
        made = iter(new_ids(wanted) if wanted else ())
        self._ids.clear()
        pos, version = self._size + ahead, actual
        fresh: list[StoredEvent] = []
        for event, body in zip(part.events, bodies, strict=True):
            if event.id in known:
                told.append(same(known[event.id], part.stream, event, body))
                continue
            pos += 1
            version += 1
            ident = event.id if event.id is not None else next(made)
            stored = self._completer.one(event, ident, part.stream, pos, version, body)
            fresh.append(stored)
            told.append(stored)
            if event.id is not None:
                known[event.id] = stored
        if (fresh or not part.events) and part.expected not in (Expected.ANY, actual):
            raise moved(part.stream, part.expected, actual)
        return fresh

    def append_one(
        self, stream: str, event: NewEvent, expected: int, *, key: str | None = None, digest: str | None = None
    ) -> StoredEvent:
        """`append_all` for one event without an id, or with one made for this call by `new_ids`: fewer steps."""
        self._usable()
        if (key is None) != (digest is None) or (key is not None and self._find_key(key) is not None):
            return self.append_all([Part(stream, (event,), expected)], key=key, digest=digest, fresh=True)[0]
        body = body_of(event, key, digest)
        actual = self._versions[stream]
        if expected != actual and expected != -1:
            raise moved(stream, expected, actual)
        ident = event.id
        if ident is None:
            ident = self._ids.pop() if self._ids else self._new_id()
        stored = self._completer.one(event, ident, stream, self._size + 1, actual + 1, body)
        self._rows.append(astuple(stored))
        self._leaves.append(stored.leaf)
        self._size += 1
        self._versions[stream] = actual + 1
        if key is not None and digest is not None:
            self._keys[key] = (key, digest, self._size, self._size)
            self._free.discard(key)
        if len(self._rows) >= _BLOCK:
            self._ready()
        return stored

    def append_firsts(self, firsts: Firsts, ids: Sequence[str]) -> None:
        """`append_one` for many, all or nothing. Streams, ids (made by `new_ids`) and command keys are each their own.

        Keys and digests are what the metadata claims. Raises Conflict where a stream exists; ValueError for what must
        go through `append_one`.
        """
        self._usable()
        claims = keys.claims(firsts.metas)
        used = [claim.key for claim in claims if claim is not None]
        if len({*firsts.streams}) < len(ids) or len({*used}) < len(used) or any(map(self._find_key, used)):
            raise ValueError("a stream or a key is not its event's own")
        for stream in firsts.streams:
            if self._versions[stream]:
                raise moved(stream, Expected.NEW, self._versions[stream])
        rows = self._completer.many(firsts, ids, self._size)
        self._rows += rows
        self._leaves += [row[-1] for row in rows]
        self._versions.update(dict.fromkeys(firsts.streams, 1))
        for pos, claim in enumerate(claims, self._size + 1):
            if claim is not None:
                self._keys[claim.key] = (*claim, pos, pos)
        self._free.difference_update(used)
        self._size += len(rows)
        if len(self._rows) >= _BLOCK:
            self._ready()

    def _new_id(self) -> str:
        """A fresh id; the more were wanted so far, the more are made at once."""
        self._ids = new_ids(min(64, self._size - self._stored) or 1)[::-1]
        return self._ids.pop()

    def _accept(self, fresh: list[StoredEvent], versions: dict[str, int]) -> None:
        self._leaves += [event.leaf for event in fresh]
        self._size += len(fresh)
        self._rows += map(astuple, fresh)
        self._versions.update(versions)

    def _grown(self) -> Frontier:
        """The tree with all that was appended: leaves wait, because it grows faster by many at once."""
        if self._leaves:
            self._tree.extend(self._leaves)
            self._leaves.clear()
        return self._tree

    def _old_version(self, stream: str) -> int:
        low, high = self._gap
        if low is not None and type(stream) is str and low < stream and (high is None or stream < high):
            return 0
        return self._look_up(stream)

    def _look_up(self, stream: str) -> int:
        """The version of a stream by the index. The second look that finds none learns how far there is none.

        Numbered streams are new one after the other, so the gap found around one answers for those that follow; what
        has been appended into the gap since is in `_versions`, and both are forgotten together.
        """
        ask = self._connection.execute
        with translated():
            version: int = ask("SELECT max(version) FROM events WHERE stream = ?", (stream,)).fetchone()[0] or 0
            self._missed += not version
            if not version and self._missed > 1:
                low = ask("SELECT max(stream) FROM events WHERE stream < ?", (stream,)).fetchone()[0]
                high = ask("SELECT min(stream) FROM events WHERE stream > ?", (stream,)).fetchone()[0]
                self._gap = (low or "", high)
        return version

    def _known(self, ids: Sequence[str]) -> dict[str, StoredEvent]:
        """Those of the ids that are stored or waiting."""
        wanted = set(ids)
        found = {row[1]: StoredEvent(*row) for row in self._rows if row[1] in wanted}
        found.update((event.id, event) for event in storing.events(self._connection, ids))
        return found

    def version(self, stream: str) -> int:
        """As `Reader.version`, with the events appended so far."""
        self._usable()
        return self._versions[stream]

    def find_key(self, key: str) -> KeyRecord | None:
        """As `Reader.find_key`, with the keys used so far."""
        self._usable()
        return None if key in self._free else self._find_key(key)

    def look_ahead(self, keys: Sequence[str], streams: Sequence[str]) -> dict[str, KeyRecord]:
        """Those of the keys that are in use. What is found out about keys and streams answers later questions."""
        self._usable()
        used = {key: KeyRecord(*self._keys[key]) for key in keys if key in self._keys}
        used.update((record.key, record) for record in storing.keys_in_use(self._connection, keys))
        streams = [stream for stream in streams if stream not in self._versions]
        self._versions.update(dict.fromkeys(streams, 0))
        self._versions.update(storing.versions(self._connection, streams))
        self._free.update(key for key in keys if key not in used)
        return used

    def _find_key(self, key: str) -> KeyRecord | None:
        if key in self._keys:
            return KeyRecord(*self._keys[key])
        if key in self._free:
            return None
        with translated():
            row = self._connection.execute("SELECT key, digest, first, last FROM keys WHERE key = ?", (key,)).fetchone()
        return None if row is None else KeyRecord(*row)

    def _answer(self, known: KeyRecord, digest: str) -> list[StoredEvent]:
        if known.digest != digest:
            raise Conflict(
                _("The key {key} was used before, for something else.").format(key=known.key),
                _("Take another key for other content; nothing was stored."),
                key=known.key,
                first=known.first,
                last=known.last,
            )
        events = super().read(after=known.first - 1, upto=known.last)
        return [event for event in events if keys.claim(event.body) == (known.key, digest)]

    def _usable(self) -> None:
        if not self._open:
            raise RuntimeError("the write transaction is over")

    def _ready(self) -> None:
        """Hand the waiting rows to SQLite."""
        self._usable()
        if self._rows:
            connection, self._open = self._connection, False  # should this fail, nothing more can be stored
            storing.store(connection, *self._taken())
            self._open = True

    def _taken(self) -> tuple[list[Row], list[tuple[str, str, int, int]]]:
        """The waiting rows and keys; they wait no longer."""
        rows, made = self._rows, list(self._keys.values())
        self._grown()
        self._rows, self._keys = [], {}
        if len(self._versions) > _REMEMBERED:
            self._versions.clear()
            self._gap = (None, None)
        return rows, made

    def commit(self) -> None:
        """Commit what was appended so far, and go on under the same lock. Raises OutcomeUnknown."""
        self._usable()
        tree = self._grown()
        if tree.size == self._stored:
            return
        self._open = False  # should this fail, nothing more can be stored
        storing.store(self._connection, *self._taken(), (tree.size, tree.to_bytes()))
        self._commit(self._connection)
        self._stored, self._open = tree.size, True

    def finish(self) -> bool:
        """Store what waits, and the frontier. Returns whether anything was appended. Called by the ledger."""
        self._ready()
        tree = self._grown()
        connection = self._connection
        if tree.size == self._stored:
            return False
        storing.store(connection, (), (), (tree.size, tree.to_bytes()))
        return True

    def end(self) -> None:
        """Make the writer refuse all further use. Called by the ledger."""
        self._open = False

    def size(self) -> int:
        """How many events there are with those appended so far."""
        self._usable()
        return self._size

    def head(self) -> Head:
        """Size and root with the events appended so far in this transaction."""
        self._usable()
        tree = self._grown()
        return Head(tree.size, tree.root())

    def rows(self, **conditions: Any) -> Iterator[Row]:
        """`Reader.rows` over the events up to now: those appended while reading are not met."""
        upto = conditions.get("upto")
        conditions["upto"] = self._size if upto is None else min(upto, self._size)
        return super().rows(**conditions)

"""One event's row against everything that can be said about it alone, and against the row before it.

Invariant: the leaf hash that comes out is that of the bytes and storage classes that are stored, whatever the leaf
column claims.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from hashlib import sha256
from itertools import repeat
from operator import methodcaller
from struct import error
from typing import Any

from branchops.core.ledger import frame
from branchops.core.ledger.connect import UNREADABLE
from branchops.core.ledger.event import Row
from branchops.core.ledger.findings import Report
from branchops.core.ledger.keys import MARK
from branchops.core.ledger.schema import COLUMNS
from branchops.core.output.messages import _

QUERY = f"SELECT {COLUMNS} FROM events NOT INDEXED"  # noqa: S608
_TYPED = ", ".join(f"typeof({name}), {name}" for name in frame.COLUMNS)
_WHOLE = frozenset((int,))
_DIGEST = methodcaller("digest")


class RowCheck:
    """Rows of `QUERY` are given in the order of their positions; findings go to the report.

    `leaves` and `claiming` (position and body of events that may claim a command key) pile up for the caller to take.
    """

    def __init__(self, connection: sqlite3.Connection, report: Report) -> None:
        self._connection = connection
        self._report = report
        self._recorded = ""
        self.position = 0
        self.leaves: list[bytes] = []
        self.claiming: list[tuple[int, bytes]] = []

    def take(self, rows: Iterable[Row]) -> None:
        """Check rows and collect what they give. When reading them breaks off, `position` is that of the last read."""
        block: list[Row] = []
        try:
            block.extend(rows)
        finally:
            if block and not self._sound(block):
                self._one_by_one(block)

    def _sound(self, block: list[Row]) -> bool:
        """Check a block column by column; False, with nothing done, when some row needs a look of its own.

        Only the usual storage classes pass: text joins with text only, bytes with bytes, and `q` takes whole numbers.
        """
        pos, ident, stream, version, kind, number, occurred, recorded, actor, body, stored = zip(*block, strict=True)
        first = self.position + 1
        if pos != tuple(range(first, first + len(block))) or not _WHOLE.issuperset(map(type, pos)):
            return False
        texts: list[Any] = [ident, stream, kind, occurred, recorded, actor]
        try:
            joined = list(map("".join, zip(*texts, strict=True)))
            if not all(map(str.isascii, joined)):  # then there are more bytes than characters
                texts = [map(str.encode, text) for text in texts]
            lengths = (map(len, column) for column in (*texts, body))
            heads = map(frame.HEAD, repeat(frame.START), *lengths, pos, version, number)
            frames = map(b"".join, zip(heads, map(str.encode, joined), body, strict=True))
            leaves = list(map(_DIGEST, map(sha256, frames)))
        except (AttributeError, TypeError, error):
            return False
        if leaves != list(stored) or sorted((self._recorded, *recorded)) != [self._recorded, *recorded]:
            return False
        self.leaves += leaves
        if MARK in b"".join(body):
            self.claiming += [(at, one) for at, one in zip(pos, body, strict=True) if MARK in one]
        self.position, self._recorded = pos[-1], recorded[-1]
        return True

    def _one_by_one(self, block: list[Row]) -> None:
        for pos, ident, stream, version, kind, number, occurred, recorded, actor, body, stored in block:
            at = self.position + 1
            if type(pos) is not int:  # the column lost its type with a changed schema
                self.position = at
                self.leaves.append(self._oddity(at, pos))
                continue
            if pos != at:
                self._gap(at, pos)
                at = max(at, pos)
            self.position = at
            try:
                cells = [*map(str.encode, (ident, stream, kind, occurred, recorded, actor)), body]
                head = frame.HEAD(frame.START, *map(len, cells), pos, version, number)
                leaf = sha256(b"".join((head, *cells))).digest()
            except (AttributeError, TypeError, error):
                self.leaves.append(self._oddity(at, pos))
                continue
            self.leaves.append(leaf)
            if leaf != stored:
                self._report.error(at, "leaf", _("The event is not what was hashed when it was stored."))
            if MARK in body:
                self.claiming.append((at, body))
            if recorded < self._recorded:
                self._set_back(pos, recorded, self._recorded)
            self._recorded = recorded

    def _set_back(self, pos: int, now: str, before: str) -> None:
        text = _("The machine's clock had been set back: recorded at {now}, the event before at {before}.")
        self._report.notice(pos, "clock", text.format(now=now, before=before))

    def _gap(self, expected: int, pos: int) -> None:
        if pos > expected:
            text = _("Events {first} to {last} are missing.").format(first=expected, last=pos - 1)
            self._report.error(expected, "missing", text)
        else:
            self._report.error(expected, "order", _("Position {pos} is out of order.").format(pos=pos))

    def _oddity(self, at: int, pos: int) -> bytes:
        """A row that no honest append writes: some column has another storage class."""
        self._report.error(at, "class", _("A column is stored as another kind of value than the ledger writes."))
        sql = f"SELECT {_TYPED} FROM events NOT INDEXED WHERE pos = ?"  # noqa: S608
        factory, self._connection.text_factory = self._connection.text_factory, bytes
        try:
            typed = self._connection.execute(sql, (pos,)).fetchone()
        except UNREADABLE:
            typed = None
        finally:
            self._connection.text_factory = factory
        if typed is None:
            return sha256(b"\x00").digest()
        pairs = zip(typed[::2], typed[1::2], strict=True)
        return sha256(b"\x00" + frame.frame_of([(kind.decode()[:1], value) for kind, value in pairs])).digest()

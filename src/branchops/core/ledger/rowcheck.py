"""One event's row against everything that can be said about it alone, and against the row before it.

Invariant: the leaf hash that comes out is that of the bytes and storage classes that are stored, whatever the leaf
column claims.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import compress, repeat
from operator import contains, lt, methodcaller
from struct import error
from typing import Any

from branchops.core.ledger import frame
from branchops.core.ledger.connect import UNREADABLE
from branchops.core.ledger.findings import Report
from branchops.core.ledger.keys import MARK
from branchops.core.ledger.schema import COLUMNS
from branchops.core.output.messages import _

QUERY = f"SELECT {COLUMNS} FROM events NOT INDEXED"  # noqa: S608
_TYPED = ", ".join(f"typeof({name}), {name}" for name in frame.COLUMNS)

_DIGEST = methodcaller("digest")

Row = tuple[Any, ...]


def _encoded(texts: Iterable[str]) -> list[bytes]:
    return list(map(str.encode, texts))


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

    def take(self, rows: Sequence[Row]) -> None:
        """Check rows and collect what they give."""
        if rows and not self._all_right(rows):
            self._one_by_one(rows)

    def _all_right(self, rows: Sequence[Row]) -> bool:
        """Take the rows whole when there is nothing at all to say about any; column by column, which is quicker."""
        pos, ident, stream, version, kind, number, occurred, recorded, actor, body, stored = zip(*rows, strict=True)
        try:  # as in `_one_by_one`: other storage classes than the usual raise
            texts = list(map("".join, zip(ident, stream, kind, occurred, recorded, actor, strict=True)))
            if not all(map(str.isascii, texts)):
                ident, stream, kind = _encoded(ident), _encoded(stream), _encoded(kind)
                occurred, recorded_, actor = _encoded(occurred), _encoded(recorded), _encoded(actor)
            else:
                recorded_ = recorded
            heads = map(
                frame.HEAD, repeat(frame.START), map(len, ident), map(len, stream), map(len, kind), map(len, occurred),
                map(len, recorded_), map(len, actor), map(len, body), pos, version, number,
            )  # fmt: skip
            leaves = tuple(map(_DIGEST, map(sha256, map(b"".join, zip(heads, map(str.encode, texts), body, strict=True)))))
        except (AttributeError, TypeError, error):
            return False
        start, before = self.position + 1, self._recorded
        if leaves != stored or pos != tuple(range(start, start + len(rows))) or recorded[0] < before:
            return False
        if any(map(lt, recorded[1:], recorded)):
            return False
        self.leaves += leaves
        self.claiming += compress(zip(pos, body, strict=True), map(contains, body, repeat(MARK)))
        self.position, self._recorded = pos[-1], recorded[-1]
        return True

    def _one_by_one(self, rows: Iterable[Row]) -> None:
        head, start, join, push = frame.HEAD, frame.START, b"".join, self.leaves.append
        at, before = self.position, self._recorded
        for row in rows:
            pos, ident, stream, version, kind, number, occurred, recorded, actor, body, stored = row
            at += 1
            if type(pos) is not int:  # the column lost its type with a changed schema
                self.position = at
                push(self._oddity(at, pos))
                continue
            if pos != at:
                self._gap(at, pos)
                at = max(at, pos)
            self.position = at
            try:  # Only the usual storage classes pass: text can be encoded and bytes cannot, "q" takes whole numbers
                i, s, k = ident.encode(), stream.encode(), kind.encode()
                o, r, a = occurred.encode(), recorded.encode(), actor.encode()
                top = head(start, len(i), len(s), len(k), len(o), len(r), len(a), len(body), pos, version, number)
                leaf = sha256(join((top, i, s, k, o, r, a, body))).digest()
            except (AttributeError, TypeError, error):
                push(self._oddity(at, pos))
                continue
            push(leaf)
            if leaf != stored:
                self._report.error(at, "leaf", _("The event is not what was hashed when it was stored."))
            if MARK in body:
                self.claiming.append((at, body))
            if recorded < before:
                self._set_back(pos, recorded, before)
            before = recorded
        self._recorded = before

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

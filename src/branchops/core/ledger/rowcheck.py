"""One event's row against everything that can be said about it alone, and against the row before it.

Invariant: the leaf hash that comes out is that of the bytes and storage classes that are stored, whatever the leaf
column claims.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from hashlib import sha256
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

Row = tuple[Any, ...]


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
        head, start, push = frame.HEAD, frame.START, self.leaves.append
        join, together, mark, encode = b"".join, "".join, MARK, str.encode
        at, before = self.position, self._recorded
        try:
            for pos, ident, stream, version, kind, number, occurred, recorded, actor, body, stored in rows:
                at += 1
                if pos != at or type(pos) is not int:
                    if type(pos) is not int:  # the column lost its type with a changed schema
                        push(self._oddity(at, pos))
                        continue
                    self._gap(at, pos)
                    at = max(at, pos)
                try:  # Only the usual storage classes pass: text joins with text only, "q" takes whole numbers
                    text = together((ident, stream, kind, occurred, recorded, actor))
                    if text.isascii():  # as many bytes as characters
                        i, s, k, o, r, a = len(ident), len(stream), len(kind), len(occurred), len(recorded), len(actor)
                    else:
                        i, s, k, o, r, a = map(len, map(encode, (ident, stream, kind, occurred, recorded, actor)))
                    top = head(start, i, s, k, o, r, a, len(body), pos, version, number)
                    leaf = sha256(join((top, encode(text), body))).digest()
                except (AttributeError, TypeError, error):
                    push(self._oddity(at, pos))
                    continue
                push(leaf)
                if leaf != stored:
                    self._report.error(at, "leaf", _("The event is not what was hashed when it was stored."))
                if mark in body:
                    self.claiming.append((at, body))
                if recorded < before:
                    self._set_back(pos, recorded, before)
                before = recorded
        finally:
            self.position, self._recorded = at, before

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

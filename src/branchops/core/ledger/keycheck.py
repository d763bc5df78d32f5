"""The index of command keys against the events, both ways, in flat memory.

Invariant: no finding means that every claimed key is in the index with its digest and within its range, and that each
range of the index starts and ends at an event which claims that key.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from branchops.core.ledger.findings import Report
from branchops.core.ledger.keys import MARK, claim
from branchops.core.output.messages import _


class KeyCheck:
    """Blocks of (position, body) are given in order; `finish` looks for keys that no event claims."""

    def __init__(self, connection: sqlite3.Connection, report: Report) -> None:
        self._connection = connection
        self._report = report
        self._ends = 0

    def block(self, events: Sequence[tuple[int, bytes]]) -> None:
        """At most a few hundred events."""
        claims = [
            (pos, made)
            for pos, body in events
            if type(body) is bytes and MARK in body and (made := claim(body)) is not None
        ]
        if not claims:
            return
        names = list({made.key for _pos, made in claims})
        marks = ", ".join("?" * len(names))
        sql = f"SELECT key, digest, first, last FROM keys WHERE key IN ({marks})"  # noqa: S608
        index = {row[0]: row[1:] for row in self._connection.execute(sql, names)}
        for pos, made in claims:
            digest, first, last = index.get(made.key, ("", 0, 0))
            if type(first) is not int or type(last) is not int:  # the columns lost their type with a changed schema
                first, last = 0, 0
            if digest != made.asked or not first <= pos <= last:
                text = _("The index of command keys does not lead to this event under its key {key}.")
                self._report.error(pos, "key", text.format(key=ascii(made.key)))
            self._ends += (pos == first) + (pos == last)

    def finish(self, size: int) -> None:
        """All events have been given."""
        count = self._connection.execute("SELECT count(*) FROM keys").fetchone()[0]
        if self._ends == 2 * count:
            return
        ends = "SELECT body FROM events NOT INDEXED WHERE pos = ?"
        for key, digest, first, last in self._connection.execute("SELECT key, digest, first, last FROM keys"):
            for pos in (first, last):
                row = self._connection.execute(ends, (pos,)).fetchone()
                if row is None or type(row[0]) is not bytes or claim(row[0]) != (key, digest):
                    text = _("The index of command keys leads key {key} to position {pos}, which does not claim it.")
                    self._report.error(
                        pos if type(pos) is int and pos <= size else None, "key", text.format(key=ascii(key), pos=pos)
                    )
                    break

"""Verification: re-derives everything that a ledger file claims, from the stored bytes alone.

Invariant: nothing is written and nothing is trusted: not the stored leaves, not the tree, not the triggers, not
SQLite's own opinion. Whatever the file is, a report comes back, never an exception of SQLite's. Memory does not grow
with the ledger.

What one file cannot show: an unsigned ledger rewritten whole, or cut at its end, agrees with itself. Roots recorded
earlier and elsewhere (day closes, signed checkpoints) show it; give them as `expected`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

from branchops.core.errors import BranchOpsError
from branchops.core.ledger import connect, schema
from branchops.core.ledger.canonical import is_canonical
from branchops.core.ledger.findings import Finding, Report
from branchops.core.ledger.keycheck import KeyCheck
from branchops.core.ledger.reader import Head
from branchops.core.ledger.rowcheck import QUERY, RowCheck
from branchops.core.ledger.tree import Frontier
from branchops.core.output.messages import _

__all__ = ["Finding", "Report", "verify"]

_BLOCK = 256
_GAPS = """
SELECT 1 FROM events INDEXED BY events_stream GROUP BY stream
HAVING min(version) <> 1 OR max(version) <> count(*) LIMIT 1
"""
_FIRSTS = "SELECT count(*) FROM events INDEXED BY events_stream WHERE version = 1"
_LONELY = """
SELECT 1 FROM events AS later INDEXED BY events_stream WHERE version <> 1 AND NOT EXISTS (
  SELECT 1 FROM events AS earlier INDEXED BY events_stream
  WHERE earlier.stream = later.stream AND earlier.version = later.version - 1
) LIMIT 1
"""
_PLACES = "SELECT count(*) FROM (SELECT DISTINCT stream, version FROM events INDEXED BY events_stream)"
_STREAMS = """
SELECT pos FROM (
  SELECT pos, version,
    lag(version, 1, 0) OVER series AS version_before, lag(pos, 1, 0) OVER series AS pos_before
  FROM events INDEXED BY events_stream WINDOW series AS (PARTITION BY stream ORDER BY version)
) WHERE version <> version_before + 1 OR pos <= pos_before LIMIT 100
"""
_IDS = "SELECT count(*) FROM (SELECT DISTINCT id FROM events INDEXED BY events_id)"
_TWICE = "SELECT max(pos) FROM events INDEXED BY events_id GROUP BY id HAVING count(*) > 1 LIMIT 100"
_ROW_NUMBER = re.compile(r"\brow(?:id)? (\d+)\b")


def verify(directory: Path | str, *, full: bool = False, expected: Iterable[Head | tuple[int, bytes]] = ()) -> Report:
    """Check the ledger in `directory` and report. Read-only; works beside writers, on copies, and on damaged files.

    `expected` are (size, root) pairs recorded earlier. `full` adds SQLite's own check of every page and index entry.
    Raises NotFound when there is no ledger, and nothing else that the file's content could cause.
    """
    path = Path(directory) / connect.DATABASE
    connect.require(path)
    report = Report()
    try:
        connection = connect.reader(path)
    except (*connect.UNREADABLE, BranchOpsError) as problem:
        report.error(1, "unreadable", _("The file cannot be opened: {reason}.").format(reason=problem))
        return report
    try:
        _Verification(connection, report, sorted((size, root) for size, root in expected)).run(full)
    finally:
        connection.close()
    report.findings.sort(key=lambda finding: (finding.severity, finding.pos is None, finding.pos or 0))
    return report


class _Verification:
    def __init__(self, connection: sqlite3.Connection, report: Report, expected: list[tuple[int, bytes]]) -> None:
        self.connection = connection
        self.report = report
        self.expected = expected
        self.frontier = Frontier()
        self.complete = True

    def run(self, full: bool) -> None:
        self._guarded(lambda: self.connection.execute("BEGIN"))  # one snapshot for everything that follows
        self._guarded(self._schema)
        keys = KeyCheck(self.connection, self.report)
        rows = RowCheck(self.connection, self.report)
        self._events(rows, keys)
        self.report.events, self.report.root = self.frontier.size, self.frontier.root()
        self._earlier_roots()
        self._guarded(self._tree)
        self._guarded(lambda: keys.finish(rows.position))
        self._guarded(lambda: self._order(full))
        if full:
            self._guarded(self._bodies)
            self._guarded(self._pages)
        self._say(full)

    def _guarded(self, check: Callable[[], object]) -> None:
        """Run one check; what a damaged file makes it raise (values of types no ledger holds, too) is a finding."""
        try:
            check()
        except (*connect.UNREADABLE, TypeError, ValueError) as problem:
            self.report.error(None, "unreadable", _("SQLite cannot read on: {reason}.").format(reason=problem))

    def _schema(self) -> None:
        try:
            schema.check(self.connection)
        except BranchOpsError as problem:
            self.report.error(None, "format", problem.message)
        version = self.connection.execute("PRAGMA user_version").fetchone()[0]
        if version != schema.VERSION:
            message = _("The ledger has format {actual}, not {known}.").format(actual=version, known=schema.VERSION)
            self.report.error(None, "format", message)
        mode = self.connection.execute("PRAGMA encoding").fetchone()[0]
        if mode != "UTF-8":
            self.report.error(None, "format", _("The ledger's text is stored as {encoding}.").format(encoding=mode))
        found, wanted = set(schema.objects(self.connection)), set(schema.expected_objects())
        for name, kind, _sql in sorted(wanted - found):
            text = _("{kind} {name} is missing or was changed.").format(kind=kind, name=name)
            self.report.error(None, "trigger" if kind.startswith("trigger") else "schema", text)
        for name, kind, _sql in sorted(found - wanted):
            text = _("{kind} {name} is not part of a ledger.").format(kind=kind, name=name)
            self.report.error(None, "schema", text)

    def _events(self, rows: RowCheck, keys: KeyCheck) -> None:
        """All rows by position, as far as they can be read; where reading breaks off, the position is found out."""
        marks = [size for size, _root in self.expected if size > 0]
        reason = ""
        try:
            cursor = self.connection.execute(f"{QUERY} ORDER BY pos")
            while True:
                before = rows.position
                size = next((mark for mark in marks if mark > self.frontier.size), before + _BLOCK)
                rows.take(islice(cursor, max(1, min(_BLOCK, size - self.frontier.size))))
                self._grow(rows, keys)
                if rows.position == before:
                    break
        except connect.UNREADABLE as problem:
            reason = str(problem)
        self._grow(rows, keys)
        while reason:  # the row before the failing one may have been read and not delivered
            try:
                found = self.connection.execute(
                    f"{QUERY} WHERE pos > ? ORDER BY pos LIMIT 1", (rows.position,)
                ).fetchone()
            except connect.UNREADABLE:
                found = None
            if found is None or type(found[0]) is not int or found[0] <= rows.position:
                self.complete = False
                message = _("This event cannot be read ({reason}), nor can what follows it.").format(reason=reason)
                self.report.error(rows.position + 1, "unreadable", message)
                return
            rows.take(iter([found]))
            self._grow(rows, keys)

    def _grow(self, rows: RowCheck, keys: KeyCheck) -> None:
        before = self.frontier.size
        self.frontier.extend(rows.leaves)
        rows.leaves.clear()
        for size, _root in self.expected:
            if before < size == self.frontier.size:
                self._compare(size)
                break
        self._guarded(lambda: keys.block(rows.claiming))
        rows.claiming.clear()

    def _compare(self, size: int) -> None:
        good = 0
        for earlier, root in self.expected:
            if earlier == size and root != self.frontier.root():
                text = _(
                    "The first {size} events are not those of the recorded root: something among them was changed."
                )
                self.report.error(good + 1, "root", text.format(size=size))
                return
            if earlier < size:
                good = earlier

    def _earlier_roots(self) -> None:
        size = self.frontier.size
        for earlier, _root in self.expected:
            if earlier > size:
                text = _("A record says that {earlier} events existed; there are {size}.")
                self.report.error(size + 1, "truncated", text.format(earlier=earlier, size=size))
                return

    def _tree(self) -> None:
        row = self.connection.execute("SELECT count(*), max(size), max(frontier), max(one) FROM tree").fetchone()
        if row != (1, self.frontier.size, self.frontier.to_bytes(), 1):
            text = _("The stored tree (of {size} events) does not belong to the events.").format(size=row[1])
            self.report.error(None, "tree", text)

    def _order(self, full: bool) -> None:
        ask = self.connection.execute
        if full or self._gaps():
            for (pos,) in ask(_STREAMS):
                self.report.error(pos, "version", _("The versions of its stream do not count up by one."))
        if not self.complete:
            return
        total = self.frontier.size
        if ask(_IDS).fetchone()[0] != total:
            for (pos,) in ask(_TWICE):
                self.report.error(pos, "id", _("Its id occurs more than once."))
        for name in ("events_id", "events_stream", "events_type"):
            sql = f"SELECT count(*) FROM events INDEXED BY {name} WHERE {_FIRST[name]}"  # noqa: S608
            if ask(sql).fetchone()[0] != total:
                self.report.error(None, "index", _("The index {name} has lost or gained entries.").format(name=name))

    def _gaps(self) -> bool:
        """Whether some stream's versions are not 1 to n, each once. Two ways to ask, by the length of the streams."""
        ask = self.connection.execute
        firsts = ask(_FIRSTS).fetchone()
        if firsts[0] * 2 < self.frontier.size:
            return ask(_GAPS).fetchone() is not None
        whole = ask("SELECT count(*) FROM events INDEXED BY events_stream").fetchone()
        lonely = firsts != whole and ask(_LONELY).fetchone() is not None
        return lonely or ask(_PLACES).fetchone() != whole

    def _bodies(self) -> None:
        at = 0
        for pos, body in self.connection.execute("SELECT pos, body FROM events NOT INDEXED ORDER BY pos"):
            at = max(at + 1, pos if type(pos) is int else 0)  # where the row is, whatever position a damaged one claims
            if type(body) is not bytes or not is_canonical(body):
                self.report.error(at, "body", _("The body is not canonical JSON."))

    def _pages(self) -> None:
        for (line,) in self.connection.execute("PRAGMA integrity_check(100)"):
            if line != "ok":
                where = _ROW_NUMBER.search(line)
                pos = int(where.group(1)) if where else None
                self.report.error(pos, "pages", _("SQLite's check says: {line}").format(line=line))

    def _say(self, full: bool) -> None:
        report, size = self.report, self.frontier.size
        if report.ok:
            report.proved.append(_("{events} events, each as it was hashed, form the tree.").format(events=size))
        witnessed = max((earlier for earlier, _root in self.expected if earlier <= size), default=0)
        if witnessed and report.ok:
            report.proved.append(_("The first {size} are those of a root recorded earlier.").format(size=witnessed))
        if size > witnessed:
            text = _("The root over the newest {count} events rests on this machine alone; no record bears it out.")
            report.unproved.append(text.format(count=size - witnessed))
        report.unproved.append(_("Whether newer events were cut off after the last recorded root."))
        if not self.complete:
            report.unproved.append(_("Anything about the events that could not be read."))
        if not full:
            report.unproved.append(
                _("Whether every body is canonical and every index entry right; the full check tells.")
            )


_FIRST = {"events_id": "id >= ''", "events_stream": "stream >= ''", "events_type": "type >= ''"}

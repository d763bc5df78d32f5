"""Answers over spans of a view's rows, kept beside the rows: what a report counted of a day need not be counted again.

Invariant: an answer that is kept is the one its question would be given now. Whoever writes rows lets go of every span
that a row lies in, before and after the change, in the same transaction; an answer is found and kept in one transaction
as well, so that no change comes between. Like the rows, answers are disposable.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from branchops.core.clock import stamp
from branchops.core.views.table import View

Span = tuple[str, str]
"""Stamps: from the first, up to and without the second."""

_TABLE = """CREATE TABLE IF NOT EXISTS kept (
    view TEXT, next TEXT, first TEXT, question TEXT, answer BLOB,
    PRIMARY KEY (view, next, first, question)) WITHOUT ROWID"""


def create(db: sqlite3.Connection) -> None:
    """Makes the table of answers where there is none."""
    db.execute(_TABLE)


def answers(
    db: sqlite3.Connection, view: View, question: str, spans: Sequence[Span], find: Callable[[Span], Any]
) -> list[Any]:
    """The answer to a question for each span, from the nearest; `find` is asked for those that are not kept.

    `question` names everything that an answer depends on besides the rows of its span (told by `view.spans`). An
    answer is whatever JSON can hold.
    """
    if not spans:
        return []
    known = _known(db, view, question, spans)
    if any(span not in known for span in spans):
        db.execute("BEGIN IMMEDIATE")
        try:
            known = _known(db, view, question, spans)
            found = {span: msgspec.json.encode(find(span)) for span in spans if span not in known}
            db.executemany(
                "INSERT OR REPLACE INTO kept (view, first, next, question, answer) VALUES (?, ?, ?, ?, ?)",
                ((view.name, *span, question, answer) for span, answer in found.items()),
            )
            db.execute("COMMIT")
        except BaseException:
            db.execute("ROLLBACK")
            raise
        known |= found
    return [msgspec.json.decode(known[span]) for span in spans]


def _known(db: sqlite3.Connection, view: View, question: str, spans: Sequence[Span]) -> dict[Span, bytes]:
    nexts = [span[1] for span in spans]
    rows = db.execute(
        "SELECT first, next, answer FROM kept WHERE view = ? AND next BETWEEN ? AND ? AND question = ?",
        (view.name, min(nexts), max(nexts), question),
    )
    return {(first, until): answer for first, until, answer in rows}


def let_go(db: sqlite3.Connection, view: View, key: str, rows: Mapping[str, Any]) -> None:
    """Forgets what was answered of any span that these rows lie in, as stored or as they will be; `key` is the column
    of their keys. Call it before they are stored."""
    if not view.spans or db.execute("SELECT 1 FROM kept WHERE view = ?", (view.name,)).fetchone() is None:
        return
    old = db.execute(
        f"SELECT {view.spans} FROM {view.table}"  # noqa: S608 - names of our own
        f" WHERE {key} IN (SELECT value FROM json_each(?))",
        (msgspec.json.encode(list(rows)).decode(),),
    )
    moments = {moment for (moment,) in old}
    moments.update(_moments(view, rows.values()))
    moments.discard(None)
    if moments:
        db.execute(
            "DELETE FROM kept WHERE view = ? AND next > ? AND first <= ?", (view.name, min(moments), max(moments))
        )


def _moments(view: View, rows: Iterable[Any]) -> Iterable[str | None]:
    for row in rows:
        moment: datetime | None = None if row is None else getattr(row, view.spans)
        yield None if moment is None else stamp(moment)


def forget(db: sqlite3.Connection, view: View) -> None:
    """Forgets every answer over a view."""
    db.execute("DELETE FROM kept WHERE view = ?", (view.name,))

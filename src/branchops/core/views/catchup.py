"""Read models in `views.db`: disposable, caught up from the ledger, rebuilt in one pass.

Invariant: a view's table is the fold of all events up to its cursor, voided ones left out. Deleting `views.db` loses
nothing. Catching up takes its own write lock on `views.db`, so readers and the writer may both do it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from branchops.core.errors import IntegrityError, UsageError
from branchops.core.output.messages import _
from branchops.core.rulebook.record import Recorded
from branchops.core.views import kept, passing
from branchops.core.views.table import Columns, View, row_key

VOIDED = "entry.voided"
_SAMPLE = 50
"""So many rows at either end of a walk say which columns are worth reading."""
_MANY = 2_000
"""From so many events on, the indexes of an empty table are made after its rows."""


class Source(Protocol):
    """Where events come from: the ledger or the open transaction of its writer, decoded."""

    def size(self) -> int: ...
    def events(
        self, types: Iterable[str] | None = None, after: int = 0, stream: str | None = None, upto: int | None = None
    ) -> Iterator[Recorded]: ...


class Working:
    """Rows in memory over the tables: what a transaction reads and changes before it is flushed."""

    def __init__(self, models: ReadModels) -> None:
        self._models = models
        self._read: dict[str, dict[str, Any]] = {}
        self._changed: dict[str, dict[str, Any]] = {}

    def get(self, view: View, key: str) -> Any:
        """The row of a key, or None."""
        changed = self._changed.get(view.name)
        if changed is not None and key in changed:
            return changed[key]
        read = self._read.setdefault(view.name, {})
        if key not in read:
            read[key] = self._models.get(view, key)
        return read[key]

    def put(self, view: View, key: str, row: Any) -> None:
        """Sets (or with None removes) a row."""
        self._changed.setdefault(view.name, {})[key] = row

    def apply(self, view: View, event: Recorded) -> None:
        """Folds one event into the view's rows; an event the view does not subscribe to changes nothing."""
        if event.type not in view.types:
            return
        for key in view.keys(event):
            old = self.get(view, key)
            new = view.apply(old, event)
            if new is not old:
                self.put(view, key, new)

    def refold(self, view: View, streams: Iterable[str], standing: Callable[[str | None], Iterable[Recorded]]) -> None:
        """Makes rows anew from the events that stand: of these streams, or all rows of a view with keys of its own."""
        rows: dict[str, Any] = dict.fromkeys(streams) if view.key is None else {}
        if view.key is not None:
            rows.update((row_key(row), None) for row in self._models.query(view))
            rows.update(dict.fromkeys(self._changed.get(view.name, ())))
        for stream in sorted(rows) if view.key is None else (None,):
            for event in standing(stream):
                for key in view.keys(event):
                    rows[key] = view.apply(rows.get(key), event)
        for key, row in rows.items():
            self.put(view, key, row)

    def taken(self, views: Iterable[View]) -> list[tuple[View, Mapping[str, Any]]]:
        """The rows of these views that were changed, for `ReadModels.advance`; no row is held any longer."""
        found = [(view, self.changed(view)) for view in views]
        self._read, self._changed = {}, {}
        return found

    def changed(self, view: View) -> Mapping[str, Any]:
        """The rows changed and not yet flushed, by key."""
        return self._changed.get(view.name, {})


class ReadModels:
    """The tables of `views.db` and their cursors."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db = _connect(path)
        self._columns: dict[str, Columns] = {}
        self._cursor: dict[str, int] = {}
        self._walked = 0

    def close(self) -> None:
        """Closes the connection."""
        self._db.close()

    def columns(self, view: View) -> Columns:
        """The layout of a view's table (made on first use)."""
        columns = self._columns.get(view.name)
        if columns is None:
            columns = self._columns[view.name] = Columns(view)
        return columns

    def cursor(self, view: View) -> int:
        """The ledger position up to which a view is folded; its table is made afresh if its code changed."""
        found = self._db.execute("SELECT fingerprint, pos FROM view WHERE name = ?", (view.name,)).fetchone()
        columns = self.columns(view)
        if found and found[0] == columns.fingerprint:
            return int(found[1])
        self._create(view, columns)
        return 0

    def _create(self, view: View, columns: Columns) -> None:
        """Makes the table through sqlite-utils (rare: a new store, a new version of a view)."""
        import sqlite_utils

        db = sqlite_utils.Database(self._db, execute_plugins=False)
        table = db[view.table]
        table.drop(ignore=True)
        table.create(columns.sql, pk=columns.names[0])  # type: ignore[union-attr]
        for names in view.index:
            table.create_index([names] if isinstance(names, str) else names, if_not_exists=True)  # type: ignore[union-attr]
        kept.forget(self._db, view)
        self._set_cursor(view, 0)
        if self._db.in_transaction:
            self._db.commit()

    def _set_cursor(self, view: View, pos: int) -> None:
        self._db.execute(
            "INSERT INTO view (name, fingerprint, pos) VALUES (?, ?, ?)"
            " ON CONFLICT (name) DO UPDATE SET fingerprint = excluded.fingerprint, pos = excluded.pos",
            (view.name, self.columns(view).fingerprint, pos),
        )

    def catch_up(self, views: Iterable[View], source: Source) -> None:
        """Folds what the ledger has beyond each view's cursor."""
        head = source.size()
        behind = {view.name: (view, pos) for view in views if (pos := self.cursor(view)) < head}
        if not behind:
            return
        self._db.execute("BEGIN IMMEDIATE")
        try:
            behind = {name: (view, pos) for name, (view, _pos) in behind.items() if (pos := self.cursor(view)) < head}
            self._fold(behind, source, head)
            self._db.execute("COMMIT")
        except BaseException:
            self._db.execute("ROLLBACK")
            raise

    def _fold(self, behind: dict[str, tuple[View, int]], source: Source, head: int) -> None:
        voids = {event.data.target: event.pos for event in source.events((VOIDED,), upto=head)}
        pending = self._refold_voided(behind, source, voids, head)
        types = tuple({name for view, _pos in pending.values() for name in view.types})
        if types:
            start = min(pos for _view, pos in pending.values())
            empty = [view for view, pos in pending.values() if pos == 0 and head > _MANY]
            whole = empty if not self._walked else []  # an index cannot be dropped while rows are walked through
            indexes = self._without_indexes(whole)
            events = source.events(types, after=start, upto=head)
            passing.fold([passing.Folding(self, view, pos) for view, pos in pending.values()], events, voids)
            for sql in indexes:
                self._db.execute(sql)
        for view, _pos in behind.values():
            self._set_cursor(view, head)

    def _without_indexes(self, views: Iterable[View]) -> list[str]:
        """Drops the indexes of tables about to be filled; gives the statements that make them again."""
        found = [
            row
            for view in views
            for row in self._db.execute(
                "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?",
                (view.table,),
            )
        ]
        for name, _sql in found:
            self._db.execute(f'DROP INDEX "{name}"')
        return [sql for _name, sql in found]

    def _refold_voided(
        self, behind: dict[str, tuple[View, int]], source: Source, voids: Mapping[str, int], head: int
    ) -> dict[str, tuple[View, int]]:
        """Takes newly voided events out of what is already folded; gives the views with the place to go on from."""
        result = dict(behind)
        oldest = min((pos for _view, pos in behind.values()), default=head)
        fresh = list(source.events((VOIDED,), after=oldest, upto=head)) if voids else []
        for name, (view, pos) in behind.items():
            touched = [
                e for e in fresh if e.pos > pos and e.data.target_type in view.types and e.data.target_pos <= pos
            ]
            if not touched:
                continue
            if view.key is not None:
                self._db.execute(f"DELETE FROM {view.table}")  # noqa: S608 - a table name of our own
                kept.forget(self._db, view)
                result[name] = (view, 0)
                continue
            for stream in sorted({event.stream for event in touched}):
                row = None
                for event in source.events(tuple(view.types), stream=stream, upto=pos):
                    if event.id not in voids:
                        row = view.apply(row, event)
                self.store(view, {stream: row})
        return result

    def advance(self, changed: Sequence[tuple[View, Mapping[str, Any]]], base: int, head: int) -> None:
        """Stores the rows that an append from `base` to `head` has changed, where a view still stands at `base`.

        A view that somebody else has caught up in the meantime holds these events already and is left as it is.
        """
        if not changed:
            return
        self._db.execute("BEGIN IMMEDIATE")
        try:
            for view, rows in changed:
                if self.cursor(view) != base:
                    continue
                self.store(view, rows)
                self._set_cursor(view, head)
            self._db.execute("COMMIT")
        except BaseException:
            self._db.execute("ROLLBACK")
            raise

    def store(self, view: View, rows: Mapping[str, Any]) -> None:
        """Writes rows by key inside the open transaction; None removes."""
        columns = self.columns(view)
        kept.let_go(self._db, view, columns.names[0], rows)
        gone = [(key,) for key, row in rows.items() if row is None]
        if gone:
            self._db.executemany(f"DELETE FROM {view.table} WHERE {columns.names[0]} = ?", gone)  # noqa: S608
        for sql, values in columns.inserts(row for row in rows.values() if row is not None):
            self._db.executemany(sql, values)

    def get(self, view: View, key: str) -> Any:
        """The row of a key as folded up to the cursor, or None."""
        columns = self.columns(view)
        sql = f"SELECT * FROM {view.table} WHERE {columns.names[0]} = ?"  # noqa: S608
        found = self._db.execute(sql, (key,)).fetchone()
        return None if found is None else columns.to_row(found)

    def query(
        self,
        view: View,
        where: Mapping[str, Any] | None = None,
        *,
        sql: str = "",
        params: tuple[Any, ...] = (),
        order: str = "",
        limit: int | None = None,
    ) -> Iterator[Any]:
        """Rows by equality on columns, narrowed by an SQL condition over columns, ordered, limited."""
        columns = self.columns(view)
        conditions, values = [], []
        for name, value in (where or {}).items():
            conditions.append(f"{name} IS ?")
            values.append(value)
        if sql:
            conditions.append(f"({sql})")
            values.extend(params)
        text = f"SELECT * FROM {view.table}"  # noqa: S608 - names of our own, values bound
        if conditions:
            text += " WHERE " + " AND ".join(conditions)
        text += f" ORDER BY {order or columns.names[0]}"
        if limit is not None:
            text += f" LIMIT {int(limit)}"
        self._walked += 1
        try:
            for values_row in self._asked(text, values):
                yield columns.to_row(values_row)
        finally:
            self._walked -= 1

    def walk(self, view: View, where: Mapping[str, Any] | None = None) -> Iterator[Any]:
        """All rows that equality on columns leaves, in the order in which they lie: for who goes through many.

        Most rows of a wide view hold their defaults in most columns. What the first and the last rows do not use is
        not read, and a row that does use it is read again whole.
        """
        columns = self.columns(view)
        tail = f" FROM {view.table}"
        if where:
            tail += " WHERE " + " AND ".join(f"{name} IS ?" for name in where)
        values = tuple((where or {}).values())
        tail += " ORDER BY rowid"
        sample = self._asked(f"SELECT *{tail} LIMIT {_SAMPLE}", values).fetchall()
        few = len(sample) < _SAMPLE
        sample += [] if few else self._asked(f"SELECT *{tail} DESC LIMIT {_SAMPLE}", values).fetchall()
        wanted, to_row = ("*,1", columns.to_row) if few else columns.narrowed(sample)
        self._walked += 1
        try:
            for found in self._asked(f"SELECT {wanted}{tail}", values):
                yield to_row(found) if found[-1] else self.get(view, found[0])
        finally:
            self._walked -= 1

    def select(self, sql: str, params: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Runs a read-only SELECT over the views' tables, for reports. UsageError when it cannot be asked."""
        return self._asked(sql, params).fetchall()

    def answers(
        self, view: View, question: str, spans: Sequence[kept.Span], find: Callable[[kept.Span], Any]
    ) -> list[Any]:
        """The answers to a question over spans of a view's rows; see `kept.answers`."""
        return kept.answers(self._db, view, question, spans, find)

    def _asked(self, sql: str, params: Sequence[Any]) -> sqlite3.Cursor:
        """Runs a question. A bank's own pack may ask for columns that are not there: its error, not a fault of ours."""
        try:
            return self._db.execute(sql, params)
        except sqlite3.OperationalError as error:
            if self._db.in_transaction or "locked" in str(error):
                raise
            raise UsageError(
                _("The question over the views cannot be asked: {error}.").format(error=error),
                _("Mend the SQL of the pack, or update the plugin that it asks about."),
            ) from error

    def forget(self, view: View) -> None:
        """Drops a view's cursor, so that the next catch-up rebuilds it."""
        with self._db:
            self._db.execute("DELETE FROM view WHERE name = ?", (view.name,))


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, timeout=30.0)
    try:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        db.execute("PRAGMA secure_delete=OFF")  # nothing is here that the ledger does not keep for ever
        db.execute("PRAGMA cache_size=-8000")
        db.execute("PRAGMA wal_autocheckpoint=4000")  # pages: an import would stop for the disk every few batches
        db.execute(
            "CREATE TABLE IF NOT EXISTS view (name TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, pos INTEGER NOT NULL)"
        )
        kept.create(db)
    except sqlite3.DatabaseError as problem:
        db.close()
        if isinstance(problem, sqlite3.OperationalError):
            raise
        raise IntegrityError(
            _("The read models in {path} are damaged: {reason}.").format(path=path, reason=problem),
            _("They hold nothing of their own; make them anew: branchops rebuild"),
        ) from problem
    return db

"""Read models as values: a view is a struct, the folds that make it, and the table that keeps it.

A fold is pure. `opens` maps event types to functions that make a new row of an event; `folds` maps types to functions
of (row, event) that give the changed row. An event of a folding type whose row does not exist is passed over, so a
voided opening takes what followed it out of the view as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, get_type_hints

import msgspec

from branchops.core.clock import stamp
from branchops.core.rulebook.record import Recorded

Fold = Callable[[Any, Recorded], Any]
Open = Callable[[Recorded], Any]


class View(msgspec.Struct, frozen=True, kw_only=True):
    """A read model. `name` is `<plugin>.<noun>`; `row` a frozen struct whose first field is the row's key (text).

    `key(event)` names the row an event touches (default: its stream); a tuple touches several. `version` goes up
    whenever the meaning of a fold changes: the table is then rebuilt. `index` lists columns to index.
    """

    name: str
    row: type
    opens: Mapping[str, Open] = {}
    folds: Mapping[str, Fold] = {}
    key: Callable[[Recorded], str | tuple[str, ...]] | None = None
    version: int = 1
    index: tuple[str, ...] = ()

    @property
    def types(self) -> frozenset[str]:
        """The event types this view subscribes to."""
        return frozenset(self.opens) | frozenset(self.folds)

    @property
    def table(self) -> str:
        """The SQL table's name."""
        return self.name.replace(".", "_").replace("-", "_")

    def keys(self, event: Recorded) -> tuple[str, ...]:
        """The keys of the rows that an event touches."""
        if self.key is None:
            return (event.stream,)
        found = self.key(event)
        return (found,) if isinstance(found, str) else found

    def apply(self, row: Any, event: Recorded) -> Any:
        """The row after an event."""
        if row is None:
            opener = self.opens.get(event.type)
            return opener(event) if opener else None
        fold = self.folds.get(event.type)
        return fold(row, event) if fold else row


def row_key(row: Any) -> str:
    """The key of a row: its first field."""
    return str(getattr(row, row.__struct_fields__[0]))


def _to_text(value: Any) -> Any:
    return None if value is None else str(value)


def _to_stamp(value: Any) -> Any:
    return None if value is None else stamp(value)


def _to_date(value: Any) -> Any:
    return None if value is None else value.isoformat()


class Columns:
    """How a row struct lies in its table: column names, SQL types, and the way there and back."""

    def __init__(self, view: View) -> None:
        hints = get_type_hints(view.row, include_extras=False)
        fields = msgspec.structs.fields(view.row)
        self.view = view
        self.names = tuple(field.name for field in fields)
        kinds = [_kind(hints[field.name]) for field in fields]
        self.sql = {name: _SQL[kind] for name, kind in zip(self.names, kinds, strict=True)}
        self._out = tuple((i, _OUT[kind]) for i, kind in enumerate(kinds) if kind in _OUT)
        self._packed = tuple(i for i, kind in enumerate(kinds) if kind == "json")
        self._json = tuple(
            (i, msgspec.json.Decoder(hints[name]))
            for i, (name, kind) in enumerate(zip(self.names, kinds, strict=True))
            if kind == "json"
        )
        self._row_type = view.row
        self._defaults_ok = True
        shape = ",".join(f"{n} {kind}" for n, kind in zip(self.names, kinds, strict=True))
        self.fingerprint = f"{view.version}|{shape}|{','.join(view.index)}"

    def to_sql(self, row: Any) -> list[Any]:
        """A row's values as SQLite takes them."""
        values = list(msgspec.structs.astuple(row))
        for i, convert in self._out:
            value = values[i]
            if type(value) is not str and value is not None:
                values[i] = convert(value)
        for i in self._packed:
            values[i] = msgspec.json.encode(values[i]).decode()
        return values

    def to_row(self, values: tuple[Any, ...]) -> Any:
        """A row struct of SQLite's values."""
        items = list(values)
        for i, decoder in self._json:
            items[i] = decoder.decode(items[i])
        return msgspec.convert(dict(zip(self.names, items, strict=True)), self._row_type, strict=False)


_SQL = {"text": "TEXT", "int": "INTEGER", "bool": "INTEGER", "stamp": "TEXT", "date": "TEXT", "json": "TEXT"}
_OUT: dict[str, Callable[[Any], Any]] = {
    "text": _to_text,
    "stamp": _to_stamp,
    "date": _to_date,
}


def _kind(hint: Any) -> str:
    """Which of the storage kinds a field's type is."""
    import types
    import typing

    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        inner = [arg for arg in typing.get_args(hint) if arg is not type(None)]
        return _kind(inner[0]) if len(inner) == 1 else "json"
    if hint is bool:
        return "bool"
    if hint is int:
        return "int"
    if hint is datetime:
        return "stamp"
    if hint is date:
        return "date"
    if isinstance(hint, type) and issubclass(hint, (str, Decimal)):
        return "text"
    return "text" if typing.get_origin(hint) is typing.Literal else "json"

"""Read models as values: a view is a struct, the folds that make it, and the table that keeps it.

A fold is pure. `opens` maps event types to functions that make a new row of an event; `folds` maps types to functions
of (row, event) that give the changed row. An event of a folding type whose row does not exist is passed over, so a
voided opening takes what followed it out of the view as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from operator import is_, itemgetter, ne
from typing import Annotated, Any

import msgspec
from msgspec.json import Decoder
from msgspec.structs import astuple

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


def _to_date(value: Any) -> str:
    return str(value.isoformat())


def _to_json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _stored(value: Any, convert: Callable[[Any], Any] | None) -> Any:
    """What SQLite holds for a value."""
    return value if convert is None or (value is None and convert is not _to_json) else convert(value)


def _literal(default: Any, convert: Callable[[Any], Any] | None) -> str:
    """A default as SQL; empty when there is none, or none that SQL can say simply."""
    if default is msgspec.NODEFAULT:
        return ""
    value = _stored(default, convert)
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, str) and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    return ""


class _Shape:
    """A statement that stores rows of one shape: the places bound, and what must be converted before."""

    __slots__ = ("_packed", "_pick", "_spelt", "_texts", "sql")

    def __init__(
        self, sql: str, told: Sequence[int], convert: Sequence[tuple[int, Callable[[Any], Any] | None]]
    ) -> None:
        self.sql = sql
        self._packed = tuple(i for i, one in convert if one is _to_json)
        self._spelt = tuple((i, one) for i, one in convert if one in (stamp, _to_date))
        self._texts = tuple(i for i, one in convert if one is str)
        self._pick = itemgetter(*told, told[0])  # one more than needed, so that it gives a tuple for one place, too

    def values(self, row: tuple[Any, ...]) -> list[Any]:
        """What is bound for a row."""
        values = list(self._pick(row))
        values.pop()
        for i in self._packed:
            values[i] = _to_json(values[i])
        for i, spell in self._spelt:
            if type(values[i]) is not str and values[i] is not None:
                values[i] = spell(values[i])
        if not _BOUND.issuperset(map(type, values)):
            for i in self._texts:
                if type(values[i]) is not str and values[i] is not None:
                    values[i] = str(values[i])
        return values


class Columns:
    """How a row struct lies in its table: column names, SQL types, and the way there and back."""

    def __init__(self, view: View) -> None:
        fields = msgspec.structs.fields(view.row)
        hints = {field.name: field.type for field in fields}
        self.view = view
        self.names = tuple(field.name for field in fields)
        kinds = [_kind(hints[field.name]) for field in fields]
        self.sql = {name: _SQL[kind] for name, kind in zip(self.names, kinds, strict=True)}
        self._convert = [_OUT.get(kind) for kind in kinds]
        self._literals = [
            _literal(field.default, convert) for field, convert in zip(fields, self._convert, strict=True)
        ]
        self._defaults = [
            field.default if literal else _NO_DEFAULT for field, literal in zip(fields, self._literals, strict=True)
        ]
        self._plain = self._shape(bytes(len(fields)))
        self._shapes: dict[bytes, _Shape] = {}
        self._json = tuple(
            (i, msgspec.json.Decoder(hints[name]))
            for i, (name, kind) in enumerate(zip(self.names, kinds, strict=True))
            if kind == "json"
        )
        self._told: dict[bytes, _Told] = {}
        self._held = tuple(
            _stored(default, convert) if literal else _NO_DEFAULT
            for default, convert, literal in zip(self._defaults, self._convert, self._literals, strict=True)
        )
        shape = ",".join(f"{n} {kind}" for n, kind in zip(self.names, kinds, strict=True))
        self.fingerprint = f"{view.version}|{shape}|{','.join(view.index)}"

    def inserts(self, rows: Iterable[Any]) -> Iterator[tuple[str, Iterable[Sequence[Any]]]]:
        """Statements that put rows into the table in place of those with their keys, each with its values.

        Most columns of most rows hold their field's default. Rows with the same defaults share a statement that has
        them as literals, so that only the others are converted and bound.
        """
        alike: dict[bytes, list[tuple[Any, ...]]] = {}
        defaults = self._defaults
        for row in rows:
            values = astuple(row)
            alike.setdefault(bytes(map(is_, values, defaults)), []).append(values)
        for signature, members in alike.items():
            shape = self._shapes.get(signature)
            if shape is None:
                if len(members) < _WORTH_A_SHAPE:
                    shape = self._plain
                else:
                    if len(self._shapes) >= _SHAPES:
                        self._shapes.clear()
                    shape = self._shapes[signature] = self._shape(signature)
            yield shape.sql, map(shape.values, members)

    def _shape(self, signature: bytes) -> _Shape:
        told = [place for place, default in enumerate(signature) if not default]
        cells = ["?" if not default else self._literals[place] for place, default in enumerate(signature)]
        sql = f"INSERT OR REPLACE INTO {self.view.table} VALUES ({','.join(cells)})"  # noqa: S608 - names of our own
        return _Shape(sql, told, [(i, self._convert[place]) for i, place in enumerate(told)])

    def to_row(self, values: tuple[Any, ...]) -> Any:
        """A row struct of SQLite's values.

        As in `inserts`, the fields that hold their default are left to the struct: only the others are converted.
        """
        signature = bytes(map(ne, values, self._held))
        told = self._told.get(signature)
        if told is None:
            if len(self._told) >= _SHAPES:
                self._told.clear()
            told = self._told[signature] = self._those_told(signature)
        return told.row(values)

    def _those_told(self, signature: bytes) -> _Told:
        places = [place for place, told in enumerate(signature) if told]
        decoders = [(self.names[i], decoder) for i, decoder in self._json if signature[i]]
        return _Told(self.view.row, places, [self.names[place] for place in places], decoders)


class _Told:
    """How rows are read in which the same fields hold more than their default."""

    __slots__ = ("_decoders", "_names", "_pick", "_type")

    def __init__(
        self, row: type, places: Sequence[int], names: Sequence[str], decoders: Sequence[tuple[str, Decoder[Any]]]
    ) -> None:
        self._type = row
        self._pick = itemgetter(*places, 0, 0)  # more than needed, so that it gives a tuple for any number of places
        self._names = tuple(names)
        self._decoders = tuple(decoders)

    def row(self, values: tuple[Any, ...]) -> Any:
        """The row of SQLite's values."""
        items = dict(zip(self._names, self._pick(values), strict=False))
        for name, decoder in self._decoders:
            items[name] = decoder.decode(items[name])
        return msgspec.convert(items, self._type, strict=False)


_SQL = {"text": "TEXT", "int": "INTEGER", "bool": "INTEGER", "stamp": "TEXT", "date": "TEXT", "json": "TEXT"}
_OUT: dict[str, Callable[[Any], Any]] = {
    "text": str,
    "stamp": stamp,
    "date": _to_date,
    "json": _to_json,
}
_NO_DEFAULT = object()
_BOUND = frozenset((str, int, bool, type(None)))
"""What SQLite is given as it is."""
_WORTH_A_SHAPE = 8
_SHAPES = 64


def _kind(hint: Any) -> str:
    """Which of the storage kinds a field's type is."""
    import types
    import typing

    if typing.get_origin(hint) is Annotated:
        return _kind(typing.get_args(hint)[0])
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

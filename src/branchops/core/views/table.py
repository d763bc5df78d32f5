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
from branchops.core.memo import Memo
from branchops.core.rulebook.record import Recorded

Fold = Callable[[Any, Recorded], Any]
Open = Callable[[Recorded], Any]


class View(msgspec.Struct, frozen=True, kw_only=True):
    """A read model. `name` is `<plugin>.<noun>`; `row` a frozen struct whose first field is the row's key (text).

    `key(event)` names the row an event touches (default: its stream); a tuple touches several. `version` goes up
    whenever the meaning of a fold changes: the table is then rebuilt. `index` lists columns to index; a tuple is one
    index over several. `spans` names the column of instants by whose days reports count: what they found in a span is
    kept until a row in it changes (`kept.py`).
    """

    name: str
    row: type
    opens: Mapping[str, Open] = {}
    folds: Mapping[str, Fold] = {}
    key: Callable[[Recorded], str | tuple[str, ...]] | None = None
    version: int = 1
    index: tuple[str | tuple[str, ...], ...] = ()
    spans: str = ""

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

    def values(self, rows: Iterable[tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
        """What is bound for rows, one after the other; made column by column."""
        columns: list[Any] = list(zip(*map(self._pick, rows), strict=True))[:-1]
        if not columns:
            return ()
        for i in self._packed:
            columns[i] = list(map(_to_json, columns[i]))
        for i, spell in self._spelt:
            columns[i] = [one if type(one) is str or one is None else spell(one) for one in columns[i]]
        for i in self._texts:
            if not _BOUND.issuperset(map(type, columns[i])):
                columns[i] = [one if type(one) is str or one is None else str(one) for one in columns[i]]
        return zip(*columns, strict=True)


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
        decoders = [
            Decoder(hints[name]) if kind == "json" else None for name, kind in zip(self.names, kinds, strict=True)
        ]
        held = [
            _stored(default, convert) if literal else _NO_DEFAULT
            for default, convert, literal in zip(self._defaults, self._convert, self._literals, strict=True)
        ]
        self._reader = _Reader(view.row, self.names, held, decoders)
        shape = ",".join(f"{n} {kind}" for n, kind in zip(self.names, kinds, strict=True))
        indexes = ",".join(one if isinstance(one, str) else "+".join(one) for one in view.index)
        self.fingerprint = f"{view.version}|{shape}|{indexes}"

    def inserts(self, rows: Iterable[Any]) -> Iterator[tuple[str, Iterable[Sequence[Any]]]]:
        """Statements that put rows into the table in place of those with their keys, each with its values.

        Most columns of most rows hold their field's default. Rows with the same defaults share a statement that has
        them as literals, so that only the others are converted and bound.
        """
        if not any(self._literals):  # no column has a default to leave out
            yield self._plain.sql, self._plain.values(map(astuple, rows))
            return
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
            yield shape.sql, shape.values(members)

    def _shape(self, signature: bytes) -> _Shape:
        told = [place for place, default in enumerate(signature) if not default]
        cells = ["?" if not default else self._literals[place] for place, default in enumerate(signature)]
        sql = f"INSERT OR REPLACE INTO {self.view.table} VALUES ({','.join(cells)})"  # noqa: S608 - names of our own
        return _Shape(sql, told, [(i, self._convert[place]) for i, place in enumerate(told)])

    def to_row(self, values: tuple[Any, ...]) -> Any:
        """A row struct of SQLite's values."""
        return self._reader.row(values)

    def narrowed(self, sample: Iterable[tuple[Any, ...]]) -> tuple[str, Callable[[tuple[Any, ...]], Any]]:
        """What to select instead of `*` where rows are like those of a sample, and what makes a row of it.

        SQLite itself looks whether the columns left out hold their defaults, at a fraction of what it costs to hand
        them over. The last value selected is its answer; a row is only made where it says yes.
        """
        reader = self._reader
        told = {0, *(place for values in sample for place in reader.told(values))}
        places = [place for place, literal in enumerate(self._literals) if place in told or not literal]
        left = [f"{self.names[i]} IS {self._literals[i]}" for i in range(len(self.names)) if i not in places]
        return ",".join([*(self.names[i] for i in places), " AND ".join(left) or "1"]), reader.of(places).row


class _Reader:
    """Makes rows of SQLite's values for some columns; all others hold their defaults.

    As in `inserts`, fields that hold their default are left to the struct: only the others are converted.
    """

    __slots__ = ("_decoders", "_held", "_names", "_shapes", "_type")

    def __init__(
        self, row: type, names: Sequence[str], held: Sequence[Any], decoders: Sequence[Decoder[Any] | None]
    ) -> None:
        self._type = row
        self._names = names
        self._held = held
        self._decoders = decoders
        self._shapes = Memo(self._shape, _SHAPES)

    def of(self, places: Sequence[int]) -> _Reader:
        """A reader of some of its columns."""
        names = [self._names[i] for i in places]
        return _Reader(self._type, names, [self._held[i] for i in places], [self._decoders[i] for i in places])

    def told(self, values: tuple[Any, ...]) -> Iterator[int]:
        """The places that hold more than their default."""
        return (place for place, more in enumerate(map(ne, values, self._held)) if more)

    def row(self, values: tuple[Any, ...]) -> Any:
        """The row of these values; what follows them is passed over."""
        return self._shapes[bytes(map(ne, values, self._held))].row(values)

    def _shape(self, signature: bytes) -> _Told:
        places = [place for place, more in enumerate(signature) if more]
        decoders = [(self._names[i], decoder) for i in places if (decoder := self._decoders[i]) is not None]
        return _Told(self._type, places, [self._names[i] for i in places], decoders)


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

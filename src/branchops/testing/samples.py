"""A lawful value of any event struct, for contract cases that need one without knowing the plugin."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import msgspec
from msgspec import inspect as kinds


def sample(struct: type) -> Any:
    """A struct with every field filled: texts that are not ASCII, aware instants, one item in every collection.

    ValueError for a text with a pattern: say `__sample__` on the struct (a mapping of field to value) for those.
    """
    given = dict(getattr(struct, "__sample__", {}))
    info = kinds.type_info(struct)
    assert isinstance(info, kinds.StructType)
    values = {field.name: given.get(field.name, _MISSING) for field in info.fields}
    for field in info.fields:
        if values[field.name] is _MISSING:
            values[field.name] = _value(field.type)
    return struct(**values)


_MISSING = object()

_PLAIN: dict[type, Any] = {
    kinds.BoolType: True,
    kinds.NoneType: None,
    kinds.DateType: date(2026, 11, 23),
    kinds.TimeType: time(10, 5),
    kinds.DateTimeType: datetime(2026, 11, 23, 2, 5, tzinfo=UTC),
    kinds.TimeDeltaType: timedelta(minutes=5),
    kinds.DecimalType: Decimal("12.30"),
    kinds.AnyType: "any",
    kinds.RawType: msgspec.Raw(b"{}"),
}


def _value(kind: Any) -> Any:
    if type(kind) in _PLAIN:
        return _PLAIN[type(kind)]
    maker = _MAKERS.get(type(kind))
    if maker is None:
        raise ValueError(f"no sample for {kind}")
    return maker(kind)


def _text(kind: kinds.StrType) -> str:
    if kind.pattern:
        raise ValueError(f"no sample for a text of the pattern {kind.pattern}")
    text = "样品 é" if kind.max_length is None or kind.max_length >= len("样品 é") else "样"[: kind.max_length]
    return text.ljust(kind.min_length or 0, "x")


def _number(kind: kinds.IntType) -> int:
    low = kind.ge if kind.ge is not None else (kind.gt + 1 if kind.gt is not None else None)
    high = kind.le if kind.le is not None else (kind.lt - 1 if kind.lt is not None else None)
    return int(low if low is not None else high if high is not None else 7)


def _union(kind: kinds.UnionType) -> Any:
    chosen = [one for one in kind.types if not isinstance(one, kinds.NoneType)]
    return _value(chosen[0])


_MAKERS: dict[type, Any] = {
    kinds.StrType: _text,
    kinds.IntType: _number,
    kinds.LiteralType: lambda kind: kind.values[0],
    kinds.EnumType: lambda kind: next(iter(kind.cls)),
    kinds.UnionType: _union,
    kinds.Metadata: lambda kind: _value(kind.type),
    kinds.VarTupleType: lambda kind: (_value(kind.item_type),),
    kinds.TupleType: lambda kind: tuple(_value(one) for one in kind.item_types),
    kinds.ListType: lambda kind: [_value(kind.item_type)],
    kinds.SetType: lambda kind: {_value(kind.item_type)},
    kinds.FrozenSetType: lambda kind: frozenset({_value(kind.item_type)}),
    kinds.DictType: lambda kind: {"key": _value(kind.value_type)},
    kinds.StructType: lambda kind: sample(kind.cls),
}

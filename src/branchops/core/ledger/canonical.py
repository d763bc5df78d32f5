"""Canonical JSON: the one sequence of bytes for one content.

Invariant: `encode(x) == reference_encode(x)` for every x that either takes, and both refuse the same x. The reference
is the standard library's encoder; `encode` is a faster road to the same bytes, and the tests prove that it is.

Canonical means: UTF-8, keys sorted by code point and ASCII only, no white space, no floating point number (money and
ratios travel as decimal strings), all text in Unicode normalisation form C, integers of any size up to 4,300 digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from itertools import chain, repeat
from operator import is_
from typing import Any, Literal, NoReturn

import msgspec
from msgspec.structs import astuple

from branchops.core.errors import UsageError
from branchops.core.memo import Memo
from branchops.core.output.messages import _

DIGITS = 4300
"""Longest integer, in decimal digits; the standard library's own limit for turning text into numbers."""

_encoder = msgspec.json.Encoder(order="sorted", decimal_format="string")
_fast, _fast_lines = _encoder.encode, _encoder.encode_lines
_decode = msgspec.json.Decoder().decode

_LONG_NUMBER = re.compile(rb"[0-9]{4301}")
# Types whose values the encoder writes as reference_encode does, with nothing inside that would need a look.
_PLAIN = frozenset((str, int, bool, type(None), datetime, date, msgspec.UnsetType))
_all_plain = _PLAIN.issuperset
_all_plain_or_tuple = (_PLAIN | {tuple}).issuperset
_EMPTY = repeat(())


def _is_ascii(kind: type) -> bool:
    """Whether this is a type of struct whose names of fields are ASCII."""
    return issubclass(kind, msgspec.Struct) and "".join(kind.__struct_encode_fields__).isascii()


_ASCII = Memo(_is_ascii)


def encode(obj: Any) -> bytes:
    """Canonical bytes of a msgspec Struct, a dict, or any JSON-ready value.

    Decimals become strings, dates and times ISO 8601 strings, enums their values, sets sorted arrays.
    Raises UsageError for floats, lone surrogates, keys that are not ASCII text, values JSON cannot hold.
    """
    try:
        raw = _fast(obj)
    except (TypeError, ValueError, RecursionError, OverflowError) as problem:
        _refuse(problem)
    if not _flat(obj):
        _inspect(obj)
    return raw if len(raw) <= DIGITS and raw.isascii() else _finished(raw, obj)


def encode_record(data: Any, meta: Any) -> bytes:
    """`encode({"data": data, "meta": meta})`, in less time for records of plain values."""
    obj = {"data": data, "meta": meta}
    try:
        raw = _fast(obj)
    except (TypeError, ValueError, RecursionError, OverflowError) as problem:
        _refuse(problem)
    if not (_plain(data) and _plain(meta)):
        _inspect(obj)
    return raw if len(raw) <= DIGITS and raw.isascii() else _finished(raw, obj)


def encode_all(objs: Sequence[msgspec.Struct]) -> list[bytes]:
    """`[encode(obj) for obj in objs]`, in less time for many structs of plain ASCII values."""
    if all(map(_ASCII.__getitem__, set(map(type, objs)))) and _nothing_inside(
        [*chain.from_iterable(map(astuple, objs))]
    ):
        with suppress(TypeError, ValueError, RecursionError, OverflowError):
            lines = _fast_lines(objs).splitlines()
            if len(lines) == len(objs) and all(map(bytes.isascii, lines)) and max(map(len, lines), default=0) <= DIGITS:
                return lines
    return [encode(obj) for obj in objs]


def _finished(raw: bytes, obj: Any) -> bytes:
    """The encoder's bytes after the looks that only the bytes tell the need of."""
    if len(raw) > DIGITS and _LONG_NUMBER.search(raw) is not None:
        _short_numbers(obj)
    if raw.isascii():
        return raw
    # Escapes are ASCII and never compose with what precedes them, so text that is not in form C is always seen here;
    # a false alarm (an escape such as \n before a combining mark) costs one more pass and changes nothing.
    if unicodedata.is_normalized("NFC", raw.decode()):
        return raw
    return _fast(_normal(_decode(raw)))


class Ready(bytes):
    """Canonical bytes of a value, made by `ready`: what has been encoded once need not be encoded again."""

    __slots__ = ()


def ready(obj: Any) -> Ready:
    """`encode`, with a type that says so."""
    return Ready(encode(obj))


def reference_encode(obj: Any) -> bytes:
    """The same bytes by the standard library's encoder, slowly. Same errors as `encode`."""
    import json

    try:
        _fast(obj)
        _inspect(obj)
        _short_numbers(obj)
        plain = msgspec.to_builtins(obj, order="sorted")
        text = json.dumps(
            _normal(plain),
            sort_keys=True,
            separators=(",", ":"),
            ensure_ascii=False,
            allow_nan=False,
            check_circular=False,
        )
        return text.encode()
    except (TypeError, ValueError, RecursionError, OverflowError) as problem:
        _refuse(problem)


def is_canonical(raw: bytes) -> bool:
    """Whether stored bytes are the canonical form of what they say. Never raises."""
    try:
        return encode(_decode(raw)) == raw
    except (UsageError, ValueError, RecursionError, msgspec.MsgspecError):
        return False


def strict_decode(
    data: bytes, *, floats: Literal["refuse", "decimal"] = "refuse", duplicates: Literal["refuse", "last"] = "refuse"
) -> Any:
    """Plain Python value of one JSON text from outside (imports, proofs).

    UTF-8 only, with one byte order mark tolerated at the start. Invalid UTF-8, lone surrogates, NaN and Infinity,
    trailing text, and nesting beyond the interpreter's recursion limit are always refused. `floats="decimal"` turns
    numbers with a fraction or exponent into exact Decimals; `duplicates="last"` lets the last of equal keys win.
    Raises UsageError for everything it refuses, and nothing else.
    """
    import json

    try:
        text = data.decode("utf-8-sig")
        value = json.loads(
            text,
            parse_float=_refuse_float if floats == "refuse" else Decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_unique if duplicates == "refuse" else None,
        )
        if b"\\u" in data:
            json.dumps(value, ensure_ascii=False, default=str).encode()
    except (ValueError, RecursionError, InvalidOperation) as problem:
        _refuse(problem)
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _value in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise UsageError(_("The key {key} appears twice.").format(key=ascii(twice)), _("Keep one of the two."))
    return found


def _refuse_float(text: str) -> NoReturn:
    raise UsageError(
        _("{number} is a floating point number.").format(number=text[:40]),
        _('Write amounts and ratios as text, for example "12.50".'),
    )


def _refuse_constant(text: str) -> NoReturn:
    raise UsageError(_("{number} is not a number of JSON.").format(number=text), _("Leave the value out."))


def _refuse(problem: Exception) -> NoReturn:
    if isinstance(problem, UnicodeEncodeError):
        message = _("The text holds half of a surrogate pair, which is no character.")
        raise UsageError(message, _("Remove it, or decode the source with its right encoding.")) from problem
    if isinstance(problem, UnicodeDecodeError):
        raise UsageError(_("The bytes are not UTF-8."), _("Convert the source to UTF-8 first.")) from problem
    if isinstance(problem, RecursionError):
        raise UsageError(_("The value is nested too deeply."), _("Flatten it.")) from problem
    message = _("This cannot be stored as JSON: {reason}").format(reason=str(problem)[:200])
    raise UsageError(message, _("Use text, whole numbers, true, false, null, lists and objects.")) from problem


def _flat(obj: Any) -> bool:
    """Whether this is a struct with nothing inside that `_inspect` would look into: the usual case, told quickly."""
    return _ASCII[type(obj)] and _nothing_inside(astuple(obj))


def _nothing_inside(values: Collection[Any]) -> bool:
    """Whether all are plain values or empty tuples."""
    if _all_plain(map(type, values)):
        return True
    kinds = [*map(type, values)]
    return _all_plain_or_tuple(kinds) and kinds.count(tuple) == sum(map(is_, values, _EMPTY))


def _plain(obj: Any) -> bool:
    """Whether this is a struct or dict in which `_inspect` would find nothing to look into."""
    if type(obj) is not dict:
        return _flat(obj)
    try:
        return "".join(obj).isascii() and _all_plain(map(type, obj.values()))
    except TypeError:  # keys that are not text: `_inspect` says what it thinks of them
        return False


def _inspect(obj: Any) -> None:
    """Raise UsageError when a float, a Decimal that is no number, or a key that is not ASCII is anywhere inside."""
    todo = [obj]
    for value in todo:  # grows as it goes: what needs a look of its own is put at the end
        kind = type(value)
        if kind is dict:
            names, inner = value, value.values()
        elif kind is list or kind is tuple:
            names, inner = (), value
        elif isinstance(value, msgspec.Struct):
            names, inner = value.__struct_encode_fields__, astuple(value)
        else:
            todo += _look_inside(value)
            continue
        if names and not "".join(names).isascii():
            raise UsageError(_("Keys must be plain ASCII."), _("Rename the key; text values may use any script."))
        if not _all_plain(map(type, inner)):
            todo += [part for part in inner if type(part) not in _PLAIN]


def _look_inside(value: Any) -> list[Any]:
    """The parts, still to be looked at, of a value of a less usual kind. Raises UsageError for those not allowed."""
    if isinstance(value, float):
        _refuse_float(repr(value))
    if isinstance(value, Decimal):
        if not value.is_finite():
            _refuse_constant(str(value))
    elif isinstance(value, msgspec.Raw):
        raise UsageError(_("Ready-made JSON cannot be stored."), _("Decode it first."))
    elif isinstance(value, Mapping):
        return [dict(value)]
    elif isinstance(value, Iterable) and not isinstance(value, (str, bytes, bytearray, memoryview)):
        return list(value)
    elif hasattr(value, "__dataclass_fields__") or hasattr(value, "__attrs_attrs__"):
        raise UsageError(_("A record must be a msgspec Struct or a dict."), _("Convert it first."))
    return []


def _short_numbers(obj: Any) -> None:
    """Raise UsageError when an integer of more than `DIGITS` digits is anywhere inside."""
    if isinstance(obj, int):
        if abs(obj) >= 10**DIGITS:
            raise UsageError(_("The number is too long."), _("Write it as text."))
    elif isinstance(obj, Mapping):
        _short_numbers(list(obj.values()))
    elif isinstance(obj, msgspec.Struct):
        _short_numbers(astuple(obj))
    elif isinstance(obj, Iterable) and not isinstance(obj, (str, bytes, bytearray, memoryview)):
        for value in obj:
            _short_numbers(value)


def _normal(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {key: _normal(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_normal(inner) for inner in value]
    return value

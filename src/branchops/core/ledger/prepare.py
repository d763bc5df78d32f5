"""What an event must look like before it may be stored: its canonical body and its framed text columns.

Invariant: whatever passes here can be stored, framed and read back unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import msgspec

from branchops.core.errors import UsageError
from branchops.core.ledger import keys
from branchops.core.ledger.canonical import Ready, encode, encode_record
from branchops.core.ledger.event import NewEvent
from branchops.core.output.messages import _

_TYPE = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_MOMENT = re.compile(r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{6}Z", re.ASCII)
_RECORD = (msgspec.Struct, dict)
_JOINED = b'{"data":%b,"meta":%b}'
_ROOM = 10_000
_plain_names: dict[type, bool] = {}


def body_of(event: NewEvent, key: str | None, digest: str | None) -> bytes:
    """The canonical body. Raises UsageError when JSON cannot hold it, ValueError when the key is not in its meta."""
    data, meta, schema = event.data, event.meta, event.schema
    whole = type(data) is Ready and data[:1] == b"{"
    if not (whole or isinstance(data, _RECORD)) or not isinstance(meta, _RECORD):
        raise TypeError("data and meta are msgspec Structs or dicts")
    if type(schema) is not int or not 0 < schema < 1 << 31:
        raise ValueError("a schema is a small positive integer")
    if whole:
        about = encode(meta)
        body = _JOINED % (data, about)
    else:
        body = encode_record(data, meta)
    if key and digest and _says(meta, key, digest):
        return body
    told = b'{"meta":%b}' % about if whole else body
    if key is not None or keys.MARK in told:
        made = keys.claim(told)
        if made != (None if key is None else (key, digest)):
            raise ValueError("meta.key and meta.asked must be the key and digest given to append, or absent")
    return body


def _says(meta: Any, key: str, digest: str) -> bool:
    """Whether a struct says plainly that it holds this key and digest: then its bytes need not be read for it."""
    kind = type(meta)
    plain = _plain_names.get(kind)
    if plain is None:
        plain = isinstance(meta, msgspec.Struct) and kind.__struct_encode_fields__ == kind.__struct_fields__
        plain = _plain_names[kind] = plain and {"key", "asked"}.issubset(kind.__struct_fields__)
    return plain and bool(meta.key == key and meta.asked == digest)


class Known(dict[str, bytes]):
    """Texts as bytes, each checked when it is first met: most events of a transaction share theirs."""

    def __init__(self, checked: Callable[[str], bytes]) -> None:
        super().__init__()
        self._checked = checked

    def __missing__(self, value: str) -> bytes:
        made = self._checked(value)
        if len(self) >= _ROOM:
            self.clear()
        self[value] = made
        return made


def named(value: str) -> bytes:
    """A stream, an actor or an id: any text that is not empty."""
    if not isinstance(value, str) or not value:
        raise ValueError("streams, actors and ids are text that is not empty")
    try:
        return value.encode()
    except UnicodeEncodeError as problem:
        raise UsageError(
            _("The text holds half of a surrogate pair, which is no character."),
            _("Remove it, or decode the source with its right encoding."),
        ) from problem


def dotted(value: str) -> bytes:
    """An event type."""
    if not isinstance(value, str) or _TYPE.fullmatch(value) is None:
        raise ValueError(f"not an event type: {value!r}; a type is a plain dotted name such as complaints.received")
    return value.encode()


def stamped(value: str) -> bytes:
    """A stamp of core/clock.py."""
    if not isinstance(value, str) or _MOMENT.fullmatch(value) is None:
        raise ValueError(f"not a stamp of the clock module: {value!r}")
    return value.encode()

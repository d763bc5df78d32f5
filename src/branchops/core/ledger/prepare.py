"""What an event must look like before it may be stored: its canonical body and its framed text columns.

Invariant: whatever passes here can be stored, framed and read back unchanged.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from branchops.core.clock import stamp
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
_SECOND = timedelta(seconds=1)
_NEVER = datetime.min.replace(tzinfo=UTC)
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


class Texts:
    """Text columns as bytes, remembered, since most events of a transaction share them. Each is checked once."""

    def __init__(self) -> None:
        self._types: dict[str, bytes] = {}
        self._moments: dict[str, bytes] = {}
        self._plain: dict[str, bytes] = {}

    def plain(self, value: str) -> bytes:
        """Any text that is not empty."""
        return self._plain.get(value) or _learn(self._plain, value, self.identifier(value))

    def dotted(self, value: str) -> bytes:
        """An event type."""
        return self._types.get(value) or _learn(self._types, value, _dotted(value))

    def moment(self, value: str) -> bytes:
        """A stamp of core/clock.py."""
        return self._moments.get(value) or _learn(self._moments, value, _stamped(value))

    def identifier(self, value: str) -> bytes:
        """Any text that is not empty; never remembered, for what occurs once."""
        if not isinstance(value, str) or not value:
            raise ValueError("streams, actors and ids are text that is not empty")
        try:
            return value.encode()
        except UnicodeEncodeError as problem:
            raise UsageError(
                _("The text holds half of a surrogate pair, which is no character."),
                _("Remove it, or decode the source with its right encoding."),
            ) from problem


class Stamps:
    """Instants as `stamp` spells them; an instant, and a second, that was spelt before is not spelt anew."""

    def __init__(self) -> None:
        self._last, self._text = _NEVER, ""
        self._since, self._until, self._start = _NEVER, _NEVER, ""

    def of(self, now: datetime) -> str:
        """The stamp of an instant."""
        if now is self._last:
            return self._text
        self._last = now
        if now.tzinfo is UTC and self._since <= now < self._until:
            self._text = f"{self._start}{now.microsecond:06d}Z"
        else:
            self._text = stamp(now)
            self._since = now.replace(microsecond=0)
            self._until, self._start = self._since + _SECOND, self._text[:20]
        return self._text


def _learn(memory: dict[str, bytes], value: str, made: bytes) -> bytes:
    if len(memory) >= _ROOM:
        memory.clear()
    memory[value] = made
    return made


def _dotted(value: str) -> bytes:
    if not isinstance(value, str) or _TYPE.fullmatch(value) is None:
        raise ValueError(f"not an event type: {value!r}; a type is a plain dotted name such as complaints.received")
    return value.encode()


def _stamped(value: str) -> bytes:
    if not isinstance(value, str) or _MOMENT.fullmatch(value) is None:
        raise ValueError(f"not a stamp of the clock module: {value!r}")
    return value.encode()

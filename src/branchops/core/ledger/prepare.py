"""What an event must look like before it may be stored: its canonical body and its framed text columns.

Invariant: whatever passes here can be stored, framed and read back unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from branchops.core.errors import UsageError
from branchops.core.ledger import keys
from branchops.core.ledger.canonical import Ready, encode, encode_record
from branchops.core.ledger.event import NewEvent
from branchops.core.memo import Memo
from branchops.core.output.messages import _

_TYPE = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_MOMENT = re.compile(r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{6}Z", re.ASCII)
_RECORDS: Memo[type, bool] = Memo(lambda kind: issubclass(kind, (msgspec.Struct, dict)))
_JOINED = b'{"data":%b,"meta":%b}'
_ROOM = 10_000


def body_of(event: NewEvent, key: str | None, digest: str | None) -> bytes:
    """The canonical body. Raises UsageError when JSON cannot hold it, ValueError when the key is not in its meta."""
    data: Any = event.data
    meta: Any = event.meta
    demand_schema(event.schema)
    whole = type(data) is Ready and data[:1] == b"{"
    if not (whole or _RECORDS[type(data)]) or not _RECORDS[type(meta)]:
        raise TypeError("data and meta are msgspec Structs or dicts")
    body = _JOINED % (data, encode(meta)) if whole else encode_record(data, meta)
    if key and _KEYED[type(meta)] and meta.key == key and meta.asked == digest:
        return body
    if key is not None or keys.MARK in body:
        made = keys.claim(body)
        if made != (None if key is None else (key, digest)):
            raise ValueError("meta.key and meta.asked must be the key and digest given to append, or absent")
    return body


def bodies_of(datas: Sequence[bytes], metas: Sequence[bytes]) -> list[bytes]:
    """Canonical bodies of canonical data and metadata."""
    return [_JOINED % one for one in zip(datas, metas, strict=True)]


def demand_schema(schema: int) -> None:
    """Raises ValueError for what is no version of a schema."""
    if type(schema) is not int or not 0 < schema < 1 << 31:
        raise ValueError("a schema is a small positive integer")


def _is_keyed(kind: type) -> bool:
    """Whether a struct of this type says plainly what key and digest it holds: then its bytes need not be read."""
    if not issubclass(kind, msgspec.Struct) or kind.__struct_encode_fields__ != kind.__struct_fields__:
        return False
    return {"key", "asked"}.issubset(kind.__struct_fields__)


_KEYED = Memo(_is_keyed)


def texts(checked: Callable[[str], bytes]) -> Memo[str, bytes]:
    """Texts as bytes, each checked when it is first met: most events of a transaction share theirs."""
    return Memo(checked, _ROOM)


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

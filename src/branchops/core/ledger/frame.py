"""The bytes that are hashed for one event: every stored column, with its storage class and its length.

Invariant: two rows have the same frame only if each of their columns has the same storage class and the same bytes.
A frame is one class byte per column (n null, i integer, r real, t text, b blob), then one length per column (four
bytes, big-endian), then the contents: integers as 8 bytes two's complement big-endian, reals as IEEE 754 big-endian,
text as stored (UTF-8). The order of the columns is `COLUMNS`. All of this is frozen.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

COLUMNS = ("pos", "version", "schema", "id", "stream", "type", "occurred_at", "recorded_at", "actor", "body")

HEAD = struct.Struct(">23s7I3q").pack
"""Leaf prefix and frame head of an ordinary row: START, the lengths of id ... body in bytes, pos, version, schema."""
START = b"\x00iiittttttb" + struct.pack(">3I", 8, 8, 8)


def frame(values: Sequence[Any]) -> bytes:
    """The frame of values in the order of `COLUMNS`; the Python type says the storage class, as in sqlite3."""
    return frame_of([(_KINDS[type(value)], value) for value in values])


def frame_of(cells: Sequence[tuple[str, Any]]) -> bytes:
    """The frame of (class letter, value) pairs; a text may be given as the bytes it is stored as."""
    contents = [_content(kind, value) for kind, value in cells]
    lengths = struct.pack(f">{len(contents)}I", *map(len, contents))
    return b"".join(["".join(kind for kind, _value in cells).encode(), lengths, *contents])


_KINDS = {type(None): "n", int: "i", float: "r", str: "t", bytes: "b"}


def _content(kind: str, value: Any) -> bytes:
    if kind == "i":
        return struct.pack(">q", value)
    if kind == "r":
        return struct.pack(">d", value)
    if kind == "n":
        return b""
    return value.encode() if isinstance(value, str) else bytes(value)

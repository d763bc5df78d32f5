"""An event before and after it is stored, and the identifiers that events are given.

Invariant: a `StoredEvent` is the row as stored, byte for byte; `data` and `meta` are only read out of `body`.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

_decode_body = msgspec.json.Decoder(dict[str, Any]).decode


class NewEvent(msgspec.Struct, frozen=True, gc=False):
    """What is to be appended. `data` and `meta` are msgspec Structs, plain dicts, or (`data`) such a value made `Ready`
    by core/ledger/canonical.py; `occurred_at` is a stamp.

    `id` is given by callers that want to run the same append again safely; otherwise the ledger makes one.
    """

    type: str
    data: Any
    meta: Any
    occurred_at: str
    actor: str
    schema: int = 1
    id: str | None = None


class StoredEvent(msgspec.Struct, frozen=True, gc=False):
    """One row of the ledger. `pos` counts from 1; `leaf` is the 32 byte leaf hash of the tree at index pos - 1."""

    pos: int
    id: str
    stream: str
    version: int
    type: str
    schema: int
    occurred_at: str
    recorded_at: str
    actor: str
    body: bytes
    leaf: bytes

    @property
    def data(self) -> dict[str, Any]:
        """What happened, as a plain dict, read out of the body anew."""
        data: dict[str, Any] = _decode_body(self.body)["data"]
        return data

    @property
    def meta(self) -> dict[str, Any]:
        """About the event (flags, signatures, command key), as a plain dict, read out of the body anew."""
        meta: dict[str, Any] = _decode_body(self.body)["meta"]
        return meta


Row = tuple[Any, ...]
"""A `StoredEvent` as a plain tuple, for who goes through many."""


class Firsts(NamedTuple):
    """Events of one type by one actor, each the first of its stream, column by column, in what can cross to another
    process.

    `moments` are the stamps of `occurred_at`, `datas` and `metas` canonical bytes.
    """

    type: str
    schema: int
    actor: str
    streams: Sequence[str]
    moments: Sequence[str]
    datas: Sequence[bytes]
    metas: Sequence[bytes]

    def rows(self) -> Iterator[tuple[str, str, bytes, bytes]]:
        """Stream, moment, data and meta of each event."""
        return zip(self.streams, self.moments, self.datas, self.metas, strict=True)


_VARIANT = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))
"""A random digit to one of the four that begin the second half of a UUID (RFC 9562 section 4.1)."""


class _Uuid7:
    """UUIDs of version 7 (RFC 9562, section 6.2 method 1): each greater than all before it in this process."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._last_ms = 0
        self._counter = 0
        if hasattr(os, "register_at_fork"):  # a child forked while another thread held the guard must not wait for it
            os.register_at_fork(after_in_child=self._reset)

    def _reset(self) -> None:
        self._guard = threading.Lock()

    def take(self, count: int) -> list[str]:
        made: list[str] = []
        noise = os.urandom(8 * count + 1)
        with self._guard:
            ms, counter = self._last_ms, self._counter
            now = time.time_ns() // 1_000_000
            if now > ms:
                ms, counter = now, noise[-1]
            head = f"{ms >> 16:08x}-{ms & 0xFFFF:04x}-7"
            tails = noise.hex()
            for at in range(0, 16 * count, 16):
                counter += 1
                if counter > 0xFFF:  # the clock is slower than we are: borrow the next millisecond
                    ms, counter = ms + 1, 0
                    head = f"{ms >> 16:08x}-{ms & 0xFFFF:04x}-7"
                made.append(
                    f"{head}{counter:03x}-{_VARIANT[tails[at]]}{tails[at + 1 : at + 4]}-{tails[at + 4 : at + 16]}"
                )
            self._last_ms, self._counter = ms, counter
        return made


_source = _Uuid7()


def new_ids(count: int) -> list[str]:
    """`count` fresh UUIDv7 in ascending order."""
    return _source.take(count)


def new_id() -> str:
    """One fresh UUIDv7."""
    return _source.take(1)[0]

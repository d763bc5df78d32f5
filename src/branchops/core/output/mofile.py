"""A compiled gettext catalogue (`.mo`), searched where it lies.

Invariant: `find` answers or gives None; bytes that are damaged after the header cost single messages, nothing else.
The format is that of the GNU gettext manual, "The Format of GNU MO Files": two tables of (length, offset) pairs, the
messages in byte order. Singular messages without a context are all this program uses.
"""

from __future__ import annotations

import struct
from bisect import bisect_left

_ORDERS = {b"\xde\x12\x04\x95": "<", b"\x95\x04\x12\xde": ">"}


class Catalogue:
    """The messages of one `.mo` file. ValueError where the bytes are no such file."""

    def __init__(self, data: bytes) -> None:
        order = _ORDERS.get(data[:4])
        if order is None or len(data) < 20:
            raise ValueError("not a compiled message catalogue")
        self._data = data
        self._pair = struct.Struct(f"{order}2I")
        self._count, self._ids, self._texts = struct.unpack_from(f"{order}3I", data, 8)
        if max(self._ids, self._texts) + 8 * self._count > len(data):
            raise ValueError("a compiled message catalogue that is cut short")

    def find(self, text: str) -> str | None:
        """The translation of `text`, or None."""
        wanted = text.encode("utf-8", "surrogatepass")
        place = bisect_left(range(self._count), wanted, key=self._id)
        if place == self._count or self._id(place) != wanted:
            return None
        return self._bytes(self._texts, place).decode("utf-8", "replace")

    def _id(self, place: int) -> bytes:
        return self._bytes(self._ids, place)

    def _bytes(self, table: int, place: int) -> bytes:
        length, offset = self._pair.unpack_from(self._data, table + 8 * place)
        return self._data[offset : offset + length]

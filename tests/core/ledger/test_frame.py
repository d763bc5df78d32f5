"""The frame that is hashed: different columns, classes or bytes never share one."""

from __future__ import annotations

import struct
from hashlib import sha256
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from branchops.core.ledger.frame import HEAD, START, frame

CELL = (
    st.none()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
    | st.binary(max_size=4)
)
ROW = st.lists(CELL, min_size=10, max_size=10)


def typed(row: list[Any]) -> list[Any]:
    return [(type(cell), struct.pack(">d", cell) if isinstance(cell, float) else cell) for cell in row]


@given(ROW, ROW)
def test_two_rows_share_a_frame_only_when_they_are_the_same(one: list[Any], other: list[Any]) -> None:
    assert (frame(one) == frame(other)) is (typed(one) == typed(other))


def test_a_text_body_with_the_same_bytes_has_another_frame() -> None:
    row = [1, 1, 1, "id", "s", "t", "o", "r", "a"]
    assert frame([*row, b"{}"]) != frame([*row, "{}"])


def test_the_frame_is_frozen() -> None:
    row = [7, 2, 1, "id", "stream", "a.b", "then", "now", "李", b'{"data":{},"meta":{}}']
    made = frame(row)
    assert made.hex() == (
        "69696974747474747462"
        "0000000800000008000000080000000200000006000000030000000400000003000000030000001" + "5"
        "000000000000000700000000000000020000000000000001"
        + b'idstreama.bthennow\xe6\x9d\x8e{"data":{},"meta":{}}'.hex()
    )
    cells = [cell.encode() if isinstance(cell, str) else cell for cell in row[3:]]
    fast = HEAD(START, *map(len, cells), *row[:3]) + b"".join(cells)  # type: ignore[arg-type]
    assert sha256(fast).digest() == sha256(b"\x00" + made).digest()

"""What the days of a period hold, day by day: worked out once, and kept until a complaint received that day changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from branchops.api import Reading

CASE = "complaints.case"
OURS = "kind = 'complaint' AND merged_into = ''"
IN = "received_at >= ? AND received_at < ?"

Span = tuple[str, str]
Select = Callable[..., list[tuple[Any, ...]]]
Find = Callable[[Select, Span], Any]


def daily(reading: Reading, question: str, find: Find) -> Iterator[Any]:
    """The answer of each day of the period; `find(select, span)` finds it among the complaints received that day."""
    earliest = reading.select(CASE, "SELECT min(received_at) FROM {table}")[0][0]
    if earliest is not None:
        yield from reading.kept(CASE, question, reading.days(earliest), find)


def lines(reading: Reading, sql: str) -> list[Any]:
    """The rows of a question that is asked of each day, in the order of complaints: their id comes first."""
    found = daily(reading, sql, lambda select, span: select(sql, span))
    return sorted((line for day in found for line in day), key=lambda line: str(line[0]))

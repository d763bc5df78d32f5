"""Conditions over a period: the words that the pack's SQL may use, bound as values and never pasted in."""

from __future__ import annotations

import re
from typing import Any

from branchops.api import Reading

_WORDS = re.compile(r":(start|end|first|last|today)\b")
IN_PERIOD = "opened_at >= :start AND opened_at < :end"


def bound(sql: str, reading: Reading) -> tuple[str, tuple[str, ...]]:
    """The SQL with `?` for its words, and their values: `:start`/`:end` instants, `:first`/`:last`/`:today` dates."""
    start, end = reading.span()
    values = {
        "start": start,
        "end": end,
        "first": reading.first.isoformat(),
        "last": reading.last.isoformat(),
        "today": reading.today.isoformat(),
    }
    found = tuple(values[word] for word in _WORDS.findall(sql))
    return _WORDS.sub("?", sql), found


def rows(reading: Reading, view: str, sql: str, **narrowing: Any) -> Any:
    """Rows of a view by a condition with the words of a period."""
    text, values = bound(sql, reading)
    return reading.rows(view, sql=text, params=values, **narrowing)

"""Importing rows of CSV or JSONL: streamed, judged like any command, idempotent by the source's own key."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from branchops.core.entry import Decide, New


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """One row as a command. `key` is the source's own key: the same row again is a duplicate, not a second record.

    A key given with other content is a conflict and rejected. `at` is when it happened (None: the time of import).
    """

    decide: Decide
    command: Any
    key: str
    target: str | New | None = None
    at: datetime | None = None
    opens: bool = False

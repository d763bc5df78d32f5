"""What a plugin makes of one row of an import."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from branchops.core.entry import Decide, New


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """One row as a command. `key` is the source's own key: the same row again is a duplicate, not a second record.

    A key given with other content is a conflict and rejected. `at` is when it happened, aware (None: the time of the
    import). `decide(state, command, policy)` and `target` are what every command has; `opens` allows a new stream.
    """

    decide: Decide
    command: Any
    key: str
    target: str | New | None = None
    at: datetime | None = None
    opens: bool = False

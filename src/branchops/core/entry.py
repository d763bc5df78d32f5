"""What is asked of the append path, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import msgspec

from branchops.core.errors import Conflict
from branchops.core.output.messages import _
from branchops.core.rulebook.policy import Policy
from branchops.core.rulebook.record import Recorded
from branchops.core.rulebook.verdict import Verdict

SYSTEM = "system"
"""The actor of what nobody in particular did: setting up a store."""


class New(msgspec.Struct, frozen=True):
    """A stream still to be opened, under the next free number of its prefix: `C-2026-0113`."""

    prefix: str


class Entry(msgspec.Struct, frozen=True):
    """One event to be recorded: its data, and its stream when that is not the command's own."""

    data: Any
    stream: str | New | None = None


Decide = Callable[[Any, Any, Policy], Any]
"""`decide_<verb>(state, command, policy)`: an event, an `Entry`, or an iterable of them. Pure."""


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """A command on its way: who asks what of which stream.

    `target` is a stream, `New(prefix)`, or None when every entry names its own. `opens` allows a stream that does not
    exist yet. `key` makes a retry safe; `source` says where an import took it from; `at` is when it is said to have
    happened (None: now). `asked` is the digest of what is asked, where it is not that of the whole command (an import's
    row is the same row whoever imports it).
    """

    decide: Decide
    command: Any
    target: str | New | None
    actor: str
    at: datetime | None = None
    key: str = ""
    source: str = ""
    opens: bool = False
    expected: int | None = None
    asked: str = ""


class NotAlike(ValueError):
    """Commands of such a kind cannot be run together."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a command. `replayed`: an earlier try with the same key had stored it; `stored`: it is durable."""

    entries: tuple[Recorded, ...]
    verdicts: tuple[Verdict, ...] = ()
    replayed: bool = False
    stored: bool = True

    @property
    def first(self) -> Recorded:
        """The first entry: the one the command is about."""
        return self.entries[0]

    @property
    def stream(self) -> str:
        """The stream of the first entry."""
        return self.entries[0].stream


def entries_of(decided: Any) -> list[Entry]:
    """What a decision returned, as entries."""
    if isinstance(decided, Entry):
        return [decided]
    if isinstance(decided, msgspec.Struct):
        return [Entry(decided)]
    items: Iterable[Any] = decided
    return [item if isinstance(item, Entry) else Entry(item) for item in items]


def digest_of(act: Act) -> str:
    """SHA-256 of what was asked: decision, command, target and actor; never the clocks."""
    if act.asked or not act.key:
        return act.asked
    what = {
        "decide": act.decide.__qualname__ if hasattr(act.decide, "__qualname__") else str(act.decide),
        "command": act.command,
        "target": act.target,
        "actor": act.actor,
    }
    import hashlib

    return hashlib.sha256(msgspec.json.encode(what, order="sorted", enc_hook=str)).hexdigest()


def demand_version(act: Act, actual: int) -> None:
    """Raises Conflict (details: actual) when the target has moved on since the command's author looked at it."""
    if act.expected is not None and actual != act.expected:
        raise Conflict(
            _("{id} has moved on: you saw version {seen}, it is at {actual}.").format(
                id=act.target, seen=act.expected, actual=actual
            ),
            _("Look at it again, then decide again."),
            actual=actual,
        )

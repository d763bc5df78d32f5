"""From rows to commands: pure, before any lock.

Invariant: every row becomes a command under a key of the source's own, or is told what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from branchops.core.entry import Act
from branchops.core.errors import BranchOpsError, PluginFailed
from branchops.core.exchange.mapping import Binding
from branchops.core.exchange.prepared import Prepared
from branchops.core.exchange.rows import Row
from branchops.core.ledger.event import Firsts
from branchops.core.output.messages import _

if TYPE_CHECKING:
    from branchops.core.extend.descriptors import ImportKind

FIRST = 256
ROWS = 2048
CHARACTERS = 4_000_000
"""Rows are taken in chunks of at most so many rows and about so many characters. The first chunk is a trial, and each
that follows may be twice as large, so that nobody waits long for the first ones."""

Bind = Callable[[Row], Binding]
Bad = tuple[Row, str, str]
"""A row that is not stored: its own key as far as known, and the reason."""


class Ready(msgspec.Struct, gc=False):
    """A row as a command; `name` is the source's own key of it."""

    row: Row
    name: str
    act: Act


class Block:
    """Rows that follow each other and can all be commands. What was foreseen of them holds for all or for none."""

    foreseen: Firsts | None = None

    def __init__(self, ready: list[Ready]) -> None:
        self._ready = ready
        self.keys = [one.act.key for one in ready]
        self.asked = [one.act.asked for one in ready]
        self.streams = [one.act.target for one in ready if isinstance(one.act.target, str)]

    def rows(self) -> Sequence[Ready]:
        """The rows one by one."""
        return self._ready


class Batch(msgspec.Struct):
    """Some rows, and what became of them: those that cannot be judged are `bad`, those refused `refused`.

    `now` is the instant for which something is foreseen of its blocks.
    """

    size: int
    blocks: Sequence[Block]
    bad: list[Bad]
    now: datetime | None = None
    refused: list[Bad] = []
    stored: int = 0
    duplicates: int = 0


class Preparer:
    """Prepares rows of one kind; `bind` gives the binding of a row, `origin` names the file."""

    def __init__(self, kind: ImportKind, bind: Bind, actor: str, origin: str) -> None:
        self._kind = kind
        self._bind = bind
        self._actor = actor
        self._origin = origin
        self._encode = msgspec.json.Encoder(order="sorted", enc_hook=str).encode

    def batches(self, rows: Iterable[Row]) -> Iterator[Batch]:
        """All rows, chunk by chunk."""
        for chunk in _chunks(rows):
            bad: list[Bad] = []
            ready = self.prepare(chunk, bad)
            yield Batch(len(chunk), [Block(ready)] if ready else [], bad)

    def prepare(self, rows: Iterable[Row], bad: list[Bad]) -> list[Ready]:
        """Those of the rows that can be commands; the others are put to the `bad` ones. Raises PluginFailed."""
        ready: list[Ready] = []
        prepare, encode, bind, actor = self._kind.prepare, self._encode, self._bind, self._actor
        start, origin = f"import:{self._kind.name}:", self._origin
        for row in rows:
            if row.problem:
                bad.append((row, "", row.problem))
                continue
            name = ""
            try:
                binding = bind(row)
                made: Prepared = prepare(binding.fields(row.cells))
                name = binding.key(row.cells, made.key)
                if not name:
                    raise ValueError(_("the source's own key is empty"))
                asked = sha256(encode((made.command, made.target))).hexdigest()
            except ValueError as error:
                bad.append((row, name, str(error)))
                continue
            except BranchOpsError as error:
                bad.append((row, name, error.message))
                continue
            except Exception as error:
                raise self._failed(row, error) from error
            act = Act(
                decide=made.decide,
                command=made.command,
                target=made.target,
                actor=actor,
                at=made.at,
                key=start + name,
                source=f"{origin}:{row.line}",
                opens=made.opens,
                asked=asked,
            )
            ready.append(Ready(row, name, act))
        return ready

    def repeatable(self, row: Row) -> bool:
        """Whether preparing the row a second time gives the same: not where rows are named by how often they come."""
        return row.columns is None and not self._bind(row).by_content

    def _failed(self, row: Row, error: Exception) -> PluginFailed:
        return PluginFailed(
            _("The import {kind} failed at line {line}: {error}").format(
                kind=self._kind.name, line=row.line, error=f"{type(error).__name__}: {error}"
            ),
            _("This is a fault of the plugin; rows stored so far are stored, and a rerun goes on after them."),
        )


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in lists of bounded number and size."""
    chunk: list[Row] = []
    most, room = FIRST, CHARACTERS
    for row in rows:
        chunk.append(row)
        room -= len("".join(row.cells)) + len(row.text)
        if room <= 0 or len(chunk) >= most:
            yield chunk
            chunk, most, room = [], min(most * 2, ROWS), CHARACTERS
    if chunk:
        yield chunk

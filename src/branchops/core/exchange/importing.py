"""Importing: rows in, judged like any command, idempotent by the source's own key.

Invariant: every row read is stored, a duplicate, or rejected with a reason. Rows are stored in transactions of bounded
size, each reported only after its commit, so that a crash costs nothing that was told and a rerun goes on where it was.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from branchops.core.branch import Branch
from branchops.core.entry import Act
from branchops.core.errors import (
    BranchOpsError,
    Busy,
    IntegrityError,
    OutcomeUnknown,
    PluginFailed,
)
from branchops.core.exchange.mapping import Binding
from branchops.core.exchange.prepared import Prepared
from branchops.core.exchange.rejects import Rejects
from branchops.core.exchange.rows import Row
from branchops.core.output.messages import _
from branchops.core.people.secrets import NoSecrets, Secrets
from branchops.core.signing import SignaturesWanted

if TYPE_CHECKING:
    from branchops.core.append import Transaction
    from branchops.core.extend.descriptors import ImportKind

ROWS = 1000
CHARACTERS = 4_000_000
FATAL = (Busy, IntegrityError, OutcomeUnknown, PluginFailed)
"""What concerns the store or the program and not one row: it ends the import."""

Bind = Callable[[Row], Binding]


class Tally(msgspec.Struct):
    """The account of an import so far: `read` is always the sum of the other three."""

    read: int = 0
    stored: int = 0
    duplicates: int = 0
    rejected: int = 0


class _Ready(NamedTuple):
    """A row as a command, with what idempotency needs."""

    row: Row
    key: str
    act: Act


class _DryRun(Exception):
    """Unwinds a transaction that was only to be judged."""


class Importer:
    """Imports rows of one kind into a branch. `tally` tells what is done and durable.

    `secrets` is asked for the PINs of signers whom rows name; rows whose signers cannot be proved are rejected.
    """

    def __init__(
        self,
        branch: Branch,
        kind: ImportKind,
        *,
        actor: str,
        rejects: Rejects,
        origin: str = "",
        secrets: Secrets | None = None,
        dry_run: bool = False,
    ) -> None:
        self.tally = Tally()
        self._branch = branch
        self._kind = kind
        self._actor = actor
        self._rejects = rejects
        self._origin = origin
        self._secrets = secrets or NoSecrets()
        self._dry_run = dry_run
        self._proved: dict[str, str] = {}
        self._unproved: dict[str, str] = {}
        self._tried: dict[str, str] = {}  # in a dry run: what earlier transactions would have stored
        self._encode = msgspec.json.Encoder(order="sorted", enc_hook=str).encode

    def run(self, rows: Iterable[Row], bind: Bind, told: Callable[[Tally], None] = lambda _tally: None) -> Tally:
        """Imports all rows; `told` hears the account after every transaction. Raises what ends an import."""
        with _no_collector():
            return self._run(rows, bind, told)

    def _run(self, rows: Iterable[Row], bind: Bind, told: Callable[[Tally], None]) -> Tally:
        for chunk in _chunks(rows):
            ready, bad = self._prepare(chunk, bind)
            stored, duplicates = self._store(ready, bad)
            bad.sort(key=lambda one: one[0].line)
            for row, key, reason in bad:
                self._rejects.add(row, key, reason)
            self._rejects.flush()
            self.tally.read += len(chunk)
            self.tally.stored += stored
            self.tally.duplicates += duplicates
            self.tally.rejected += len(bad)
            told(self.tally)
            del ready, bad, chunk
            gc.collect(0)
        return self.tally

    # --- preparing: pure, before the lock

    def _prepare(self, chunk: list[Row], bind: Bind) -> tuple[list[_Ready], list[tuple[Row, str, str]]]:
        ready: list[_Ready] = []
        bad: list[tuple[Row, str, str]] = []
        prepare, encode, actor = self._kind.prepare, self._encode, self._actor
        start, origin = f"import:{self._kind.name}:", self._origin
        for row in chunk:
            if row.problem:
                bad.append((row, "", row.problem))
                continue
            key = ""
            try:
                binding = bind(row)
                made: Prepared = prepare(binding.fields(row.cells))
                key = binding.key(row.cells, made.key)
                if not key:
                    raise ValueError(_("the source's own key is empty"))
                asked = sha256(encode((made.command, made.target))).hexdigest()
            except ValueError as error:
                bad.append((row, key, str(error)))
                continue
            except BranchOpsError as error:
                bad.append((row, key, error.message))
                continue
            except Exception as error:
                raise self._failed(row, error) from error
            act = Act(
                decide=made.decide,
                command=made.command,
                target=made.target,
                actor=actor,
                at=made.at,
                key=start + key,
                source=f"{origin}:{row.line}",
                opens=made.opens,
                asked=asked,
            )
            ready.append(_Ready(row, key, act))
        return ready, bad

    def _failed(self, row: Row, error: Exception) -> PluginFailed:
        return PluginFailed(
            _("The import {kind} failed at line {line}: {error}").format(
                kind=self._kind.name, line=row.line, error=f"{type(error).__name__}: {error}"
            ),
            _("This is a fault of the plugin; rows stored so far are stored, and a rerun goes on after them."),
        )

    # --- storing: one transaction

    def _store(self, ready: list[_Ready], bad: list[tuple[Row, str, str]]) -> tuple[int, int]:
        before = len(bad)
        while True:
            try:
                return self._transact(ready, bad)
            except SignaturesWanted as wanted:
                del bad[before:]
                for staff in wanted.staff:
                    self._prove(staff)

    def _prove(self, staff: str) -> None:
        try:
            self._proved[staff] = self._branch.prove(staff, self._secrets, self._actor)
        except FATAL:
            raise
        except BranchOpsError as error:
            self._unproved[staff] = error.message

    def _transact(self, ready: list[_Ready], bad: list[tuple[Row, str, str]]) -> tuple[int, int]:
        stored = duplicates = 0
        if not ready:
            return 0, 0
        try:
            with self._branch.transaction(self._proved) as tx:
                tx.bulk = True
                streams = [one.act.target for one in ready if isinstance(one.act.target, str)]
                used = {
                    key: found.digest for key, found in tx.look_ahead([one.act.key for one in ready], streams).items()
                }
                for one in ready:
                    known = used.get(one.act.key) or self._tried.get(one.act.key)
                    if known is not None:
                        if known == one.act.asked:
                            duplicates += 1
                        else:
                            bad.append(
                                (one.row, one.key, _("the key {key} is stored with other content").format(key=one.key))
                            )
                        continue
                    reason = self._act(tx, one)
                    if reason is None:
                        stored += 1
                        used[one.act.key] = one.act.asked
                    else:
                        bad.append((one.row, one.key, reason))
                if self._dry_run:
                    self._tried.update(used)
                    raise _DryRun
        except _DryRun:
            pass
        return stored, duplicates

    def _act(self, tx: Transaction, one: _Ready) -> str | None:
        """Runs one row; None when it is stored, else why not."""
        try:
            tx.act(one.act)
        except SignaturesWanted as wanted:
            for staff in wanted.staff:
                if staff in self._unproved:
                    return self._unproved[staff]
            raise
        except FATAL:
            raise
        except BranchOpsError as error:
            return f"{error.rule}: {error.message}" if error.rule else error.message
        except ValueError as error:
            return str(error)
        return None


@contextmanager
def _no_collector() -> Iterator[None]:
    """Cycles are collected between transactions only: rows make many objects and no cycles."""
    was = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        if was:
            gc.enable()


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in lists of bounded number and size."""
    chunk: list[Row] = []
    room = CHARACTERS
    for row in rows:
        chunk.append(row)
        room -= sum(map(len, row.cells)) + len(row.text)
        if room <= 0 or len(chunk) >= ROWS:
            yield chunk
            chunk, room = [], CHARACTERS
    if chunk:
        yield chunk

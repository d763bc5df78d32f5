"""Importing: rows in, judged like any command, idempotent by the source's own key.

Invariant: every row read is stored, a duplicate, or rejected with a reason. Rows are stored in transactions of bounded
size, each reported only after its commit, so that a crash costs nothing that was told and a rerun goes on where it was.

While one batch is being stored, the next are read, prepared and judged: under the same lock, and in sight of what is
not stored yet.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from branchops.core.branch import Branch
from branchops.core.entry import Act, NotAlike
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

ROWS = 1024
TOGETHER = 128
"""How many rows are judged together: one of them that is refused has so many judged again one by one."""
BATCHES = 16
"""How many batches are stored under one lock; then others have their turn."""
SWITCH = 0.0005
"""Seconds for which the thread that judges may keep the thread that stores waiting, which only ever needs a moment."""
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


class _Ready(msgspec.Struct):
    """A row as a command, with what idempotency needs."""

    row: Row
    key: str
    act: Act


Bad = tuple[Row, str, str]
"""A row that is not stored: its own key as far as known, and the reason."""


class _Batch(msgspec.Struct):
    """Some rows, and what became of them: those that cannot be judged are `bad`, those refused `refused`."""

    size: int
    ready: list[_Ready]
    bad: list[Bad]
    refused: list[Bad] = []
    stored: int = 0
    duplicates: int = 0


class _DryRun(Exception):
    """Unwinds a transaction that was only to be judged."""


class Importer:
    """Imports rows of one kind into a branch. `tally` tells what is done and durable.

    `secrets` is asked for the PINs of signers whom rows name; rows whose signers cannot be proved are rejected.
    `at_hand` promises that no row is long in coming, so that the lock may be kept while rows are read.
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
        at_hand: bool = False,
    ) -> None:
        self.tally = Tally()
        self._branch = branch
        self._kind = kind
        self._actor = actor
        self._rejects = rejects
        self._origin = origin
        self._secrets = secrets or NoSecrets()
        self._dry_run = dry_run
        self._most = BATCHES if at_hand and not dry_run else 1
        self._batch: _Batch | None = None
        self._done: list[_Batch] = []
        self._broken: Exception | None = None
        self._proved: dict[str, str] = {}
        self._unproved: dict[str, str] = {}
        self._apart = False  # whether rows of this kind are better not tried together
        self._tried: dict[str, str] = {}  # in a dry run: what earlier transactions would have stored
        self._encode = msgspec.json.Encoder(order="sorted", enc_hook=str).encode

    def run(self, rows: Iterable[Row], bind: Bind, told: Callable[[Tally], None] = lambda _tally: None) -> Tally:
        """Imports all rows; `told` hears the account after every transaction. Raises what ends an import."""
        with _undisturbed():
            batches = (self._prepare(chunk, bind) for chunk in _chunks(rows))
            self._next(batches)
            try:
                while self._batch is not None:
                    self._series(batches, told)
                    gc.collect(0)
            finally:
                self._report(told)
        if self._broken is not None:
            raise self._broken
        return self.tally

    def _next(self, batches: Iterator[_Batch]) -> None:
        """Takes the next batch. What goes wrong in reading waits until the rows before it are stored."""
        try:
            self._batch = next(batches, None)
        except Exception as error:
            self._batch, self._broken = None, error

    def _report(self, told: Callable[[Tally], None]) -> None:
        """Accounts for the batches that were stored since the last time."""
        while self._done:
            batch = self._done.pop(0)
            bad = sorted(batch.bad + batch.refused, key=lambda one: one[0].line)
            for row, key, reason in bad:
                self._rejects.add(row, key, reason)
            self._rejects.flush()
            self.tally.read += batch.size
            self.tally.stored += batch.stored
            self.tally.duplicates += batch.duplicates
            self.tally.rejected += len(bad)
            told(self.tally)

    # --- preparing: pure, before the lock

    def _prepare(self, chunk: list[Row], bind: Bind) -> _Batch:
        ready: list[_Ready] = []
        bad: list[Bad] = []
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
        return _Batch(len(chunk), ready, bad)

    def _failed(self, row: Row, error: Exception) -> PluginFailed:
        return PluginFailed(
            _("The import {kind} failed at line {line}: {error}").format(
                kind=self._kind.name, line=row.line, error=f"{type(error).__name__}: {error}"
            ),
            _("This is a fault of the plugin; rows stored so far are stored, and a rerun goes on after them."),
        )

    # --- storing

    def _series(self, batches: Iterator[_Batch], told: Callable[[Tally], None]) -> None:
        """Stores a number of batches; or proves the signers that one of them names, which is stored next time."""
        try:
            last = self._under_one_lock(batches, told)
        except SignaturesWanted as wanted:
            for staff in wanted.staff:
                self._prove(staff)
        else:
            self._done.append(last)

    def _under_one_lock(self, batches: Iterator[_Batch], told: Callable[[Tally], None]) -> _Batch:
        """Stores batches, each behind the back of the next one's judging. Returns the last of them."""
        judged: _Batch | None = None
        try:
            with self._branch.transaction(self._proved) as tx:
                tx.bulk = True
                for count in range(1, self._most + 1):
                    assert self._batch is not None
                    batch = self._batch
                    known = self._known(tx, batch)  # which waits for what was handed over
                    self._report(told)
                    if judged is not None:
                        tx.hand_over(partial(self._done.append, judged))
                    self._judge(tx, batch, known)
                    judged = batch
                    self._next(batches)
                    if self._batch is None or tx.voids or count == self._most:
                        break
                if self._dry_run:
                    raise _DryRun
        except _DryRun:
            pass
        assert judged is not None
        return judged

    def _known(self, tx: Transaction, batch: _Batch) -> dict[str, str]:
        """Those keys of a batch that are in use, each with the digest of what was asked under it."""
        streams = [one.act.target for one in batch.ready if isinstance(one.act.target, str)]
        found = tx.look_ahead([one.act.key for one in batch.ready], streams)
        return {key: record.digest for key, record in found.items()}

    def _judge(self, tx: Transaction, batch: _Batch, used: dict[str, str]) -> None:
        batch.stored = batch.duplicates = 0
        batch.refused = []
        waiting: dict[str, _Ready] = {}
        for one in batch.ready:
            key, asked = one.act.key, one.act.asked
            if key in waiting or len(waiting) == TOGETHER:
                self._store(tx, batch, waiting, used)
            known = used.get(key) or self._tried.get(key)
            if known is None:
                waiting[key] = one
            elif known == asked:
                batch.duplicates += 1
            else:
                reason = _("the key {key} is stored with other content").format(key=one.key)
                batch.refused.append((one.row, one.key, reason))
        self._store(tx, batch, waiting, used)
        batch.ready = []
        if self._dry_run:
            self._tried.update(used)

    def _store(self, tx: Transaction, batch: _Batch, waiting: dict[str, _Ready], used: dict[str, str]) -> None:
        """Runs rows together; where that cannot be, one by one."""
        ready = list(waiting.values())
        waiting.clear()
        if self._apart or not ready:
            self._one_by_one(tx, batch, ready, used)
            return
        try:
            tx.act_all([one.act for one in ready])
        except FATAL:
            raise
        except Exception as error:
            self._apart = isinstance(error, NotAlike)
            self._one_by_one(tx, batch, ready, used)
        else:
            batch.stored += len(ready)
            used.update((one.act.key, one.act.asked) for one in ready)

    def _one_by_one(self, tx: Transaction, batch: _Batch, ready: list[_Ready], used: dict[str, str]) -> None:
        """Runs rows of which some cannot be taken as they are: each is told why."""
        for one in ready:
            reason = self._act(tx, one.act)
            if reason is None:
                batch.stored += 1
                used[one.act.key] = one.act.asked
            else:
                batch.refused.append((one.row, one.key, reason))

    def _prove(self, staff: str) -> None:
        try:
            self._proved[staff] = self._branch.prove(staff, self._secrets, self._actor)
        except FATAL:
            raise
        except BranchOpsError as error:
            self._unproved[staff] = error.message

    def _act(self, tx: Transaction, act: Act) -> str | None:
        """Runs one row; None when it is stored, else why not."""
        try:
            tx.act(act)
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
def _undisturbed() -> Iterator[None]:
    """Cycles are collected between series only: rows make many objects and no cycles."""
    was, interval = gc.isenabled(), sys.getswitchinterval()
    gc.disable()
    gc.freeze()
    sys.setswitchinterval(SWITCH)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
        gc.unfreeze()
        if was:
            gc.enable()


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in lists of bounded number and size."""
    chunk: list[Row] = []
    room = CHARACTERS
    for row in rows:
        chunk.append(row)
        room -= len("".join(row.cells)) + len(row.text)
        if room <= 0 or len(chunk) >= ROWS:
            yield chunk
            chunk, room = [], CHARACTERS
    if chunk:
        yield chunk

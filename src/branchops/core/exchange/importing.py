"""Importing: rows in, judged like any command, idempotent by the source's own key.

Invariant: every row read is stored, a duplicate, or rejected with a reason. Rows are stored in transactions of bounded
size, each reported only after its commit, so that a crash costs nothing that was told and a rerun goes on where it was.

While one batch is being stored, a second process reads and prepares the next and, where that needs no look at the
store, judges it (core/exchange/ahead.py).
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain
from time import sleep
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
from branchops.core.exchange import ahead
from branchops.core.exchange.preparing import FIRST, Batch, Bind, Block, Preparer, Ready
from branchops.core.exchange.rejects import Rejects
from branchops.core.exchange.rows import Row
from branchops.core.foresight import Foresight
from branchops.core.ledger.lock import TURN
from branchops.core.output.messages import _
from branchops.core.people.secrets import NoSecrets, Secrets
from branchops.core.signing import SignaturesWanted

if TYPE_CHECKING:
    from branchops.core.bulk import Bulk
    from branchops.core.extend.descriptors import ImportKind
    from branchops.core.facts import House

TOGETHER = 128
"""How many rows are judged together: one of them that is refused has so many judged again one by one."""
BATCHES = 16
"""How many batches are stored, under one lock where the rows are at hand; then others have their turn."""
FATAL = (Busy, IntegrityError, OutcomeUnknown, PluginFailed)
"""What concerns the store or the program and not one row: it ends the import."""


class Tally(msgspec.Struct):
    """The account of an import so far: `read` is always the sum of the other three."""

    read: int = 0
    stored: int = 0
    duplicates: int = 0
    rejected: int = 0


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
        self._batches: Iterator[Batch] = iter(())
        self._batch: Batch | None = None
        self._ahead: ahead.Ahead | None = None
        self._trial = self._most > 1
        self._house: House | None = None
        self._broken: Exception | None = None
        self._proved: dict[str, str] = {}
        self._unproved: dict[str, str] = {}
        self._apart = False  # whether rows of this kind are better not tried together
        self._tried: dict[str, str] = {}  # in a dry run: what earlier transactions would have stored

    def run(self, rows: Iterable[Row], bind: Bind, told: Callable[[Tally], None] = lambda _tally: None) -> Tally:
        """Imports all rows; `told` hears the account after every transaction. Raises what ends an import."""
        preparer = Preparer(self._kind, bind, self._actor, self._origin)
        with _undisturbed():
            self._batches = preparer.batches(rows)
            self._next()
            held = 0
            try:
                while self._batch is not None:
                    self._series(preparer, told)
                    gc.collect(0)
                    held += self._most
                    if held >= BATCHES and self._batch is not None:
                        sleep(TURN)
                        held = 0
            finally:
                if self._ahead is not None:
                    self._ahead.close()
        if self._broken is not None:
            raise self._broken
        return self.tally

    def _next(self) -> None:
        """Takes the next batch. What goes wrong in reading waits until the rows before it are stored."""
        try:
            self._batch = next(self._batches, None)
        except Exception as error:
            self._batch, self._broken = None, error

    def _report(self, batch: Batch, told: Callable[[Tally], None]) -> None:
        """Accounts for a batch that is stored."""
        bad = sorted(batch.bad + batch.refused, key=lambda one: one[0].line)
        for row, key, reason in bad:
            self._rejects.add(row, key, reason)
        self._rejects.flush()
        self.tally.read += batch.size
        self.tally.stored += batch.stored
        self.tally.duplicates += batch.duplicates
        self.tally.rejected += len(bad)
        told(self.tally)

    # --- storing

    def _series(self, preparer: Preparer, told: Callable[[Tally], None]) -> None:
        """Stores a number of batches; or proves the signers that one of them names, which is stored next time."""
        try:
            last = self._under_one_lock(preparer, told)
        except SignaturesWanted as wanted:
            for staff in wanted.staff:
                self._prove(staff)
        else:
            self._report(last, told)

    def _under_one_lock(self, preparer: Preparer, told: Callable[[Tally], None]) -> Batch:
        """Judges batches and stores all but the last, which is stored when the lock is given up. Returns the last."""
        batch = ahead.AWAITED
        try:
            with self._branch.bulk(self._proved) as tx:
                if self._batch is ahead.AWAITED and self._ahead is not None:
                    self._ahead.begin(tx.now)
                    self._next()
                for left in reversed(range(self._most)):
                    if self._batch is None or self._batch is ahead.AWAITED or tx.voids:
                        break
                    if batch.size:
                        tx.commit()
                        self._report(batch, told)
                    batch = self._batch
                    self._judge(tx, batch, self._known(tx, batch))
                    if self._trial:
                        self._send_ahead(tx, batch, preparer, left)
                    self._next()
                if self._dry_run:
                    raise _DryRun
        except _DryRun:
            pass
        return batch

    def _send_ahead(self, tx: Bulk, batch: Batch, preparer: Preparer, left: int) -> None:
        """Has another process foresee what comes after a first batch, where that is possible with rows like these."""
        self._trial = False
        some = [row for block in batch.blocks for row in block.rows()[:TOGETHER]]
        if batch.size < FIRST or not ahead.possible() or not all(preparer.repeatable(one.row) for one in some):
            return
        judging = partial(Foresight, self._branch, tx.house)
        try:
            judging(tx.now).foresee([one.act for one in some])
            self._ahead = ahead.Ahead(self._batches, preparer, judging, tx.now, (self._most, left), TOGETHER)
        except Exception:  # rows that are not to be foreseen, or no more processes to be had
            return
        self._house = tx.house
        self._batches = iter(self._ahead)

    def _known(self, tx: Bulk, batch: Batch) -> dict[str, str]:
        """Those keys of a batch that are in use, each with the digest of what was asked under it."""
        keys, streams = (block.keys for block in batch.blocks), (block.streams for block in batch.blocks)
        found = tx.look_ahead([*chain.from_iterable(keys)], [*chain.from_iterable(streams)])
        return {key: record.digest for key, record in found.items()}

    def _judge(self, tx: Bulk, batch: Batch, used: dict[str, str]) -> None:
        batch.stored = batch.duplicates = 0
        batch.refused = []
        for block in batch.blocks:
            if not self._seen_whole(tx, batch, block, used):
                self._rows(tx, batch, block, used)
        if self._dry_run:
            self._tried.update(used)

    def _seen_whole(self, tx: Bulk, batch: Batch, block: Block, used: dict[str, str]) -> bool:
        """Takes a block as it was foreseen, if that still holds; or passes it over, if all of it is stored."""
        known = [used.get(key) for key in block.keys]
        if known == block.asked:
            batch.duplicates += len(known)
            return True
        if block.foreseen is None or any(known) or batch.now != tx.now or tx.house is not self._house:
            return False
        try:
            tx.take_in(block.foreseen)
        except FATAL:
            raise
        except Exception:  # which the rows will tell one by one
            return False
        batch.stored += len(known)
        used.update(zip(block.keys, block.asked, strict=True))
        return True

    def _rows(self, tx: Bulk, batch: Batch, block: Block, used: dict[str, str]) -> None:
        waiting: dict[str, Ready] = {}
        for one in block.rows():
            key, asked = one.act.key, one.act.asked
            if key in waiting or len(waiting) == TOGETHER:
                self._store(tx, batch, waiting, used)
            known = used.get(key) or self._tried.get(key)
            if known is None:
                waiting[key] = one
            elif known == asked:
                batch.duplicates += 1
            else:
                reason = _("the key {key} is stored with other content").format(key=one.name)
                batch.refused.append((one.row, one.name, reason))
        self._store(tx, batch, waiting, used)

    def _store(self, tx: Bulk, batch: Batch, waiting: dict[str, Ready], used: dict[str, str]) -> None:
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

    def _one_by_one(self, tx: Bulk, batch: Batch, ready: Sequence[Ready], used: dict[str, str]) -> None:
        """Runs rows of which some cannot be taken as they are: each is told why."""
        for one in ready:
            reason = self._act(tx, one.act)
            if reason is None:
                batch.stored += 1
                used[one.act.key] = one.act.asked
            else:
                batch.refused.append((one.row, one.name, reason))

    def _prove(self, staff: str) -> None:
        try:
            self._proved[staff] = self._branch.prove(staff, self._secrets, self._actor)
        except FATAL:
            raise
        except BranchOpsError as error:
            self._unproved[staff] = error.message

    def _act(self, tx: Bulk, act: Act) -> str | None:
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
    was = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        if was:
            gc.enable()

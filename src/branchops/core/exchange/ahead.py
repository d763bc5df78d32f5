"""Reading ahead: a second process reads, prepares and judges the rows to come, while this one stores.

Invariant: the other process never touches the store, not even by closing it: it holds a copy of what is in memory, and
ends without clean-up. What it foresees of a row is for one instant; and rows of which it foresees nothing are sent all
the same, so that nothing depends on it but time.
"""

from __future__ import annotations

import marshal
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO, NoReturn

from branchops.core.clock import stamp, unstamp
from branchops.core.errors import BranchOpsError
from branchops.core.exchange.preparing import Batch, Block, Preparer, Ready
from branchops.core.exchange.rows import Row
from branchops.core.foresight import Foresight
from branchops.core.ledger.event import Firsts
from branchops.core.output.messages import _

AWAITED = Batch(0, [], [])
"""Stands for the batch that comes when the next series has begun."""
_MORE, _END = True, False
_ROOM = 1 << 20

Judging = Callable[[datetime], Foresight]


def possible() -> bool:
    """Whether a second process is to be had, and a processor for it. A fork takes no other thread along, nor is it
    safe on macOS once the system's libraries are loaded."""
    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return False
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (count or 1) > 1


class Ahead:
    """The batches to come. Iterate over it; `begin` where it gives `AWAITED`; `close` it in any case.

    `series` is how many batches are foreseen for one instant, and how many more of them for `now`; what comes then
    waits for `begin`. Blocks are of `together` rows. Raises OSError when there is no process to be had.
    """

    def __init__(
        self,
        batches: Iterator[Batch],
        preparer: Preparer,
        judging: Judging,
        now: datetime,
        series: tuple[int, int],
        together: int,
    ) -> None:
        self._preparer = preparer
        down, up = os.pipe(), os.pipe()
        try:
            self._child = os.fork()
        except OSError:
            for end in (*down, *up):
                os.close(end)
            raise
        if not self._child:
            _run(_Seer(batches, judging, now, series, together), down, up)
        self._channel = _Channel(up, down)

    def begin(self, now: datetime) -> None:
        """A series begins, to be judged as of `now`."""
        with suppress(BrokenPipeError):  # then reading tells
            self._channel.send(stamp(now))

    def __iter__(self) -> Iterator[Batch]:
        """The batches, in order. Raises what reading and preparing raised."""
        while (told := self._told()) is not _END:
            if told is _MORE:
                yield AWAITED
            elif isinstance(told, bytes):
                raise pickle.loads(told)  # noqa: S301 - from ourselves
            else:
                size, blocks, bad, now = told
                blocks = [_Far(self._preparer, *block) for block in blocks]
                yield Batch(size, blocks, [(Row(*row), key, reason) for row, key, reason in bad], unstamp(now))

    def _told(self) -> Any:
        try:
            return self._channel.receive()
        except EOFError:
            raise BranchOpsError(
                _("The process that reads ahead has ended."),
                _("Import the file again: rows that are stored are recognised and not stored twice."),
            ) from None

    def close(self) -> None:
        """Ends the other process."""
        self._channel.close()
        os.kill(self._child, signal.SIGKILL)
        os.waitpid(self._child, 0)


class _Far(Block):
    """A block as it came over. Its rows are made anew where somebody wants them one by one."""

    def __init__(
        self, preparer: Preparer, keys: list[str], asked: list[str], streams: list[str], foreseen: Any, rows: bytes
    ) -> None:
        self._preparer = preparer
        self._rows = rows
        self.keys = keys
        self.asked = asked
        self.streams = streams
        self.foreseen = Firsts(*foreseen) if foreseen else None

    def rows(self) -> list[Ready]:
        return self._preparer.prepare((Row(*row) for row in marshal.loads(self._rows)), [])  # noqa: S302 - our own


class _Channel:
    """Messages to and from the other process: what marshal takes, each behind its length."""

    def __init__(self, ours: tuple[int, int], theirs: tuple[int, int]) -> None:
        """Reads from the first pipe and writes to the second; their other ends are closed."""
        os.close(ours[1])
        os.close(theirs[0])
        _widen(theirs[1])
        self._in: BinaryIO = os.fdopen(ours[0], "rb", 1 << 18)
        self._out: BinaryIO = os.fdopen(theirs[1], "wb", 1 << 18)

    def send(self, message: Any) -> None:
        raw = marshal.dumps(message)
        self._out.write(len(raw).to_bytes(8, "big"))
        self._out.write(raw)
        self._out.flush()

    def receive(self) -> Any:
        """The next message. Raises EOFError when the other end is closed."""
        size = int.from_bytes(self._in.read(8), "big")
        raw = self._in.read(size)
        if not size or len(raw) < size:
            raise EOFError
        return marshal.loads(raw)  # noqa: S302 - from ourselves

    def close(self) -> None:
        with suppress(OSError):
            self._out.close()
        self._in.close()


def _widen(pipe: int) -> None:
    """Gives a pipe room for a batch, where the system can, so that one is on its way while the next is made."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _ROOM)


class _Seer:
    """What the other process does."""

    def __init__(
        self, batches: Iterator[Batch], judging: Judging, now: datetime, series: tuple[int, int], together: int
    ) -> None:
        self._batches = batches
        self._judging = judging
        self._now = now
        self._most, self._left = series
        self._together = together

    def work(self, channel: _Channel) -> None:
        try:
            eyes = self._judging(self._now)
            for batch in self._batches:
                if not self._left:
                    channel.send(_MORE)
                    self._now, self._left = unstamp(channel.receive()), self._most
                    eyes = self._judging(self._now)
                self._left -= 1
                channel.send(self._seen(batch, eyes))
        except Exception as error:
            channel.send(pickle.dumps(error))
        channel.send(_END)

    def _seen(self, batch: Batch, eyes: Foresight) -> Any:
        blocks = []
        for block in batch.blocks:
            rows = iter(block.rows())
            while some := list(islice(rows, self._together)):
                part = Block(some)
                far = marshal.dumps([_plain(one.row) for one in some])
                blocks.append((part.keys, part.asked, part.streams, _foreseen(eyes, part), far))
        return batch.size, blocks, [(_plain(row), key, reason) for row, key, reason in batch.bad], stamp(self._now)


def _foreseen(eyes: Foresight, block: Block) -> tuple[Any, ...]:
    """What can be foreseen of a block; nothing where a row is unusual, which the transaction itself will find out."""
    if len({*block.keys}) < len(block.keys):
        return ()
    try:
        return tuple(eyes.foresee([one.act for one in block.rows()]))
    except Exception:
        return ()


def _plain(row: Row) -> tuple[Any, ...]:
    return row.line, list(row.cells), row.problem, row.columns, row.text


def _run(seer: _Seer, down: tuple[int, int], up: tuple[int, int]) -> NoReturn:
    """The other process, from its beginning to its end: nothing that it inherited may be closed or flushed here."""
    try:
        seer.work(_Channel(down, up))
    finally:
        os._exit(0)

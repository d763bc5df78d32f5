"""Any sequence of appends, retries, conflicts, roll-backs and reopenings gives the ledger that a plain list gives."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from branchops.core.clock import SystemClock
from branchops.core.errors import Conflict
from branchops.core.ledger.event import NewEvent
from branchops.core.ledger.ledger import Ledger
from branchops.core.ledger.tree import root
from branchops.core.ledger.verify import verify
from branchops.core.ledger.writer import Expected

STREAMS = st.sampled_from(["a", "b", "客户"])
IDS = st.sampled_from([None, None, "id-1", "id-2", "id-3"])
VALUES = st.integers(0, 3)
BATCH = st.lists(st.tuples(IDS, VALUES), max_size=4)


class Model(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.ledger = Ledger.create(self.folder)
        self.model: list[tuple[str, int, Any, int]] = []  # stream, version, given id, value
        self.clock = SystemClock()

    def teardown(self) -> None:
        self.ledger.close()
        report = verify(self.folder, full=True)
        shutil.rmtree(self.folder)
        assert (report.findings, report.events) == ([], len(self.model))

    def events(self, batch: list[tuple[Any, int]]) -> list[NewEvent]:
        return [NewEvent("t.x", {"v": v}, {}, "2026-11-23T09:30:00.000000Z", "li", id=i) for i, v in batch]

    def play(self, model: list[Any], stream: str, batch: list[tuple[Any, int]], expected: int) -> list[int] | None:
        """The same append on the plain list: the positions, or None for a conflict."""
        work, told = list(model), []
        version = sum(1 for row in model if row[0] == stream)
        fresh = 0
        for ident, value in batch:
            old = next((n for n, row in enumerate(work) if ident is not None and row[2] == ident), None)
            if old is None:
                fresh += 1
                work.append((stream, version + fresh, ident, value))
                old = len(work) - 1
            elif (work[old][0], work[old][3]) != (stream, value):
                return None
            told.append(old + 1)
        if (fresh or not batch) and expected not in (Expected.ANY, version):
            return None
        model[:] = work
        return told

    @rule(
        stream=STREAMS,
        batch=BATCH,
        expected=st.sampled_from([-1, -1, 0, 1, 2]),
        twice=st.booleans(),
        keep=st.booleans(),
    )
    def append(self, stream: str, batch: list[tuple[Any, int]], expected: int, twice: bool, keep: bool) -> None:
        model = list(self.model)
        try:
            with self.ledger.write(self.clock) as writer:
                for _time in range(1 + twice):
                    wanted = self.play(model, stream, batch, expected)
                    try:
                        given = [e.pos for e in writer.append(stream, self.events(batch), expected)]
                    except Conflict:
                        given = None
                    assert given == wanted
                if not keep:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            return
        self.model = model

    @rule()
    def reopen(self) -> None:
        self.ledger.close()
        self.ledger = Ledger.open(self.folder)

    @invariant()
    def same(self) -> None:
        stored = list(self.ledger.read())
        assert [(e.pos, e.stream, e.version, e.data["v"]) for e in stored] == [
            (n, row[0], row[1], row[3]) for n, row in enumerate(self.model, 1)
        ]
        assert self.ledger.head() == (len(stored), root(e.leaf for e in stored))
        for stream in ("a", "b", "客户"):
            assert self.ledger.version(stream) == sum(1 for row in self.model if row[0] == stream)


Model.TestCase.settings = settings(max_examples=40, stateful_step_count=15, deadline=None)
TestLedgerAgainstAPlainList = Model.TestCase

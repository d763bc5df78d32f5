"""Batches stored one after the other under one lock: what is told is stored, and nothing is seen too late."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from branchops.core.errors import OutcomeUnknown
from branchops.core.exchange import importing
from branchops.core.exchange.preparing import FIRST, ROWS
from branchops.core.ledger import lock
from branchops.core.ledger.ledger import Ledger
from branchops.core.ledger.lock import TURN, WriterLock
from branchops.core.ledger.verify import verify

SIZES = [min(FIRST << n, ROWS) for n in range(9)]
"""How large batches are, the first and those that follow."""


def lines(numbers: Any, text: str = "") -> str:
    return "\n".join(["number,text,by", *(f"{n},{text or n}," for n in numbers), ""])


def test_many_batches_give_the_events_the_views_and_the_tree_of_one(bring: Any, desk: Any) -> None:
    code, told, _ = bring(lines(range(40_000)))
    assert (code, told) == (0, {"read": 40_000, "stored": 40_000, "duplicates": 0, "rejected": 0})
    events = desk.events("notes.noted")
    assert [event.data.number for event in events] == [str(n) for n in range(40_000)]
    assert {row.id: row.text for row in desk.branch.rows("notes.note")} == {f"NOTE-{n}": str(n) for n in range(40_000)}
    assert verify(desk.branch.ledger.directory, full=True).findings == []


def test_a_row_sees_the_rows_before_it_that_are_not_stored_yet(bring: Any) -> None:
    code, told, rows = bring(lines([*range(2600), *range(900, 3500)]) + "7,other,\n2599,other,\n")
    assert (code, told) == (9, {"read": 5202, "stored": 3500, "duplicates": 1700, "rejected": 2})
    assert [row[1] for row in rows] == ["7", "2599"]


@pytest.mark.parametrize("failing", [1, 2, 4])
def test_a_commit_that_fails_ends_the_import_with_the_truth_and_a_rerun_completes_it(
    bring: Any, desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    whole, commit, commits = lines(range(5000)), Ledger._commit, []

    def fails(ledger: Ledger, connection: Any) -> None:
        commits.append(1)
        if len(commits) == failing:
            raise OutcomeUnknown("the disk")
        commit(ledger, connection)

    head = desk.branch.ledger.size()
    (tmp_path / "in.csv").write_text(whole)
    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "_commit", fails)
        done = desk.run("import", "notes", tmp_path / "in.csv")
    stored = sum(SIZES[: failing - 1])
    assert (done.exit, desk.branch.ledger.size() - head) == (11, stored)
    assert (f"{stored} of them are stored" in done.err) == (stored > 0)
    assert bring(whole)[:2] == (0, {"read": 5000, "stored": 5000 - stored, "duplicates": stored, "rejected": 0})
    assert verify(desk.branch.ledger.directory, full=True).findings == []


def test_a_signer_named_late_is_asked_once_and_what_came_before_is_stored(bring: Any, desk: Any) -> None:
    desk.pins("li")
    content = lines(range(2500)) + "x,a,li\n" + lines(range(2500, 4000)).partition("\n")[2] + "y,b,zhao\n"
    code, told, rows = bring(content)
    assert (code, told) == (9, {"read": 4002, "stored": 4001, "duplicates": 0, "rejected": 1})
    assert [row[:2] for row in rows] == [["4003", "y"]]


def test_between_two_series_others_have_their_turn(bring: Any, desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock is free for as long as those who wait need to knock; not after the last series."""
    turns: list[int] = []

    def meanwhile(seconds: float) -> None:
        assert seconds >= TURN
        with Ledger.open(desk.branch.ledger.directory) as other, other.write(desk.clock, timeout=0.0) as writer:
            turns.append(writer.size())

    monkeypatch.setattr(importing, "sleep", meanwhile)
    monkeypatch.setattr(importing, "BATCHES", 2)
    head = desk.branch.ledger.size()
    assert bring(lines(range(sum(SIZES[:4]))))[1]["stored"] == sum(SIZES[:4])
    assert [at - head for at in turns] == [sum(SIZES[:2])]


def test_turns_are_given_by_what_is_done_and_not_by_how_often_the_lock_is_taken(
    bring: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dry run takes the lock for each batch."""
    turns: list[float] = []
    monkeypatch.setattr(importing, "sleep", turns.append)
    monkeypatch.setattr(importing, "BATCHES", 2)
    assert bring(lines(range(sum(SIZES[:5]))), "--dry-run")[1]["read"] == sum(SIZES[:5])
    assert len(turns) == 2


def test_who_waits_knocks_at_least_once_a_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    naps: list[float] = []
    monkeypatch.setattr(lock.time, "sleep", naps.append)
    holder, waiter = WriterLock(tmp_path / "l"), WriterLock(tmp_path / "l")
    holder.acquire(1.0)
    monkeypatch.setattr(waiter, "try_acquire", lambda: len(naps) > 200)
    waiter.acquire(60.0)
    assert 0 < min(naps) <= max(naps) <= TURN
    holder.close()

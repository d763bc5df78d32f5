"""Appending and reading: what one caller of the ledger may rely on."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import msgspec
import pytest

from branchops.core.errors import Conflict, IntegrityError, NotFound, OutcomeUnknown, UsageError
from branchops.core.ledger import tree
from branchops.core.ledger.event import NewEvent
from branchops.core.ledger.ledger import Ledger
from branchops.core.ledger.reader import KeyRecord
from branchops.core.ledger.verify import verify
from branchops.core.ledger.writer import Expected, Part


def fill(ledger: Ledger, clock, event, count: int = 6) -> list:
    with ledger.write(clock) as writer:
        return [
            writer.append(f"s{n % 2}", [event(n, kind=f"kind.{n % 3}", actor=f"a{n % 2}")])[0] for n in range(count)
        ]


def test_an_append_comes_back_as_it_is_stored(ledger: Ledger, clock, event) -> None:
    with ledger.write(clock) as writer:
        stored = writer.append("desk:1", [event(1), event(2)], Expected.NEW)
        assert writer.head().size == 2
        assert list(writer.read()) == stored
    assert list(ledger.read()) == stored
    first, second = stored
    assert (first.pos, first.version, second.pos, second.version) == (1, 1, 2, 2)
    assert (first.data, first.meta, first.body) == ({"n": 1}, {}, b'{"data":{"n":1},"meta":{}}')
    assert (first.recorded_at, first.occurred_at) == ("2026-11-23T09:00:01.000000Z", "2026-11-23T09:30:00.000000Z")
    assert ledger.head() == (2, tree.root([first.leaf, second.leaf]))
    assert (ledger.get(2), ledger.get(first.id), ledger.version("desk:1"), ledger.version("none")) == (
        second,
        first,
        2,
        0,
    )


def test_structs_are_stored_as_their_canonical_json(ledger: Ledger, clock) -> None:
    class Counted(msgspec.Struct):
        notes: int
        currency: str

    with ledger.write(clock) as writer:
        new = NewEvent("cash.counted", Counted(12, "人民币"), {"by": "li"}, "2026-11-23T09:30:00.000000Z", "li")
        (stored,) = writer.append("cash", [new])
    assert stored.body == '{"data":{"currency":"人民币","notes":12},"meta":{"by":"li"}}'.encode()


def test_reading_selects_by_every_condition(ledger: Ledger, clock, event) -> None:
    with ledger.write(clock) as writer:
        for n in range(12):
            when = f"2026-11-{n + 10}T08:00:00.000000Z"
            writer.append(f"s{n % 2}", [event(n, kind=f"kind.{n % 3}", actor=f"a{n % 4}", occurred_at=when)])

    def positions(**conditions) -> list[int]:
        return [stored.pos for stored in ledger.read(**conditions)]

    assert positions() == list(range(1, 13))
    assert positions(newest_first=True, limit=2) == [12, 11]
    assert positions(stream="s1") == [2, 4, 6, 8, 10, 12]
    assert positions(stream="s1", newest_first=True, after=4) == [12, 10, 8, 6]
    assert positions(types=["kind.0", "kind.2", "none"]) == [1, 3, 4, 6, 7, 9, 10, 12]
    assert positions(types="kind.0", stream="s0") == [1, 7]
    assert positions(types=["kind.2", "kind.1"], newest_first=True, limit=3, upto=9) == [9, 8, 6]
    assert positions(actor="a3") == [4, 8, 12]
    assert positions(after=3, upto=5) == [4, 5]
    assert positions(since="2026-11-12T08:00:00.000000Z", until="2026-11-14") == [3, 4]
    assert positions(types=[]) == positions(limit=0) == positions(stream="none") == []


def test_what_reads_nothing_says_so(ledger: Ledger) -> None:
    for which in ("no-such-id", 1):
        with pytest.raises(NotFound):
            ledger.get(which)
    assert (ledger.head(), ledger.find_key("k")) == ((0, tree.EMPTY_ROOT), None)


@pytest.mark.parametrize(("expected", "actual"), [(Expected.NEW, 2), (1, 2), (3, 2)])
def test_another_version_than_expected_is_a_conflict_that_tells_the_actual_one(
    ledger, clock, event, expected, actual
) -> None:
    with ledger.write(clock) as writer:
        writer.append("s", [event(), event()], Expected.NEW)
    with pytest.raises(Conflict) as caught, ledger.write(clock) as writer:
        writer.append("s", [event()], expected)
    assert caught.value.details == {"stream": "s", "expected": int(expected), "actual": actual}
    assert ledger.head().size == 2


def test_a_caught_conflict_leaves_the_rest_of_the_transaction_whole(ledger: Ledger, clock, event) -> None:
    with ledger.write(clock) as writer:
        writer.append("s", [event(1)])
        with pytest.raises(Conflict):
            writer.append_all([Part("t", [event(2)]), Part("s", [event(3)], 7)])
        with pytest.raises(UsageError):
            writer.append("t", [event(4), event(1.5)])
        writer.append("t", [event(5)], Expected.NEW)
    assert [(e.pos, e.stream, e.version, e.data["n"]) for e in ledger.read()] == [(1, "s", 1, 1), (2, "t", 1, 5)]
    assert verify(ledger.directory, full=True).findings == []


def test_the_same_id_and_content_again_is_success_with_the_old_position(ledger: Ledger, clock, event) -> None:
    with ledger.write(clock) as writer:
        (first,) = writer.append("s", [event(1, id="import-1")], Expected.NEW)
        assert writer.append("s", [event(1, id="import-1")], Expected.NEW) == [first]
    with ledger.write(clock) as writer:
        assert writer.append("s", [event(1, id="import-1")], Expected.NEW) == [first]
        old, new = writer.append("s", [event(1, id="import-1"), event(2, id="import-2")], 1)
        assert (old, new.pos, new.version) == (first, 2, 2)
        again = writer.append("s", [event(3, id="import-3"), event(3, id="import-3")])
        assert again[0] == again[1]
    assert ledger.head().size == 3


@pytest.mark.parametrize("change", [{"n": 2}, {"stream": "t"}, {"actor": "wu"}, {"kind": "b.c"}, {"schema": 2}])
@pytest.mark.parametrize("same_transaction", [True, False])
def test_the_same_id_with_other_content_is_a_conflict(ledger, clock, event, change, same_transaction) -> None:
    change = dict(change)
    stream, n = change.pop("stream", "s"), change.pop("n", 1)
    with ledger.write(clock) as writer:
        writer.append("s", [event(1, id="x")])
        if same_transaction:
            with pytest.raises(Conflict):
                writer.append(stream, [event(n, id="x", **change)])
    with pytest.raises(Conflict) as caught, ledger.write(clock) as writer:
        writer.append(stream, [event(n, id="x", **change)])
    assert caught.value.details == {"id": "x", "actual": 1}
    assert ledger.head().size == 1


def test_a_key_used_again_for_the_same_is_answered_with_what_it_led_to(ledger: Ledger, clock, event) -> None:
    meta = {"key": "k-1", "asked": "d1"}
    with ledger.write(clock) as writer:
        parts = [Part("s", [event(1, meta=meta)]), Part("t", [event(2, meta=meta), event(3, meta=meta)])]
        stored = writer.append_all(parts, key="k-1", digest="d1")
        assert writer.append("u", [event(9, meta=meta)], key="k-1", digest="d1") == stored
        writer.append("other", [event(4)])
    assert ledger.find_key("k-1") == KeyRecord("k-1", "d1", 1, 3)
    with ledger.write(clock) as writer:
        assert writer.append("u", [event(9, meta=meta)], Expected.NEW, key="k-1", digest="d1") == stored
    assert ledger.head().size == 4
    with pytest.raises(Conflict) as caught, ledger.write(clock) as writer:
        writer.append("s", [event(1, meta={"key": "k-1", "asked": "d2"})], key="k-1", digest="d2")
    assert caught.value.details == {"key": "k-1", "first": 1, "last": 3}


def test_the_index_of_keys_can_be_derived_from_the_events(ledger: Ledger, clock, event) -> None:
    with ledger.write(clock) as writer:
        for n in range(5):
            meta = {"key": f"k{n}", "asked": f"d{n}"}
            writer.append("s", [event(n, meta=meta)] * (n + 1), key=f"k{n}", digest=f"d{n}")
            writer.append("t", [event(n)])
    wanted = [ledger.find_key(f"k{n}") for n in range(5)]
    connection = sqlite3.connect(ledger.directory / "ledger.db")
    connection.executescript("DELETE FROM keys WHERE first > 3; INSERT INTO keys VALUES ('lie', 'd', 1, 2)")
    connection.close()
    assert not verify(ledger.directory).ok
    assert ledger.rebuild_keys() == 5
    assert [ledger.find_key(f"k{n}") for n in range(5)] == wanted
    assert verify(ledger.directory).findings == []


@pytest.mark.parametrize(
    ("meta", "key", "digest"),
    [
        ({}, "k", "d"),
        ({"key": "k", "asked": "other"}, "k", "d"),
        ({"key": "k", "asked": "d"}, None, None),
        ({}, "k", None),
    ],
)
def test_a_key_that_the_events_do_not_carry_is_refused(ledger: Ledger, clock, event, meta, key, digest) -> None:
    with pytest.raises(ValueError, match="key"), ledger.write(clock) as writer:
        writer.append("s", [event(1, meta=meta)], key=key, digest=digest)
    assert ledger.head().size == 0


@pytest.mark.parametrize(
    ("error", "change"),
    [
        (ValueError, {"kind": "Not A Name"}),
        (ValueError, {"occurred_at": "yesterday"}),
        (ValueError, {"occurred_at": "2026-11-23T09:30:00Z"}),
        (ValueError, {"actor": ""}),
        (ValueError, {"id": ""}),
        (ValueError, {"schema": 0}),
        (UsageError, {"actor": "\ud800"}),
        (UsageError, {"n": 0.5}),
        (UsageError, {"meta": {"é": 1}}),
    ],
)
def test_what_cannot_be_stored_faithfully_is_refused_whole(ledger: Ledger, clock, event, error, change) -> None:
    with pytest.raises(error), ledger.write(clock) as writer:
        writer.append("s", [event(1), event(**change)])
    assert ledger.head().size == 0


def test_an_exception_in_the_block_leaves_nothing(ledger: Ledger, clock, event) -> None:
    with pytest.raises(KeyboardInterrupt), ledger.write(clock) as writer:  # noqa: PT012 - the block is what is tested
        writer.append("s", [event(n) for n in range(3000)])
        assert len(list(writer.read())) == 3000
        raise KeyboardInterrupt
    assert ledger.head().size == 0
    with pytest.raises(RuntimeError, match="over"):
        writer.append("s", [event()])
    fill(ledger, clock, event)
    assert verify(ledger.directory, full=True).events == 6


def test_a_writer_does_not_meet_what_it_appends_while_reading(ledger: Ledger, clock, event) -> None:
    with ledger.write(clock) as writer:
        writer.append("s", [event(1), event(2)])
        for stored in writer.read(stream="s"):
            writer.append("s", [event(stored.data["n"] + 10)])
    assert [stored.data["n"] for stored in ledger.read()] == [1, 2, 11, 12]


def test_a_reader_keeps_reading_what_was_there_while_another_writes(ledger: Ledger, clock, event) -> None:
    stored = fill(ledger, clock, event)
    reading = ledger.read()
    assert next(reading) == stored[0]
    with Ledger.open(ledger.directory) as other, other.write(clock) as writer:
        writer.append("s0", [event(100)])
        assert ledger.head().size == 6
    assert list(reading) == stored[1:]
    assert ledger.head().size == 7


def test_a_clock_that_was_set_back_is_stored_as_it_was_and_reported(ledger: Ledger, clock, event) -> None:
    fill(ledger, clock, event, 2)
    clock.time = clock.time.replace(year=2025)
    fill(ledger, clock, event, 1)
    report = verify(ledger.directory, full=True)
    assert [(f.pos, f.code, f.severity) for f in report.findings] == [(3, "clock", "notice")]
    assert report.ok
    assert ledger.get(3).recorded_at < ledger.get(2).recorded_at


def test_proofs_from_the_ledger_verify_without_it(ledger: Ledger, clock, event) -> None:
    fill(ledger, clock, event, 11)
    heads = {size: tree.root(ledger.leaves(0, size)) for size in range(12)}
    for pos in range(1, 12):
        proof = ledger.inclusion_proof(pos)
        assert tree.verify_inclusion(pos - 1, 11, ledger.get(pos).leaf, proof, heads[11])
        between = ledger.consistency_proof(pos)
        assert tree.verify_consistency(pos, 11, between, heads[pos], heads[11])
    assert tree.verify_inclusion(2, 5, ledger.get(3).leaf, ledger.inclusion_proof(3, 5), heads[5])
    with pytest.raises(ValueError, match="not that large"):
        ledger.inclusion_proof(1, 12)


def test_closing_the_last_connection_leaves_one_file_and_the_lock(ledger: Ledger, clock, event) -> None:
    fill(ledger, clock, event)
    ledger.close()
    assert sorted(path.name for path in ledger.directory.iterdir()) == ["ledger.db", "ledger.lock"]
    with Ledger.open(ledger.directory) as again:
        assert again.head().size == 6


def test_a_large_log_is_moved_into_the_database_under_the_lock(ledger: Ledger, clock, event, monkeypatch) -> None:
    wal = ledger.directory / "ledger.db-wal"
    monkeypatch.setattr("branchops.core.ledger.ledger.CHECKPOINT_BYTES", 200_000)
    ledger._patience = 200_000
    sizes = []
    for n in range(40):
        with ledger.write(clock) as writer:
            writer.append("s", [event("x" * 5000 + str(n))])
        sizes.append(wal.stat().st_size)
    assert 0 in sizes
    assert max(sizes) < 200_000
    held = ledger.read()
    next(held)
    for n in range(40):
        with ledger.write(clock) as writer:
            writer.append("s", [event("y" * 5000 + str(n))])
    assert wal.stat().st_size > 200_000
    assert len(list(held)) == 39
    assert verify(ledger.directory, full=True).findings == []


class Failing:
    """A connection whose COMMIT fails in a chosen way, before or after it took effect."""

    def __init__(self, connection: sqlite3.Connection, problem: BaseException, *, after: bool) -> None:
        self._connection, self._problem, self._after = connection, problem, after

    def __getattr__(self, name: str):
        return getattr(self._connection, name)

    def execute(self, sql: str, *values):
        if sql == "COMMIT":
            if self._after:
                self._connection.execute(sql)
            raise self._problem
        return self._connection.execute(sql, *values)


@pytest.mark.parametrize("after", [True, False])
def test_a_commit_that_fails_on_the_disk_has_an_unknown_outcome_and_is_safe_to_repeat(
    ledger, clock, event, after
) -> None:
    connection = ledger._writing(1.0)
    ledger._write_connection = Failing(connection, sqlite3.OperationalError("disk I/O error"), after=after)
    with pytest.raises(OutcomeUnknown) as caught, ledger.write(clock) as writer:
        writer.append("s", [event(1, id="x")])
    assert "again" in caught.value.hint
    assert ledger.head().size == int(after)
    with ledger.write(clock) as writer:
        (stored,) = writer.append("s", [event(1, id="x")])
    assert (stored.pos, ledger.head().size) == (1, 1)


@pytest.mark.parametrize(("after", "error"), [(True, OutcomeUnknown), (False, KeyboardInterrupt)])
def test_an_interrupt_around_the_commit_tells_stored_from_not_stored(ledger, clock, event, after, error) -> None:
    connection = ledger._writing(1.0)
    ledger._write_connection = Failing(connection, KeyboardInterrupt(), after=after)
    with pytest.raises(error), ledger.write(clock) as writer:
        writer.append("s", [event(1, id="x")])
    assert ledger.head().size == int(after)


def test_a_tree_that_does_not_belong_to_the_events_stops_every_append(ledger: Ledger, clock, event) -> None:
    fill(ledger, clock, event)
    connection = sqlite3.connect(ledger.directory / "ledger.db")
    connection.executescript("UPDATE tree SET size = 4, frontier = zeroblob(32)")
    connection.close()
    with pytest.raises(IntegrityError, match="tree"), ledger.write(clock):
        pytest.fail("the writer must not open")
    with pytest.raises(IntegrityError):
        ledger.head()


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="root may write anywhere")
def test_a_store_that_cannot_be_written_can_be_read(ledger: Ledger, clock, event, tmp_path: Path) -> None:
    fill(ledger, clock, event)
    ledger.close()
    ledger.directory.chmod(0o500)
    (ledger.directory / "ledger.db").chmod(0o400)
    try:
        with Ledger.open(ledger.directory) as again:
            assert len(list(again.read())) == 6
            with pytest.raises(IntegrityError), again.write(clock):
                pytest.fail("this cannot be written")
    finally:
        ledger.directory.chmod(0o700)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_child_cannot_write_through_the_parents_ledger(ledger: Ledger, clock, monkeypatch) -> None:
    monkeypatch.setattr(os, "getpid", lambda: -1)
    with pytest.raises(RuntimeError, match="fork"), ledger.write(clock):
        pytest.fail("the child must not write")


def test_writing_nothing_changes_nothing(ledger: Ledger, clock) -> None:
    with ledger.write(clock) as writer:
        assert writer.append("s", []) == []
        assert writer.append("s", [], Expected.NEW) == []
        with pytest.raises(Conflict):
            writer.append("s", [], 1)
    assert ledger.head() == (0, tree.EMPTY_ROOT)

"""The file's format: checked when it is opened, brought forward when it is old, refused when it is newer."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from branchops.core.errors import IntegrityError, NotFound, UsageError
from branchops.core.ledger import connect, schema
from branchops.core.ledger.ledger import Ledger
from branchops.core.ledger.verify import verify


def test_a_new_ledger_carries_its_format_and_strict_tables(ledger: Ledger) -> None:
    writer = connect.writer(ledger.directory / "ledger.db")
    asked = ["application_id", "user_version", "journal_mode", "synchronous", "recursive_triggers", "trusted_schema"]
    asked += ["cell_size_check", "wal_autocheckpoint"]
    values = [writer.execute(f"PRAGMA {name}").fetchone()[0] for name in asked]
    strict = writer.execute(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%'"
    )
    tables = sorted(strict.fetchall())
    writer.close()
    assert values == [schema.APPLICATION_ID, schema.VERSION, "wal", 2, 1, 0, 1, 0]
    assert tables == [("events", 1), ("keys", 1), ("tree", 1)]


REPLACE = (
    "INSERT OR REPLACE INTO events SELECT {pos}, id, stream, version, type, schema, occurred_at, recorded_at, 'eve', "
    "body, leaf FROM events"
)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE events SET actor = 'eve'", "DELETE FROM events", REPLACE.format(pos="pos"), REPLACE.format(pos="pos + 1")],
)
def test_honest_code_cannot_change_an_event(ledger: Ledger, clock, event, statement: str) -> None:
    with ledger.write(clock) as writer:
        writer.append("s", [event()])
    connection = connect.writer(ledger.directory / "ledger.db")
    with pytest.raises(sqlite3.IntegrityError, match="events are never"):
        connection.execute(statement)
    connection.close()


def test_a_second_store_in_the_same_place_is_refused(ledger: Ledger) -> None:
    with pytest.raises(UsageError, match="already"):
        Ledger.create(ledger.directory)


def test_a_missing_store_is_not_made_by_opening(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        Ledger.open(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


def test_a_newer_ledger_is_refused_with_a_remedy(ledger: Ledger) -> None:
    connection = sqlite3.connect(ledger.directory / "ledger.db")
    connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    connection.close()
    with pytest.raises(IntegrityError) as caught:
        Ledger.open(ledger.directory)
    assert caught.value.details == {"actual": schema.VERSION + 1, "known": schema.VERSION}
    assert caught.value.hint.startswith("Upgrade BranchOps")


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100])
def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "ledger.db").write_bytes(content)
    with pytest.raises(IntegrityError):
        Ledger.open(tmp_path)


def test_a_ledger_of_version_0_is_brought_forward_when_opened(tmp_path: Path) -> None:
    old = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)
    old.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    old.close()
    with Ledger.open(tmp_path) as ledger:
        assert ledger.head().size == 0
    assert verify(tmp_path, full=True).findings == []


def test_a_ledger_of_version_1_keeps_its_events_when_it_is_brought_forward(tmp_path: Path, clock, event) -> None:
    with Ledger.create(tmp_path) as ledger, ledger.write(clock) as writer:
        writer.append("s", [event(), event()])
        head = writer.head()
    old = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)
    old.execute(
        "CREATE TRIGGER events_no_replace BEFORE INSERT ON events WHEN NEW.pos <= (SELECT max(pos) FROM events) "
        "BEGIN SELECT RAISE(ABORT, 'events are never replaced'); END"
    )
    old.execute("PRAGMA user_version = 1")
    old.close()
    with Ledger.open(tmp_path) as ledger:
        assert ledger.head() == head
        with ledger.write(clock) as writer:
            writer.append("s", [event()], 2)
    assert verify(tmp_path, full=True).findings == []


def test_steps_run_in_order_once_and_together(tmp_path: Path) -> None:
    steps = {
        schema.VERSION: ("CREATE TABLE extra (x INTEGER) STRICT",),
        schema.VERSION + 1: ("INSERT INTO extra VALUES (1)", "INSERT INTO nowhere VALUES (1)"),
    }
    with Ledger.create(tmp_path) as ledger:
        connection = connect.writer(ledger.directory / "ledger.db")
        connection.execute("BEGIN IMMEDIATE")
        schema.upgrade(connection, steps, schema.VERSION + 1)
        connection.execute("COMMIT")
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError):
            schema.upgrade(connection, steps, schema.VERSION + 2)
        connection.execute("ROLLBACK")
        after = (
            connection.execute("PRAGMA user_version").fetchone(),
            connection.execute("SELECT * FROM extra").fetchall(),
        )
        with pytest.raises(IntegrityError, match="no way"):
            schema.upgrade(connection, {}, schema.VERSION + 2)
        connection.close()
    assert after == ((schema.VERSION + 1,), [])


def test_a_second_sqlite_library_is_refused_with_a_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pysqlite3").mkdir()
    (tmp_path / "pysqlite3" / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(IntegrityError, match="pysqlite3") as caught:
        Ledger.create(tmp_path / "store")
    assert "pip uninstall" in caught.value.hint
    assert not (tmp_path / "store").exists()

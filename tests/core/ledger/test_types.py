"""A ledger whose columns lost their types with a changed schema gives a report that names the event, never an error."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from branchops.core.ledger.ledger import Ledger
from branchops.core.ledger.verify import verify


@pytest.fixture
def store(ledger: Ledger, clock, event) -> Path:
    """Twenty events in three streams, one in four under a command key."""
    with ledger.write(clock) as writer:
        for n in range(20):
            key, digest = (f"k{n}", f"d{n}") if n % 4 == 0 else (None, None)
            meta = {"key": key, "asked": digest} if key else {}
            writer.append(f"s{n % 3}", [event(n, meta=meta)], key=key, digest=digest)
    ledger.close()
    return ledger.directory


def loosen(store: Path, script: str) -> None:
    """The same content in tables that take any value anywhere, with the same indexes, and then some damage."""
    connection = sqlite3.connect(store / "ledger.db")
    indexes = [row[0] for row in connection.execute("SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql > ''")]
    for table in ("events", "tree", "keys"):
        names = ", ".join(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))
        connection.executescript(
            f"CREATE TABLE loose ({names}); INSERT INTO loose SELECT {names} FROM {table};"
            f"DROP TABLE {table}; ALTER TABLE loose RENAME TO {table};"
        )
    for sql in indexes:
        connection.execute(sql)
    connection.executescript(script)
    connection.commit()
    connection.close()


def found(store: Path) -> set[tuple[int | None, str]]:
    """What a full verification finds, beyond what it says of the schema."""
    return {(f.pos, f.code) for f in verify(store, full=True).findings if f.code not in ("schema", "trigger")}


def test_tables_without_types_and_their_honest_content_show_in_the_schema_alone(store: Path) -> None:
    loosen(store, "")
    report = verify(store)
    assert {f.code for f in report.findings} == {"schema", "trigger"}
    assert found(store) == set()


@pytest.mark.parametrize(
    "damage",
    [
        "id = CAST(id AS BLOB)", "stream = 7", "stream = NULL", "type = 1.5",
        "occurred_at = CAST(occurred_at AS BLOB)",
        "recorded_at = 0", "actor = NULL", "version = '4'", "version = 4.0", "version = NULL",
        "schema = CAST(1 AS REAL)", "schema = 'one'", "body = NULL", "body = 5", "body = CAST(body AS TEXT)",
        "pos = 12.0",
    ],
)  # fmt: skip
def test_a_value_of_another_kind_is_found_in_its_event(store: Path, damage: str) -> None:
    loosen(store, f"UPDATE events SET {damage} WHERE pos = 12")
    assert (12, "class") in found(store)
    assert verify(store).first_bad == 12


@pytest.mark.parametrize("leaf", ["NULL", "'text'", "7", "x'00'", "hex(leaf)"])
def test_a_leaf_of_another_kind_is_not_what_was_hashed(store: Path, leaf: str) -> None:
    loosen(store, f"UPDATE events SET leaf = {leaf} WHERE pos = 12")
    assert found(store) == {(12, "leaf")}


@pytest.mark.parametrize(
    ("position", "first", "codes"),
    [
        ("'twelve'", 12, {(12, "missing"), (21, "class")}),
        ("x'0c'", 12, {(12, "missing"), (21, "class")}),
        ("12.5", 12, {(12, "class")}),
        ("NULL", 1, {(1, "class")}),
    ],
)
def test_a_position_of_another_kind_is_found_where_reading_meets_it(store: Path, position, first, codes) -> None:
    loosen(store, f"UPDATE events SET pos = {position} WHERE pos = 12")
    assert codes <= found(store)
    assert verify(store).first_bad == first


def test_reading_on_after_an_unreadable_event_is_not_misled_by_a_position_that_is_text(store: Path) -> None:
    """Texts sort after all numbers, so looking for the next position finds one of them again."""
    loosen(
        store,
        "UPDATE events SET pos = 'a' WHERE pos = 19;"
        "UPDATE events SET pos = 'b', actor = CAST(x'ff' AS TEXT) WHERE pos = 20;",
    )
    assert {(19, "class"), (20, "unreadable")} <= found(store)


@pytest.mark.parametrize(
    ("damage", "codes"),
    [
        ("first = 'x'", {(9, "key")}),
        ("last = NULL", {(9, "key")}),
        ("first = 9.5", {(9, "key")}),
        ("digest = x'00'", {(9, "key")}),
        ("first = 'x', last = 'y'", {(9, "key"), (None, "key")}),
    ],
)
def test_an_index_of_keys_with_values_of_another_kind_is_found(store: Path, damage: str, codes) -> None:
    loosen(store, f"UPDATE keys SET {damage} WHERE key = 'k8'")
    assert codes <= found(store)


@pytest.mark.parametrize("damage", ["size = '20'", "size = NULL", "frontier = 'text'", "frontier = 5", "one = 'x'"])
def test_a_stored_tree_of_another_kind_does_not_belong_to_the_events(store: Path, damage: str) -> None:
    loosen(store, f"UPDATE tree SET {damage}")
    assert found(store) == {(None, "tree")}


def test_versions_of_another_kind_in_most_events_do_not_stop_the_report(store: Path) -> None:
    loosen(store, "UPDATE events SET version = 'x' || pos WHERE pos > 3")
    assert verify(store).first_bad == 4
    assert {(pos, "class") for pos in range(4, 21)} <= found(store)

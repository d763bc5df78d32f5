"""Verification finds what was changed behind the ledger's back, and says where."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from branchops.core.errors import NotFound
from branchops.core.ledger import frame, tree
from branchops.core.ledger.ledger import Ledger
from branchops.core.ledger.verify import verify

DROP = "DROP TRIGGER events_no_update; DROP TRIGGER events_no_delete;"
COPY = "pos, 'new', stream, version, type, schema, occurred_at, recorded_at, actor, x'7b7d', leaf"


@pytest.fixture
def store(ledger: Ledger, clock, event) -> Path:
    """Forty events in three streams, one in four under a command key."""
    with ledger.write(clock) as writer:
        for n in range(40):
            key = f"k{n // 8}" if n % 4 == 0 else None
            meta = {"key": f"k{n}", "asked": f"d{n}"} if key else {}
            writer.append(
                f"s{n % 3}", [event(n, meta=meta)], key=f"k{n}" if key else None, digest=f"d{n}" if key else None
            )
    ledger.close()
    return ledger.directory


def tamper(store: Path, script: str) -> None:
    """Change the file with the sqlite3 module, then put the triggers back as if nothing had been."""
    connection = sqlite3.connect(store / "ledger.db")
    triggers = [row[0] for row in connection.execute("SELECT sql FROM sqlite_schema WHERE type = 'trigger'")]
    connection.executescript(DROP + script)
    for sql in triggers:
        connection.execute(sql)
    connection.commit()
    connection.close()


def found(store: Path, **how) -> list[tuple[int | None, str]]:
    return [(f.pos, f.code) for f in verify(store, **how).findings]


def test_an_untouched_ledger_has_no_findings_and_its_own_root(store: Path) -> None:
    with Ledger.open(store) as ledger:
        head = ledger.head()
        early = tree.root(ledger.leaves(0, 30))
    report = verify(store, full=True, expected=[head, (30, early), (0, tree.EMPTY_ROOT)])
    assert (report.events, report.root, report.findings, report.ok, report.first_bad) == (40, head.root, [], True, None)
    assert report.proved == [
        "40 events, each as it was hashed, form the tree.",
        "The first 40 are those of a root recorded earlier.",
    ]
    assert report.unproved == ["Whether newer events were cut off after the last recorded root."]
    plain = verify(store)
    assert (
        plain.unproved[0] == "The root over the newest 40 events rests on this machine alone; no record bears it out."
    )


@pytest.mark.parametrize(
    ("script", "first", "code"),
    [
        ("UPDATE events SET body = x'7b7d' WHERE pos = 17", 17, "leaf"),
        ("UPDATE events SET leaf = zeroblob(32) WHERE pos = 1", 1, "leaf"),
        ("UPDATE events SET actor = 'eve' WHERE pos = 40", 40, "leaf"),
        ("UPDATE events SET recorded_at = occurred_at WHERE pos = 5", 5, "leaf"),
        ("UPDATE events SET schema = 2 WHERE pos = 6", 6, "leaf"),
        ("UPDATE events SET id = 'other' WHERE pos = 7", 7, "leaf"),
        ("UPDATE events SET type = 'desk.other' WHERE pos = 8", 8, "leaf"),
        ("UPDATE events SET version = 99 WHERE pos = 9", 9, "leaf"),
        ("DELETE FROM events WHERE pos = 20", 20, "missing"),
        ("DELETE FROM events WHERE pos < 4", 1, "missing"),
        ("DELETE FROM events WHERE pos > 38", None, "tree"),
        (f"INSERT OR REPLACE INTO events SELECT {COPY} FROM events WHERE pos = 33", 33, "leaf"),
        ("INSERT INTO events SELECT 41, 'n', 's9', 1, type, 1, occurred_at, recorded_at, 'e', body, leaf FROM events "
         "WHERE pos = 40", 41, "leaf"),
        ("UPDATE tree SET frontier = zeroblob(64)", None, "tree"),
        ("UPDATE tree SET size = 39", None, "tree"),
        ("DELETE FROM tree", None, "tree"),
        ("UPDATE keys SET digest = 'x' WHERE first = 9", 9, "key"),
        ("DELETE FROM keys WHERE first = 13", 13, "key"),
        ("UPDATE keys SET last = 15 WHERE first = 13", 15, "key"),
        ("INSERT INTO keys VALUES ('lie', 'd', 3, 3)", 3, "key"),
        ("CREATE TABLE extra (x)", None, "schema"),
        ("DROP INDEX events_type", None, "schema"),
        ("PRAGMA user_version = 9", None, "format"),
        ("PRAGMA application_id = 9", None, "format"),
    ],
)  # fmt: skip
def test_a_rewritten_ledger_is_found_out_at_the_right_position(store: Path, script: str, first, code: str) -> None:
    tamper(store, script)
    report = verify(store)
    assert not report.ok
    assert report.first_bad == first
    assert (first, code) in [(f.pos, f.code) for f in report.findings]


@pytest.mark.parametrize("name", ["events_no_update", "events_no_delete"])
def test_a_missing_trigger_is_a_finding(store: Path, name: str) -> None:
    connection = sqlite3.connect(store / "ledger.db")
    connection.execute(f"DROP TRIGGER {name}")
    connection.close()
    assert found(store) == [(None, "trigger")]


def test_a_text_body_with_the_same_bytes_is_found(store: Path) -> None:
    strict = "BLOB NOT NULL,\n  leaf"
    tamper(
        store,
        f"""PRAGMA writable_schema = ON;
        UPDATE sqlite_schema SET sql = replace(replace(sql, ') STRICT', ')'), '{strict}', 'ANY NOT NULL,
  leaf') WHERE name = 'events';
        PRAGMA writable_schema = RESET;""",
    )
    tamper(store, "UPDATE events SET body = CAST(body AS TEXT) WHERE pos = 12")
    report = verify(store)
    assert report.first_bad == 12
    assert (12, "class") in [(f.pos, f.code) for f in report.findings]


def rewrite(store: Path, pos: int, *, body: bytes) -> None:
    """A forger who knows the format: changes an event, its leaf, and the tree."""
    connection = sqlite3.connect(store / "ledger.db", isolation_level=None)
    columns = ", ".join(frame.COLUMNS)
    values = list(connection.execute(f"SELECT {columns} FROM events WHERE pos = ?", (pos,)).fetchone())
    values[-1] = body
    leaf = tree.leaf_hash(frame.frame(values))
    connection.execute("DROP TRIGGER events_no_update")
    connection.execute("UPDATE events SET body = ?, leaf = ? WHERE pos = ?", (body, leaf, pos))
    frontier = tree.Frontier()
    frontier.extend(row[0] for row in connection.execute("SELECT leaf FROM events ORDER BY pos"))
    connection.execute("UPDATE tree SET frontier = ?", (frontier.to_bytes(),))
    connection.execute(
        "CREATE TRIGGER events_no_update BEFORE UPDATE ON events\n"
        "BEGIN SELECT RAISE(ABORT, 'events are never changed'); END"
    )
    connection.close()


def test_wholesale_rewriting_is_found_by_roots_recorded_earlier(store: Path) -> None:
    with Ledger.open(store) as ledger:
        days = [(size, tree.root(ledger.leaves(0, size))) for size in (10, 20, 30, 40)]
    rewrite(store, 22, body=b'{"data":{"n":999},"meta":{}}')
    assert found(store, full=True) == []
    assert found(store, full=True, expected=days) == [(21, "root"), (31, "root")]


def test_a_body_that_is_not_canonical_is_found_by_the_full_check(store: Path) -> None:
    rewrite(store, 22, body=b'{"meta":{},"data":{"n":1}}')
    assert found(store) == []
    assert found(store, full=True) == [(22, "body")]


def test_a_ledger_cut_short_is_found_by_a_size_recorded_earlier(store: Path, clock, event) -> None:
    old = store.parent / "old"
    shutil.copytree(store, old)
    with Ledger.open(store) as ledger, ledger.write(clock) as writer:
        writer.append("s0", [event(1)] * 5)
        head = writer.head()
    assert found(store, expected=[head]) == []
    assert found(old) == []
    assert found(old, expected=[head]) == [(41, "truncated")]


def test_a_hot_copy_without_or_with_half_its_log_is_judged_by_what_is_in_it(
    store: Path, clock, event, tmp_path
) -> None:
    ledger = Ledger.open(store)
    heads = []
    for n in range(20):
        with ledger.write(clock) as writer:
            writer.append("s0", [event("x" * 900 + str(n))])
        heads.append(ledger.head())
    wal = (store / "ledger.db-wal").read_bytes()
    for share in (0, 1, 3, 7, 10):
        copy = tmp_path / f"copy{share}"
        copy.mkdir()
        (copy / "ledger.db").write_bytes((store / "ledger.db").read_bytes())
        if share:
            (copy / "ledger.db-wal").write_bytes(wal[: len(wal) * share // 10])
        report = verify(copy, full=True, expected=[heads[-1]])
        whole = report.events == 60
        assert (report.ok, [f.code for f in report.findings]) == (whole, [] if whole else ["truncated"])
    ledger.close()


def test_verification_runs_while_another_writes_and_sees_one_moment(store: Path, clock, event) -> None:
    with Ledger.open(store) as ledger, ledger.write(clock) as writer:
        writer.append("s0", [event(1)])
        assert verify(store, full=True).events == 40
    assert verify(store, full=True).events == 41


def test_verification_writes_nothing(store: Path) -> None:
    before = (store / "ledger.db").read_bytes()
    verify(store, full=True)
    assert (store / "ledger.db").read_bytes() == before


def test_a_store_without_a_ledger_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        verify(tmp_path)


@pytest.mark.parametrize("content", [b"", b"\0" * 5000, b"SQLite format 3\0" + b"\xff" * 8000])
def test_any_other_file_gives_a_report(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "ledger.db").write_bytes(content)
    report = verify(tmp_path, full=True)
    assert (report.ok, report.events) == (False, 0)

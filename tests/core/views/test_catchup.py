"""Read models: whatever happens, a table is the fold of the entries that stand."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from decimal import Decimal
from types import ModuleType
from typing import Any, Literal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchops.core.entry import Act, Entry
from branchops.core.errors import BranchOpsError
from branchops.core.own.events import Voided
from branchops.core.rulebook.record import Recorded
from branchops.core.views.catchup import VOIDED
from branchops.core.views.table import Columns, View
from branchops.testing import BranchKit

Kit = BranchKit
VIEWS = ("toy.case", "toy.topic", "toy.title", "echo.loudness")
STREAMS = ("T-a", "T-b")

step = st.one_of(
    st.tuples(st.just("open"), st.sampled_from(STREAMS), st.sampled_from(("Lamp", "Door"))),
    st.tuples(st.just("note"), st.sampled_from(STREAMS), st.sampled_from(("x", "y")), st.integers(0, 60)),
    st.tuples(st.just("rename"), st.sampled_from(STREAMS), st.sampled_from(("Lamp", "Door"))),
    st.tuples(st.just("close"), st.sampled_from(STREAMS)),
    st.tuples(st.just("void"), st.integers(0, 30)),
    st.tuples(st.just("look"), st.sampled_from(VIEWS)),
    st.tuples(st.just("reopen")),
)


def event_of(toy: ModuleType, kind: str, *args: Any) -> tuple[Any, str]:
    made = {
        "open": lambda stream, title: (toy.Opened(title=title), stream),
        "note": lambda stream, topic, amount: (toy.Noted(topic=topic, amount=amount), stream),
        "rename": lambda stream, title: (toy.Renamed(title=title), stream),
        "close": lambda stream: (toy.Closed(), stream),
    }
    return made[kind](*args)  # type: ignore[no-untyped-call, no-any-return]


def voiding(event: Recorded) -> tuple[Voided, str]:
    return (
        Voided(target=event.id, target_pos=event.pos, target_type=event.type, target_actor=event.actor, reason="x"),
        event.stream,
    )


def tables(kit: Kit) -> dict[str, list[Any]]:
    return {name: kit.rows(name) for name in VIEWS}


def folded_by_hand(kit: Kit) -> dict[str, list[Any]]:
    """The same by the plainest means: a dictionary, one pass, no voided entries."""
    events = kit.events()
    gone = {event.data.target for event in events if event.type == VOIDED}
    found = {}
    for name in VIEWS:
        view = kit.branch.registry.view(name)
        rows: dict[str, Any] = {}
        for event in events:
            if event.id not in gone and event.type in view.types:
                for key in view.keys(event):
                    rows[key] = view.apply(rows.get(key), event)
        found[name] = [rows[key] for key in sorted(rows) if rows[key] is not None]
    return found


@settings(max_examples=40)
@given(steps=st.lists(step, max_size=25))
def test_rows_are_the_fold_of_the_entries_that_stand(
    make_kit: Any, toy: ModuleType, echo: ModuleType, steps: Any
) -> None:
    """After any history, voidings and half-read views included, rows equal a plain fold and a rebuild."""
    kit: Kit = make_kit(given=[("toy", toy), ("echo", echo)], bundled=False, people=False)
    for kind, *args in steps:
        if kind == "look":
            kit.rows(args[0])
        elif kind == "reopen":
            kit.reopen()
        else:
            if kind == "void":
                events = [event for event in kit.events() if event.type.startswith("toy.")]
                if not events:
                    continue
                made = voiding(events[args[0] % len(events)])
            else:
                made = event_of(toy, kind, *args)
            try:
                kit.record(*made)
            except BranchOpsError:
                continue
    expected = folded_by_hand(kit)
    assert tables(kit) == expected
    for name in VIEWS:
        kit.branch.models.forget(kit.branch.registry.view(name))
    assert tables(kit) == expected
    kit.close()
    (kit.store / "views.db").unlink()
    assert tables(kit) == expected
    kit.close()


@settings(max_examples=30)
@given(steps=st.lists(step.filter(lambda one: one[0] not in ("look", "reopen")), max_size=15))
def test_one_transaction_and_many_lead_to_the_same_rows(
    make_kit: Any, toy: ModuleType, echo: ModuleType, steps: Any
) -> None:
    """Commands of one batch are judged as if each had come alone, voidings in the middle included."""
    one: Kit = make_kit(given=[("toy", toy), ("echo", echo)], bundled=False, people=False)
    many: Kit = make_kit(given=[("toy", toy), ("echo", echo)], bundled=False, people=False)

    def played(kit: Kit, act: Any) -> list[str]:
        """What became of each step."""
        told, done = [], []
        for kind, *args in steps:
            if kind == "void":
                if not done:
                    continue
                made = voiding(done[args[0] % len(done)])
            else:
                made = event_of(toy, kind, *args)
            try:
                outcome = act(*made)
                done += outcome.entries
                told += [f"{entry.type} {entry.stream} {len(entry.meta.breaches)}" for entry in outcome.entries]
            except BranchOpsError as error:
                told.append(error.message)
        return told

    with one.branch.transaction() as tx:

        def in_batch(event: Any, stream: str) -> Any:
            entry = Entry(event, stream)
            return tx.act(Act(decide=lambda *_: entry, command=None, target=None, actor="chen", opens=True))

        batch = played(one, in_batch)
    assert batch == played(many, many.record)
    assert tables(one) == tables(many) == folded_by_hand(many)
    one.close()
    many.close()


def test_a_voided_opening_takes_its_row_with_it_and_a_new_one_stands(toy_kit: Kit, toy: ModuleType) -> None:
    first = toy_kit.record(toy.Opened(title="Lamp"), "T-a").first
    toy_kit.record(toy.Noted(topic="x"), "T-a")
    toy_kit.record(*voiding(first))
    assert toy_kit.row("toy.case", "T-a") is None
    toy_kit.record(toy.Opened(title="Door"), "T-a")
    row = toy_kit.row("toy.case", "T-a")
    assert (row.title, row.notes) == ("Door", 0)


def test_a_voided_entry_leaves_a_row_with_a_key_of_its_own(toy_kit: Kit, toy: ModuleType) -> None:
    toy_kit.record(toy.Opened(title="Lamp"), "T-a")
    note = toy_kit.record(toy.Noted(topic="x", amount=5), "T-a").first
    toy_kit.record(toy.Noted(topic="x", amount=7), "T-a")
    assert [(row.count, row.total) for row in toy_kit.rows("toy.topic")] == [(2, 12)]
    toy_kit.record(*voiding(note))
    assert [(row.count, row.total) for row in toy_kit.rows("toy.topic")] == [(1, 7)]


def test_a_view_of_another_version_is_made_anew(toy_kit: Kit, toy: ModuleType) -> None:
    """Whoever changes the meaning of a fold raises its version, and the table follows."""
    toy_kit.record(toy.Opened(title="Lamp"), "T-a")
    toy_kit.rows("toy.title")
    view = toy_kit.branch.registry.view("toy.title")
    loud = {"toy.opened": lambda e: toy.Title(title=e.data.title.upper(), case=e.stream)}
    newer = msgspec.structs.replace(view, opens=loud, version=2)
    toy_kit.reopen()
    toy_kit.branch.models.catch_up((newer,), toy_kit.branch.source())
    assert [row.title for row in toy_kit.branch.models.query(newer)] == ["LAMP"]


def test_rows_are_narrowed_ordered_and_limited(toy_kit: Kit, toy: ModuleType) -> None:
    for stream, title in (("T-a", "Lamp"), ("T-b", "Door"), ("T-c", "Lamp")):
        toy_kit.record(toy.Opened(title=title), stream)
    assert [row.id for row in toy_kit.rows("toy.case", {"title": "Lamp"})] == ["T-a", "T-c"]
    assert [row.id for row in toy_kit.rows("toy.case", {"closed_at": None}, order="id DESC", limit=2)] == ["T-c", "T-b"]
    assert [row.id for row in toy_kit.rows("toy.case", sql="id > ?", params=("T-a",), limit=1)] == ["T-b"]


def test_a_fold_that_fails_leaves_the_table_as_it_was(toy_kit: Kit, toy: ModuleType) -> None:
    """The cursor does not pass an entry that could not be folded."""
    toy_kit.record(toy.Opened(title="Lamp"), "T-a")
    view = toy_kit.branch.view("toy.title")
    bad = msgspec.structs.replace(view, opens={"toy.opened": lambda e: 1 / 0})
    toy_kit.record(toy.Opened(title="Door"), "T-b")
    models = toy_kit.branch.models
    before = models.cursor(view)
    with pytest.raises(ZeroDivisionError):
        models.catch_up((bad,), toy_kit.branch.source())
    assert models.cursor(view) == before < toy_kit.branch.ledger.head().size
    assert [row.title for row in toy_kit.rows("toy.title")] == ["Door", "Lamp"]


# --- the table


class Everything(msgspec.Struct, frozen=True, kw_only=True):
    """A row with every kind of column."""

    key: str
    number: int
    yes: bool
    money: Decimal
    at: datetime
    day: date
    kind: Literal["a", "b"]
    names: tuple[str, ...]
    maybe: int | None
    maybe_at: datetime | None
    maybe_money: Decimal | None
    pairs: dict[str, str]
    quoted: str = "it's"
    flag: bool = False
    rest: tuple[str, ...] = ("a'b", "二")
    early: datetime | None = datetime(2026, 1, 1, tzinfo=UTC)


everything = st.builds(
    Everything,
    key=st.text(min_size=1),
    number=st.integers(-(2**63), 2**63 - 1),
    yes=st.booleans(),
    money=st.decimals(allow_nan=False, allow_infinity=False),
    at=st.datetimes(timezones=st.just(UTC), min_value=datetime(1000, 1, 1)),
    day=st.dates(),
    kind=st.sampled_from(("a", "b")),
    names=st.lists(st.text()).map(tuple),
    maybe=st.none() | st.integers(-5, 5),
    maybe_at=st.none() | st.datetimes(timezones=st.just(UTC), min_value=datetime(1000, 1, 1)),
    maybe_money=st.none() | st.decimals(allow_nan=False, allow_infinity=False),
    pairs=st.dictionaries(st.text(), st.text()),
    quoted=st.sampled_from(("it's", "")),
    flag=st.booleans(),
    rest=st.sampled_from(((), ("a'b", "二"))),
)


@settings(max_examples=60)
@given(row=everything, alike=st.sampled_from((1, 9)))
def test_a_row_comes_back_from_sqlite_as_it_went_in(row: Everything, alike: int) -> None:
    """Alone or among many with the same defaults, which are stored by a statement of their own."""
    view = View(name="x.y", row=Everything)
    columns = Columns(view)
    db = sqlite3.connect(":memory:")
    try:
        db.execute(f"CREATE TABLE x_y ({', '.join(f'{name} {kind}' for name, kind in columns.sql.items())})")
        for sql, values in columns.inserts([row] * alike):
            db.executemany(sql, values)
        assert [columns.to_row(found) for found in db.execute("SELECT * FROM x_y")] == [row] * alike
    finally:
        db.close()


@settings(max_examples=60)
@given(rows=st.lists(everything, min_size=1, max_size=6), seen=st.integers(0, 5))
def test_a_row_read_by_fewer_columns_is_the_whole_row_or_none(rows: list[Everything], seen: int) -> None:
    """SQLite's word that the columns left out hold their defaults is given for rows of which that is true."""
    view = View(name="x.y", row=Everything)
    columns = Columns(view)
    db = sqlite3.connect(":memory:")
    try:
        db.execute(f"CREATE TABLE x_y ({', '.join(f'{name} {kind}' for name, kind in columns.sql.items())})")
        for row in rows:
            for sql, values in columns.inserts([row]):
                db.executemany(sql, values)
        sample = db.execute(f"SELECT * FROM x_y ORDER BY rowid LIMIT {seen}").fetchall()
        wanted, to_row = columns.narrowed(sample)
        found = [to_row(values) if values[-1] else None for values in db.execute(f"SELECT {wanted} FROM x_y")]
        assert [one or row for one, row in zip(found, rows, strict=True)] == rows
        assert found[:seen] == rows[:seen], "the sample itself is read without a second look"
    finally:
        db.close()


def test_a_walk_gives_every_row_whole_whatever_the_first_and_the_last_use(
    toy_kit: Kit, toy: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("branchops.core.views.catchup._SAMPLE", 2)
    for number in range(7):
        toy_kit.record(toy.Opened(title=f"Lamp {number}"), f"T-{number}")
    toy_kit.record(toy.Noted(topic="the middle one"), "T-3")
    models, view = toy_kit.branch.models, toy_kit.branch.view("toy.case")
    assert sorted(models.walk(view), key=lambda row: row.id) == list(models.query(view))
    assert list(models.walk(view, {"id": "T-3"})) == [models.get(view, "T-3")]
    assert list(models.walk(view, {"id": "T-9"})) == []


def test_instants_sort_as_text(toy_kit: Kit, toy: ModuleType) -> None:
    """A row's instants are stored as stamps, so that SQL can compare them."""
    toy_kit.record(toy.Opened(title="Lamp"), "T-a")
    toy_kit.rows("toy.case")
    found = toy_kit.branch.models.select("SELECT opened_at FROM toy_case")
    assert found == [("2026-11-23T00:30:00.000000Z",)]


def test_a_damaged_file_of_read_models_is_told_with_its_cure(toy_kit: Kit) -> None:
    """It holds nothing of its own, so the cure is to throw it away."""
    toy_kit.close()
    for path in toy_kit.store.glob("views.db*"):
        path.unlink()
    (toy_kit.store / "views.db").write_bytes(b"no database" * 1000)
    error = toy_kit.fails("staff", "list", exit=8)
    assert "branchops rebuild" in error["hint"]

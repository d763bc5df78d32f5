"""Sessions and processes over one store: they interleave without losing, doubling or skipping anything."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from branchops.core.branch import Branch
from branchops.core.clock import stamp
from branchops.core.entry import Act, Entry, New
from branchops.core.errors import Rejected, UsageError
from branchops.core.ledger.event import NewEvent
from branchops.core.ledger.verify import verify
from branchops.session import Session, parse_day, parse_moment
from branchops.testing import BranchKit

Kit = BranchKit
ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 23, 10, 5, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def other(toy_kit: Kit) -> Any:
    """A second session over the same store."""
    branch = Branch.open(toy_kit.store, toy_kit.clock, toy_kit.loader())
    yield branch
    branch.close()


def topics(branch: Branch) -> dict[str, tuple[int, int]]:
    return {row.topic: (row.count, row.total) for row in branch.rows("toy.topic")}


# --- two sessions


def test_two_sessions_take_turns(toy_kit: Kit, other: Branch, toy: ModuleType) -> None:
    """Each sees at once what the other has recorded, in numbers, states and rows."""
    for turn in range(6):
        branch = (toy_kit.branch, other)[turn % 2]
        stream = branch.record(Entry(toy.Opened(title=f"case {turn}"), New("T")), actor="chen").stream
        assert stream == f"T-2026-{turn + 1:04d}"
        branch.record(Entry(toy.Noted(topic="x", amount=turn), "T-2026-0001"), actor="chen")
    assert topics(toy_kit.branch) == topics(other) == {"x": (6, 15)}


def test_a_session_that_was_overtaken_after_its_commit_doubles_nothing(
    toy_kit: Kit, other: Branch, toy: ModuleType
) -> None:
    """Between one session's commit and its writing of rows another commits, folds and writes: rows stay right."""
    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    models = toy_kit.branch.models
    advance = models.advance

    def overtaken(*given: Any) -> None:
        other.record(Entry(toy.Noted(topic="theirs", amount=5), "T-2026-0001"), actor="li")
        other.record(Entry(toy.Noted(topic="mine", amount=7), "T-2026-0001"), actor="li")
        advance(*given)

    models.advance = overtaken  # type: ignore[method-assign]
    toy_kit.record(toy.Noted(topic="mine", amount=1), "T-2026-0001")
    models.advance = advance  # type: ignore[method-assign]
    expected = {"mine": (2, 8), "theirs": (1, 5)}
    assert (topics(toy_kit.branch), topics(other)) == (expected, expected)
    assert toy_kit.row("toy.case", "T-2026-0001").total == 13


def test_a_reader_in_the_middle_of_a_write_sees_what_was_committed(
    toy_kit: Kit, other: Branch, toy: ModuleType
) -> None:
    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    with toy_kit.branch.transaction() as tx:
        tx.act(Act(decide=lambda *_: toy.Noted(topic="x"), command=None, target="T-2026-0001", actor="chen"))
        assert topics(other) == {}
    assert topics(other) == {"x": (1, 1)}


def test_a_setting_of_another_session_holds_for_the_next_entry(toy_kit: Kit, other: Branch, toy: ModuleType) -> None:
    """People and policies are read again when somebody else has changed them."""
    from branchops.core.rulebook.policy import PolicySet

    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    other.record(Entry(PolicySet(key="toy.cap", value="2", reason="test"), "policy"), actor="chen")
    done = toy_kit.record(toy.Noted(topic="x", amount=3), "T-2026-0001")
    assert [verdict.facts["cap"] for verdict in done.verdicts] == ["2"]


# --- read models are disposable


def test_views_deleted_between_two_runs_come_back(toy_kit: Kit, toy: ModuleType) -> None:
    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    toy_kit.record(toy.Noted(topic="x", amount=3), "T-2026-0001")
    toy_kit.close()
    for path in toy_kit.store.glob("views.db*"):
        path.unlink()
    toy_kit.record(toy.Noted(topic="x", amount=4), "T-2026-0001")
    assert topics(toy_kit.branch) == {"x": (2, 7)}


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
def test_views_deleted_under_an_open_session_cost_nothing(toy_kit: Kit, toy: ModuleType) -> None:
    """The session goes on with what it holds, and the next one folds everything anew."""
    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    for path in toy_kit.store.glob("views.db*"):
        path.unlink()
    toy_kit.record(toy.Noted(topic="x", amount=4), "T-2026-0001")
    assert topics(toy_kit.branch) == {"x": (1, 4)}
    assert topics(toy_kit.reopen()) == {"x": (1, 4)}


# --- numbers


def test_numbers_have_no_gaps_whatever_is_refused(toy_kit: Kit, toy: ModuleType) -> None:
    """Rejections, dry runs and failures between two openings take no number."""
    for turn in range(3):
        assert toy_kit.record(toy.Opened(title="ok"), New("T")).stream == f"T-2026-{turn + 1:04d}"
        with pytest.raises(Rejected):
            toy_kit.act(lambda *_: (toy.Opened(title="no"), toy.Noted(topic="x", amount=-1)), None, New("T"))
        toy_kit.record(toy.Opened(title="dry"), New("T"), dry_run=True)
        with pytest.raises(ZeroDivisionError):
            toy_kit.act(lambda *_: 1 / 0, None, New("T"))


def test_a_new_year_begins_with_one(toy_kit: Kit, toy: ModuleType) -> None:
    """The year is that of the outlet's wall, not of Greenwich."""
    toy_kit.clock.set("2026-12-31 23:59")
    assert toy_kit.record(toy.Opened(title="old"), New("T")).stream == "T-2026-0001"
    toy_kit.clock.tick(minutes=1)
    assert toy_kit.record(toy.Opened(title="new"), New("T")).stream == "T-2027-0001"


def test_prefixes_are_numbered_apart(toy_kit: Kit, toy: ModuleType) -> None:
    streams = [toy_kit.record(toy.Opened(title="x"), New(prefix)).stream for prefix in ("T", "TT", "T")]
    assert streams == ["T-2026-0001", "TT-2026-0001", "T-2026-0002"]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7, 8, 9998, 9999, 10_000, 12_345])
def test_the_next_number_is_found_after_any_count(toy_kit: Kit, toy: ModuleType, count: int) -> None:
    """Also where the number outgrows its four digits."""
    with toy_kit.branch.ledger.write(toy_kit.clock) as writer:
        for number in range(1, count + 1):
            event = NewEvent("old.opened", {"n": number}, {}, stamp(toy_kit.clock.now()), "chen")
            writer.append(f"T-2026-{number:04d}", [event])
    assert toy_kit.record(toy.Opened(title="x"), New("T")).stream == f"T-2026-{count + 1:04d}"
    assert toy_kit.record(toy.Opened(title="x"), New("T")).stream == f"T-2026-{count + 2:04d}"


CHILD = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import toys_toy
from branchops.core.branch import Branch
from branchops.core.entry import Entry, New
from branchops.core.errors import BranchOpsError
from branchops.core.extend.loader import Loader
loader = Loader([])
loader.add("toy", toys_toy)
with Branch.open(Path(sys.argv[1]), None, loader) as branch:
    for turn in range(int(sys.argv[3])):
        stream = branch.record(Entry(toys_toy.Opened(title="x"), New("P")), actor="chen").stream
        branch.record(Entry(toys_toy.Noted(topic="x", amount=1), stream), actor="chen")
        try:
            refused = (toys_toy.Opened(title="x"), toys_toy.Noted(topic="x", amount=-1))
            branch.act(lambda *_: refused, None, New("P"), actor="chen")
        except BranchOpsError:
            pass
"""


def test_processes_number_and_fold_as_one(toy_kit: Kit, toy: ModuleType) -> None:
    """Three processes writing at once leave no gap, no double, a true total, and a ledger that verifies."""
    toy_kit.close()
    rounds, writers = 8, 3
    environ = {**os.environ, "BRANCHOPS_CACHE": str(toy_kit.root / "cache")}
    argv = [sys.executable, "-c", CHILD, str(toy_kit.store), str(ROOT / "tests" / "toys"), str(rounds)]
    children = [
        subprocess.Popen(argv, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(writers)
    ]
    said = [child.communicate(timeout=60) for child in children]
    assert [(child.returncode, err) for child, (_out, err) in zip(children, said, strict=True)] == [(0, "")] * writers
    toy_kit.clock.set(datetime.now(tz=ZoneInfo("UTC")))
    year = toy_kit.clock.local.year
    streams = [row.id for row in toy_kit.rows("toy.case")]
    assert streams == [f"P-{year}-{number:04d}" for number in range(1, rounds * writers + 1)]
    assert topics(toy_kit.branch) == {"x": (rounds * writers, rounds * writers)}
    toy_kit.close()
    assert verify(toy_kit.store, full=True).ok


# --- what people type


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("09:30", "2026-11-23T09:30:00+08:00"),
        ("today", "2026-11-23T10:05:00+08:00"),
        ("yesterday 16:20", "2026-11-22T16:20:00+08:00"),
        ("昨天 16:20", "2026-11-22T16:20:00+08:00"),
        ("11-20 12:00", "2026-11-20T12:00:00+08:00"),
        ("2026-11-20 12:00", "2026-11-20T12:00:00+08:00"),
        ("2026-11-20T12:00:00Z", "2026-11-20T12:00:00+00:00"),
    ],
)
def test_an_instant_is_understood_in_the_outlets_zone(typed: str, meant: str) -> None:
    assert parse_moment(typed, NOW).isoformat() == meant


@pytest.mark.parametrize("typed", ["", "soon", "25:00", "2026-13-01 10:00", "yesterday noon", "11-31 10:00"])
def test_what_is_no_instant_is_refused_with_the_forms_that_are(typed: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_moment(typed, NOW)
    assert "RFC 3339" in caught.value.hint


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("today", "2026-11-23"), ("昨天", "2026-11-22"), ("11-20", "2026-11-20"), ("2025-01-31", "2025-01-31")],
)
def test_a_day_is_understood(typed: str, meant: str) -> None:
    assert parse_day(typed, NOW.date()).isoformat() == meant


@pytest.mark.parametrize("typed", ["", "soon", "02-30", "2026/11/20"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        parse_day(typed, NOW.date())


# --- where the store is


def at(root: Path, **environ: str) -> Path:
    return Session(environ={"HOME": str(root / "home"), **environ}, cwd=root / "a" / "b", plugins=[]).store_path


def test_the_store_is_the_nearest_one_upward(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / ".branchops").mkdir()
    (tmp_path / "a" / ".branchops" / "ledger.db").touch()
    assert at(tmp_path) == tmp_path / "a" / ".branchops"
    assert at(tmp_path, BRANCHOPS_STORE="/elsewhere") == Path("/elsewhere")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other platforms have other places")
def test_without_any_store_upward_it_is_in_the_users_data(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert at(tmp_path) == tmp_path / "home" / ".local/share/branchops"
    assert at(tmp_path, XDG_DATA_HOME="/data") == Path("/data/branchops")

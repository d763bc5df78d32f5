"""What a second process foresees: the ledger, the account, the rejects and the views are those of one process."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchops.core.branch import Branch
from branchops.core.bulk import Bulk
from branchops.core.errors import BranchOpsError
from branchops.core.exchange import ahead, importing, preparing
from branchops.core.ledger.verify import verify

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here"),
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
]

ROW = st.tuples(
    st.integers(1, 40),
    st.sampled_from(["a", "b", "odd", "forbidden", "\u590d\u6838", "e\u0301", '"', "9" * 5000, "crash\u00a0"]),
    st.sampled_from([""] * 9 + ["a customer's words"]),
)


@pytest.fixture(scope="session")
def plain() -> ModuleType:
    """The plugin `plain`."""
    from tests.conftest import load

    return load(Path(__file__).with_name("plain.py"), "plain_plugin")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Series of three batches of few rows, foreseen by another process although this one has threads."""
    for module, name, value in (
        (preparing, "FIRST", 6),
        (importing, "FIRST", 6),
        (preparing, "ROWS", 10),
        (importing, "TOGETHER", 4),
        (importing, "BATCHES", 3),
        (ahead, "possible", lambda: True),
    ):
        monkeypatch.setattr(module, name, value)
    return monkeypatch


@pytest.fixture
def seen(make_kit: Callable[..., Any], plain: ModuleType, tmp_path: Path) -> Callable[..., Any]:
    """Imports content into a new branch; gives the branch's kit, the run, and the rejects."""

    def run(content: str | bytes, kit: Any = None, name: str = "in.csv") -> tuple[Any, Any, str]:
        kit = kit or make_kit(given=[("plain", plain)], bundled=False)
        file, bad = tmp_path / name, tmp_path / "bad.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        done = kit.run("import", "plain", file, "--rejects", bad, "--json")
        text = bad.read_text(encoding="utf-8") if bad.exists() else ""
        bad.unlink(missing_ok=True)
        return kit, done, text

    return run


def lines(rows: Any) -> str:
    return "\n".join(["number,text,words", *rows, ""])


def told(kit: Any) -> list[Any]:
    """The events, without what differs between any two runs."""
    return [
        (event.pos, event.stream, event.version, {**event.data, "words": "words" in event.data}, event.meta)
        for event in kit.branch.ledger.read(types="plain.seen")
    ]


def alone(patched: pytest.MonkeyPatch) -> None:
    """From here on nothing but what was foreseen is taken."""
    patched.setattr(Bulk, "act_all", lambda *_told: pytest.fail("judged here"))
    patched.setattr(importing.Importer, "_act", lambda *_told: pytest.fail("judged here"))


@settings(max_examples=40)
@given(rows=st.lists(ROW, max_size=70), again=st.integers(0, 70))
def test_two_processes_come_to_what_one_comes_to(
    small: pytest.MonkeyPatch, seen: Callable[..., Any], rows: list[Any], again: int
) -> None:
    content = lines(
        f'{number},"{text.replace(chr(34), chr(34) * 2)}",{words}' for number, text, words in rows + rows[:again]
    )
    found = []
    for possible in (True, False):
        small.setattr(ahead, "possible", lambda possible=possible: possible)
        kit, done, bad = seen(content)
        views = [(row.id, row.text, row.breaches) for row in kit.branch.rows("plain.sight")]
        assert verify(kit.branch.ledger.directory, full=True).findings == []
        found.append((done.exit, {**done.json(), "rejects": ""}, bad, told(kit), sorted(views)))
    assert found[0] == found[1]


def test_nothing_that_was_foreseen_is_judged_again(small: pytest.MonkeyPatch, seen: Callable[..., Any]) -> None:
    """Without this the test above could compare a thing with itself."""
    judge = Bulk.act_all

    def first(tx: Bulk, acts: Any) -> None:
        judge(tx, acts)
        if acts[-1].key.endswith(":5"):
            alone(small)

    small.setattr(Bulk, "act_all", first)
    kit, done, _bad = seen(lines(f"{n},{'odd' if n % 7 == 0 else n}," for n in range(100)))
    assert (done.exit, done.json()["stored"]) == (0, 100)
    assert sum(row.breaches for row in kit.branch.rows("plain.sight")) == 15
    events = list(kit.branch.ledger.read(types="plain.seen"))
    assert all(event.meta["breaches"][0]["facts"]["at"][:19] == event.recorded_at[:19] for event in events[::7])


def test_a_block_that_is_stored_already_is_passed_over(small: pytest.MonkeyPatch, seen: Callable[..., Any]) -> None:
    content = lines(f"{n},a," for n in range(50))
    kit, _done, _bad = seen(content)
    small.setattr(preparing.Block, "rows", lambda block: pytest.fail("made anew") if block.foreseen else block._ready)
    _kit, done, _bad = seen(content, kit)
    assert (done.json()["stored"], done.json()["duplicates"]) == (0, 50)


def test_what_the_house_decides_meanwhile_binds_the_rows_that_follow(
    small: pytest.MonkeyPatch, seen: Callable[..., Any], make_kit: Callable[..., Any], plain: ModuleType
) -> None:
    """The setting is changed while the lock is free; what was foreseen by the old one is judged anew."""
    kit = make_kit(given=[("plain", plain)], bundled=False)
    series, under = [], importing.Importer._under_one_lock

    def changed(importer: Any, *told: Any) -> Any:
        series.append(1)
        if len(series) == 2:
            done = kit.run("policy", "set", "outlet.hotline", "12345", "--reason", "a new line")
            assert done.exit == 0, done.err
        return under(importer, *told)

    small.setattr(importing.Importer, "_under_one_lock", changed)
    _kit, done, _bad = seen(lines(f"{n},12345," for n in range(90)), kit)
    assert done.json()["stored"] == 90
    first = 6 + 10 + 10
    events = list(kit.branch.ledger.read(types="plain.seen"))
    assert ["breaches" in event.meta for event in events] == [False] * first + [True] * (90 - first)
    assert len({event.meta.get("policy", 0) for event in events[:first]}) == 1
    assert {event.meta["policy"] for event in events[first:]}.isdisjoint(
        event.meta.get("policy", 0) for event in events[:first]
    )


def test_what_was_foreseen_for_another_instant_is_judged_anew(
    small: pytest.MonkeyPatch, seen: Callable[..., Any], make_kit: Callable[..., Any], plain: ModuleType
) -> None:
    """A signer named in a row ends a series early, when batches for its instant are on their way."""
    kit = make_kit(given=[("plain", plain)], bundled=False)
    kit.pins("li")
    under = importing.Importer._under_one_lock

    def later(importer: Any, *told: Any) -> Any:
        kit.clock.tick(minutes=1)
        return under(importer, *told)

    small.setattr(importing.Importer, "_under_one_lock", later)
    rows = "".join(f"{n},odd,,{'li' if n == 8 else ''}\n" for n in range(120))
    _kit, done, _bad = seen("number,text,words,by\n" + rows, kit)
    assert (done.exit, done.json()["stored"]) == (0, 120), done.err
    events = list(kit.branch.ledger.read(types="plain.seen"))
    assert [event.data["number"] for event in events] == [str(n) for n in range(120)]
    assert all(event.meta["breaches"][0]["facts"]["at"][:19] == event.recorded_at[:19] for event in events)


def test_rows_that_need_the_store_keep_to_one_process(small: pytest.MonkeyPatch, bring: Callable[..., Any]) -> None:
    """The rules of the notes ask a view."""
    small.setattr(ahead, "Ahead", lambda *_told: pytest.fail("sent ahead"))
    assert bring("number,text\n" + "".join(f"{n},{n}\n" for n in range(90)))[1]["stored"] == 90


def test_rows_named_by_how_often_they_come_keep_to_one_process(
    small: pytest.MonkeyPatch, seen: Callable[..., Any]
) -> None:
    small.setattr(ahead, "Ahead", lambda *_told: pytest.fail("sent ahead"))
    kit, done, _bad = seen("text\n" + "a\n" * 60)
    assert done.json()["stored"] == 60
    assert len({event.stream for event in kit.branch.ledger.read(types="plain.seen")}) == 60


def test_no_process_to_be_had_is_no_error(small: pytest.MonkeyPatch, seen: Callable[..., Any]) -> None:
    def none() -> int:
        raise BlockingIOError

    before = len(os.listdir("/proc/self/fd")) if sys.platform == "linux" else 0
    small.setattr(os, "fork", none)
    kit, done, _bad = seen(lines(f"{n},a," for n in range(60)))
    assert (done.exit, done.json()["stored"]) == (0, 60)
    kit.close()
    if before:
        assert len(os.listdir("/proc/self/fd")) <= before


def test_an_end_of_the_other_process_ends_the_import_with_the_truth(
    small: pytest.MonkeyPatch, seen: Callable[..., Any]
) -> None:
    made = ahead.Ahead.__init__

    def doomed(one: Any, *told: Any) -> None:
        made(one, *told)
        os.kill(one._child, signal.SIGKILL)

    content = lines(f"{n},a," for n in range(500))
    with small.context() as patched:
        patched.setattr(ahead.Ahead, "__init__", doomed)
        kit, done, _bad = seen(content)
    assert done.exit == 70
    assert "has ended" in done.err
    stored = len(told(kit))
    assert stored < 500
    assert done.error["message"]
    _kit, done, _bad = seen(content, kit)
    assert (done.json()["stored"], done.json()["duplicates"]) == (500 - stored, stored)
    assert verify(kit.branch.ledger.directory, full=True).findings == []


def test_what_goes_wrong_in_reading_is_told_after_the_rows_before_it_are_stored(
    small: pytest.MonkeyPatch, seen: Callable[..., Any]
) -> None:
    packed = gzip.compress(lines(f"{n},{n * 7919 % 1000}," for n in range(30_000)).encode())
    small.setattr(preparing, "ROWS", 1024)
    kit, done, _bad = seen(packed[: len(packed) // 2], name="in.csv.gz")
    assert done.exit == 2
    assert "The archive in.csv.gz is damaged" in done.err
    assert len(told(kit)) > 5000


def test_a_fault_of_the_plugin_is_told_with_its_line(small: pytest.MonkeyPatch, seen: Callable[..., Any]) -> None:
    kit, done, _bad = seen(lines(f"{n},{'crash' if n == 57 else 'a'}," for n in range(90)))
    assert done.exit == 12
    assert "line 59" in done.err
    assert len(told(kit)) == 56


def test_an_error_keeps_its_words_its_hint_and_its_rule_on_the_way_over() -> None:
    import pickle

    error = pickle.loads(pickle.dumps(BranchOpsError("no", "do this", rule="a.b", line=3)))
    assert error.as_dict() == BranchOpsError("no", "do this", rule="a.b", line=3).as_dict()


KILLED = """
import sys, time
from branchops.core.exchange import ahead, importing
importing.Importer._report = lambda *told: (print("stored", flush=True), time.sleep(60))
from branchops.cli import main
sys.argv[1:] = ["--store", {store!r}, "--as", {actor!r}, "import", "cfpb", {file!r}]
main()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_killed_import_leaves_no_process_and_no_lock_behind(make_kit: Callable[..., Any], tmp_path: Path) -> None:
    pytest.importorskip("branchops_cfpb")
    kit = make_kit()
    file = tmp_path / "in.csv"
    rows = (f"Fees,1/2/2024,,{n}" for n in range(3000))
    file.write_text("\n".join(["Product,Date received,Issue,Complaint ID", *rows, ""]))
    script = textwrap.dedent(KILLED).format(store=str(kit.store), actor="li", file=str(file))
    running = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert running.stdout.readline() == "stored\n"
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()
    assert len(children) == 1
    running.kill()
    running.communicate(timeout=30)
    for _turn in range(200):
        if not Path(f"/proc/{children[0]}").exists() or "Z" in Path(f"/proc/{children[0]}/stat").read_text().split()[2]:
            break
        time.sleep(0.05)
    else:
        pytest.fail("the other process lives on")
    with Branch.open(kit.store) as branch, branch.ledger.write(branch.clock, timeout=1.0) as writer:
        assert writer.size() >= 256

"""Two people, through every door: commands, batch, a third party's append, the head, one human with two ids."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from branchops.api import NotEntitled, Rejected
from branchops.plugins.counter.events.custody import OPEN, BagOpened, BagSealed, VanMet
from branchops.plugins.counter.events.ids import IdPurged, UserIdSeen
from branchops.plugins.counter.events.seat import FinalCounted, SeatLeft

THIRD = '''
from typing import Annotated
import typer
from branchops.api import Entry, Event, Group, Plugin, event_types, hookimpl, session, tell

app = typer.Typer()

@app.command()
def sneak(by: Annotated[list[str], typer.Option()]) -> None:
    """Append an entry of the counter's behind its back.

    Example: branchops sneaky sneak --by li
    """
    from branchops.plugins.counter.events.custody import BagSealed
    run = session()
    day = run.clock.now().astimezone(run.tz).date()
    fact = BagSealed(bag="B1", seal="1", day=day, amount="1", by=tuple(by))
    outcome = run.branch.record(Entry(fact, "bag-B1"), actor=run.actor, secrets=run.secrets)
    tell(run, outcome)

@hookimpl
def branchops_plugin():
    return Plugin(name="sneaky", api_version=1, en="Sneaky", zh="后门")

@hookimpl
def branchops_commands():
    return (Group(name="sneaky", app=__name__ + ":app", help="back doors"),)
'''


@pytest.fixture
def signed(kit: Any) -> Any:
    """A branch whose people all have their real PINs."""
    kit.pins()
    return kit


@pytest.fixture
def twins(signed: Any) -> Any:
    """Li also has the id 0456; their secrets file knows both."""
    signed.ok("staff", "add", "0456", "--name", "Li Na", "--person", "li", "--role", "general-teller")
    return signed


FACTS: list[Any] = [
    (lambda d: BagSealed(bag="B1", seal="1", day=d, amount="1", by=("li", "0456")), "bag-B1"),
    (lambda d: BagOpened(bag="B1", seal="1", day=d, by=("0456", "li")), "bag-B1"),
    (lambda d: VanMet(day=d, turn="am", by=("li", "0456")), f"van-{'2026-11-23'}"),
    (lambda d: SeatLeft(teller="li", day=d, count="1", witness="0456", witness_count="1"), "AW-2026-0001"),
    (lambda d: FinalCounted(teller="li", day=d, count="1", general="0456"), "till-li-2026-11-23"),
    (lambda d: IdPurged(system="savings", user="u1", day=d, requester="li", reviewer="0456"), "ids-savings"),
]


@pytest.mark.parametrize(("make", "stream"), FACTS)
def test_one_human_with_two_ids_signs_nothing_twice(twins: Any, make: Any, stream: str) -> None:
    """Whatever the entry, the person is one; the head's acting changes nothing."""
    twins.record(UserIdSeen(system="savings", user="u1", as_of=twins.clock.today), "ids-savings")
    before = len(twins.events())
    for actor in ("chen", "li", "system"):
        with pytest.raises(Rejected, match="same person"):
            twins.record(make(twins.clock.today), stream, actor=actor)
    assert len(twins.events()) == before


def test_without_the_second_pin_nothing_is_signed(kit: Any) -> None:
    """Naming somebody is not that somebody's signature: Wang's PIN is wrong or missing."""
    kit.pins("li", "wang")
    fact = BagSealed(bag="B1", seal="1", day=kit.clock.today, amount="1", by=("li", "wang"))
    from branchops.core.people.secrets import SecretsFile

    for pins in ({"li": "li-2907"}, {"li": "li-2907", "wang": "wrong-one"}):
        with pytest.raises(NotEntitled):
            kit.record(fact, "bag-B1", secrets=SecretsFile(kit.secrets_file(pins, f"{len(pins)}.toml")))
    assert kit.row("counter.bag", "bag-B1") is None


def test_a_third_party_plugin_meets_the_same_rules(signed: Any, plugin_of: Any) -> None:
    """Its own command appending our event is judged like ours: one person is refused, two must sign."""
    module: ModuleType = plugin_of(THIRD)
    signed.give(module, "sneaky")
    assert signed.fails("sneaky", "sneak", "--by", "li", exit=4)["rule"] == "counter.cash-bag-dual-seal-evening"
    assert signed.fails("sneaky", "sneak", "--by", "li", "--by", "guard", exit=4)["code"] == "rejected"
    signed.ok("sneaky", "sneak", "--by", "li", "--by", "wang")
    (event,) = signed.events("counter.bag-sealed")
    assert [one.person for one in event.meta.signatures] == ["li", "wang"]


def test_a_batch_meets_the_same_rules(twins: Any) -> None:
    """Lines of a batch are commands; the one that names one human twice fails by the rule's name."""
    lines = [
        {"argv": ["counter", "bag", "open", "B7", "--seal", "1", "--by", "li,0456"]},
        {"argv": ["counter", "bag", "open", "B7", "--seal", "1", "--by", "li,wang"]},
    ]
    file: Path = twins.root / "batch.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    done = twins.run("batch", file, "--continue")
    assert done.exit != 0
    assert OPEN in done.out + done.err
    assert [event.data.by for event in twins.events("counter.bag-opened")] == [("li", "wang")]


def test_the_head_is_nobody_special(signed: Any) -> None:
    """The head alone is one person."""
    alone = ("counter", "bag", "open", "B7", "--seal", "1", "--by", "chen")
    assert signed.fails(*alone, exit=4)["rule"] == OPEN
    assert signed.fails("counter", "van", "arrive", "--am", "--by", "chen,chen", exit=4)["code"] == "rejected"


def test_a_retry_with_the_same_key_stores_nothing_twice(signed: Any) -> None:
    """The same leave again is answered with what the first try stored; other figures under the key are a conflict."""
    signed.ok("counter", "balance", "zhao", "--interim", "--book", "5")
    leave = ("counter", "leave", "zhao", "--witness", "sun", "--count", "5", "--key", "k1", "--witness-count")
    first = signed.ok(*leave, "4")
    signed.clock.tick(minutes=1)
    again = signed.ok(*leave, "4")
    assert (again["event"], again["replayed"]) == (first["event"], True)
    assert (len(signed.events("counter.seat-left")), len(signed.rows("counter.diff"))) == (1, 1)
    assert signed.fails(*leave, "5", exit=6)["code"] == "conflict"


def test_a_dry_run_judges_and_stores_nothing(signed: Any) -> None:
    """What would be a breach is told, and the ledger stays as it is."""
    before = len(signed.events())
    done = signed.ok(
        "counter", "bag", "open", "B7", "--seal", "1", "--by", "li", "--single", "--reason", "x", "--dry-run"
    )
    assert [one["rule"] for one in done["verdicts"] if one["outcome"] == "breach"] == [OPEN]
    assert len(signed.events()) == before

"""No sequence of operations nets a difference, leaves two custodians, or lets one person sign twice."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from branchops.api import BranchOpsError, New
from branchops.plugins.counter.events import custody, differences, registers
from branchops.plugins.counter.rules.decide import as_told

PEOPLE = ("chen", "li", "wang", "zhao", "sun", "qian", "0456")
WHO = st.sampled_from(PEOPLE)
SHORT = settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def tried(kit: Any, fact: Any, stream: Any, how: Any = None) -> bool:
    """Whether an entry was accepted."""
    try:
        if how is None:
            kit.record(fact, stream)
        else:
            kit.act(how, fact, stream, opens=isinstance(stream, str))
    except BranchOpsError:
        return False
    return True


STEP = st.tuples(
    st.sampled_from(["open", "resolve", "suspend", "dispose", "claim"]),
    st.integers(1, 4),
    st.integers(-3, 3),
    st.sampled_from(["", "", "D-2026-0001", "D-2026-0002"]),
    st.one_of(st.none(), st.integers(-3, 3)),
    WHO,
)


@SHORT
@given(st.lists(STEP, max_size=14))
def test_no_sequence_nets_or_splits_a_difference(cheap: Any, steps: list[Any]) -> None:
    """Whatever is tried, every difference that was opened is still there, whole, with the amount it was opened with."""
    opened: dict[str, Decimal] = {row.id: row.amount for row in cheap.rows("counter.diff")}
    for what, number, amount, offset, part, who in steps:
        cheap.clock.tick(seconds=1)
        one = Decimal(part) if part is not None else None
        stream = f"D-{cheap.clock.today.year}-{number:04d}"
        common = {"offset": offset, "part": one}
        if what == "open":
            fact: Any = differences.DifferenceOpened(
                place="till", unit=who, teller=who, amount=Decimal(amount), day=cheap.clock.today
            )
            if tried(cheap, fact, New("D")):
                last = cheap.rows("counter.diff", order="id DESC", limit=1)[0]
                assert last.amount == amount != 0
                opened[last.id] = last.amount
            continue
        if what == "resolve":
            fact = differences.DifferenceResolved(disposition="booking-corrected", by=who, **common)
        elif what == "suspend":
            fact = differences.DifferenceSuspended(account="****1", approver="chen", requested_by=who, **common)
        elif what == "dispose":
            fact = differences.DifferenceDisposed(disposition="customer-card", approver="chen", by=who, **common)
        else:
            fact = differences.ClaimLinked(claim=offset or "x")
        done = tried(cheap, fact, stream, as_told)
        assert not (done and what != "claim" and (offset or (one is not None and one != opened[stream])))
    rows = {row.id: row for row in cheap.rows("counter.diff")}
    assert {name: row.amount for name, row in rows.items()} == opened
    for row in rows.values():
        assert row.open == (row.status in ("open", "suspended"))
        assert row.suspended is None or row.teller != "chen"


HAND = st.tuples(st.sampled_from(["set", "over"]), WHO, WHO, st.integers(-120, 60))


def instants(spans: tuple[Any, ...]) -> Iterator[bool]:
    """Whether each span ends exactly where the next begins, and only the last one is open."""
    for before, after in pairwise(spans):
        yield before.end == after.start and before.start <= before.end
    yield not spans or spans[-1].end is None


@SHORT
@given(st.lists(HAND, max_size=12))
def test_no_sequence_leaves_two_custodians_or_none(cheap: Any, steps: list[Any]) -> None:
    """Statements and a stamp, handed about with any claimed times: one holder at every instant since the first."""
    for what, giver, taker, minutes in steps:
        cheap.clock.tick(minutes=1)
        from datetime import timedelta

        at = cheap.clock.now() + timedelta(minutes=minutes)
        if what == "set":
            facts: list[Any] = [
                (registers.CustodianSet(custodian=taker, head="chen"), "statements"),
                (custody.StampAssigned(stamp="S1", holder=taker), "stamp-S1"),
            ]
        else:
            facts = [
                (registers.CustodyHandedOver(giver=giver, taker=taker), "statements"),
                (custody.StampHandedOver(stamp="S1", giver=giver, taker=taker), "stamp-S1"),
            ]
        for fact, stream in facts:
            try:
                cheap.record(fact, stream, at=at)
            except BranchOpsError:
                continue
    for row, holder in (
        (cheap.row("counter.custody", "statements"), "custodian"),
        (cheap.row("counter.stamp", "stamp-S1"), "holder"),
    ):
        if row is not None:
            assert all(instants(row.spans))
            assert row.spans[-1].holder == getattr(row, holder)


@SHORT
@given(st.lists(st.tuples(st.sampled_from(["seal", "open", "van"]), WHO, WHO, st.integers(1, 5)), max_size=12))
def test_no_sequence_lets_one_person_sign_twice(cheap: Any, steps: list[Any]) -> None:
    """Every stored entry carries signatures of as many persons as it names, and no seal number occurs twice."""
    day = cheap.clock.today
    for what, one, two, number in steps:
        cheap.clock.tick(seconds=1)
        facts: dict[str, Any] = {
            "seal": (
                custody.BagSealed(bag="B1", seal=str(number), day=day, amount=Decimal(1), by=(one, two)),
                "bag-B1",
            ),
            "open": (custody.BagOpened(bag="B1", seal=str(number), day=day, by=(one, two)), "bag-B1"),
            "van": (custody.VanMet(day=day, turn="am", by=(one, two)), f"van-{day}"),
        }
        tried(cheap, *facts[what])
    seals = [event.data.seal for event in cheap.events("counter.bag-sealed")]
    assert len(seals) == len(set(seals))
    for event in cheap.events():
        if event.type.startswith("counter."):
            persons = [one.person for one in event.meta.signatures]
            assert len(persons) == len(set(persons)) == 2

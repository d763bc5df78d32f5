"""The fund: never below zero, whatever is tried in whatever order."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branchops.core.entry import New
from branchops.core.errors import BranchOpsError
from branchops.core.own.events import Voided
from branchops.plugins.hygiene.events.fund import FundReceived, FundRefunded, FundSpent
from branchops.plugins.hygiene.events.violations import (
    AppealDecided,
    ViolationAdded,
    ViolationAppealed,
    ViolationConfirmed,
)

RULE = "hygiene.penalties-fund-activities"


def paid_in(kit: Any, count: int) -> None:
    """So many confirmed cigarettes of sun, paid."""
    for _ in range(count):
        stream = kit.record(ViolationAdded(kind="smoking", offender="staff", who="sun", person="sun"), New("V")).stream
        kit.record(ViolationConfirmed(by="li"), stream, actor="li")
        kit.record(FundReceived(violation=stream, amount=Decimal(10), person="sun", received_by="li"), "fund")


def try_one(kit: Any, step: tuple[str, int]) -> None:
    """One attempt; a rejection is as good as a success here."""
    what, number = step
    violation = f"V-2026-{number % 4 + 1:04d}"
    amount = Decimal(number)
    try:
        if what == "pay":
            kit.record(FundReceived(violation=violation, amount=amount, person="sun", received_by="li"), "fund")
        elif what == "spend":
            kit.record(FundSpent(amount=amount, activity="a", purpose="outing", payer="li", approver="chen"), "fund")
        elif what == "refund":
            kit.record(
                FundRefunded(violation=violation, amount=amount, person="sun", payer="li", approver="chen"), "fund"
            )
        elif what == "appeal":
            kit.record(ViolationAppealed(by="sun", reason="no"), violation, actor="sun")
            kit.record(AppealDecided(by="li", granted=number % 2 == 0), violation, actor="li")
        else:
            events = [e for e in kit.events() if e.type.startswith(("hygiene.fund-", "hygiene.violation-added"))]
            event = events[number % len(events)]
            void = Voided(
                target=event.id, target_pos=event.pos, target_type=event.type, target_actor=event.actor, reason="r"
            )
            kit.record(void, event.stream)
    except BranchOpsError:
        return


steps = st.lists(
    st.tuples(st.sampled_from(["pay", "spend", "spend", "refund", "appeal", "void"]), st.integers(1, 30)), max_size=8
)


@pytest.mark.rule(RULE)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(attempts=steps)
def test_no_order_of_attempts_overdraws_the_fund(make_kit: Any, attempts: list[tuple[str, int]]) -> None:
    """After every attempt every balance is zero or more, and the cash is the sum of the lines."""
    from branchops.core.people.events import RoleGiven

    kit = make_kit()
    kit.record(RoleGiven(staff="li", role="admin-dept", start=kit.clock.today), "staff-li", actor="system")
    kit.pins("li", "chen")
    paid_in(kit, 3)
    for step in attempts:
        try_one(kit, step)
        balance = Decimal(0)
        for line in kit.rows("hygiene.fund-line", order="key"):
            balance += line.amount
            assert balance >= 0
        purse = kit.row("hygiene.purse", "fund")
        assert (purse.balance if purse else Decimal(0)) == balance
    kit.close()


@pytest.mark.rule(RULE)
def test_income_is_a_confirmed_penalty_and_no_more_than_it(hygiene: Any) -> None:
    """Nothing else comes in: not before confirmation, not twice, not for a reminder, not for somebody else's."""
    hygiene.ok("hygiene", "violation", "add", "--kind", "smoking", "--who", "sun")
    assert hygiene.fails("hygiene", "fund", "in", "1", "--amount", "10", exit=4)["rule"] == RULE
    hygiene.ok("hygiene", "violation", "confirm", "1", "--by", "li", as_="li")
    assert hygiene.fails("hygiene", "fund", "in", "1", "--amount", "10.005", exit=4)["rule"] == RULE
    assert hygiene.fails("hygiene", "fund", "in", "1", "--amount", "-5", exit=4)["rule"] == RULE
    hygiene.ok("hygiene", "fund", "in", "1", "--amount", "4")
    assert hygiene.fails("hygiene", "fund", "in", "1", "--amount", "7", exit=4)["message"] == (
        "V-2026-0001 has 6.00 open (confirmed), not 7.00."
    )
    hygiene.ok("hygiene", "fund", "in", "1")
    assert hygiene.fails("hygiene", "fund", "in", "1", exit=2)
    hygiene.ok("hygiene", "violation", "add", "--kind", "desk", "--who", "sun")
    hygiene.ok("hygiene", "violation", "confirm", "2", "--by", "li", as_="li")
    assert hygiene.fails("hygiene", "fund", "in", "2", "--amount", "10", exit=4)["rule"] == RULE


@pytest.mark.rule(RULE)
def test_what_is_to_be_given_back_cannot_be_spent(hygiene: Any) -> None:
    """After an appeal won the money waits for its owner: spending it is rejected, more than it cannot go back."""
    paid_in(hygiene, 2)
    event = hygiene.events("hygiene.violation-added")[0]
    shown = hygiene.run("void", str(event.pos), "--reason", "not sun", "--format", "plain").out
    assert "Give back CNY 10.00 paid for V-2026-0001" in shown
    spend = ["hygiene", "fund", "out", "--activity", "tea", "--payer", "li", "--approver", "chen", "--amount"]
    assert hygiene.fails(*spend, "11", exit=4)["message"] == (
        "The fund has 20.00, of which 10.00 is to be given back; 11.00 cannot be spent."
    )
    hygiene.ok(*spend, "10")
    refund = ["hygiene", "fund", "refund", "1", "--payer", "li", "--approver", "chen"]
    assert hygiene.fails(*refund, "--amount", "10.01", exit=4)["rule"] == RULE
    hygiene.ok(*refund)
    assert hygiene.ok("hygiene", "fund", "balance")["balance"] == "0.00"
    line = hygiene.events("hygiene.fund-received")[1]
    error = hygiene.fails("void", str(line.pos), "--reason", "typo", exit=4)
    assert error["rule"] == RULE


@pytest.mark.rule(RULE)
def test_the_statement_carries_the_balance_from_month_to_month(hygiene: Any) -> None:
    """Each line has its balance; a later period begins with what the earlier one ended with."""
    paid_in(hygiene, 2)
    hygiene.clock.set("2026-12-02 10:00")
    hygiene.ok("hygiene", "fund", "out", "--amount", "15", "--activity", "hike", "--payer", "li", "--approver", "chen")
    rows = hygiene.ok("hygiene", "fund", "statement", "--period", "2026-12")
    assert [(row["what"], row["out"], row["balance"]) for row in rows] == [
        ("Brought forward", None, "20.00"), ("activity", "15.00", "5.00"), ("Carried forward", None, "5.00"),
    ]  # fmt: skip
    assert "No entries." in hygiene.run("hygiene", "fund", "statement", "--period", "2026-10", "--format", "plain").out


@pytest.mark.rule(RULE)
def test_writers_at_the_same_time_spend_no_more_than_there_is(hygiene: Any) -> None:
    """Six branches on one store each want ten of thirty: three get it, and nothing is left."""
    from concurrent.futures import ThreadPoolExecutor

    from branchops.core.branch import Branch
    from branchops.core.entry import Entry

    paid_in(hygiene, 3)
    secrets = hygiene.secrets
    hygiene.close()

    def spend(number: int) -> bool:
        event = FundSpent(amount=Decimal(10), activity=f"tea {number}", purpose="meal", payer="li", approver="chen")
        with Branch.open(hygiene.store, hygiene.clock, hygiene.loader()) as branch:
            try:
                branch.record(Entry(event, "fund"), actor="chen", secrets=secrets)
            except BranchOpsError:
                return False
            return True

    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(spend, range(6)))
    assert sorted(done) == [False] * 3 + [True] * 3
    assert hygiene.row("hygiene.purse", "fund").balance == 0

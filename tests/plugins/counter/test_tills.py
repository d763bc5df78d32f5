"""Large cash and the final count."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

SAFE = "counter.large-cash-to-safe"
FINAL = "counter.eod-count-with-general-teller"


def owed(kit: Any, rule: str) -> list[tuple[str, str]]:
    from branchops.api import status

    return [(d.subject, status(d, kit.clock.now())) for d in kit.duties(everything=True) if d.rule == rule]


@pytest.mark.rule("counter.large-cash-to-safe")
def test_small_receipts_that_add_up_are_owed_to_the_safe(signed: Any) -> None:
    """Twice thirty thousand makes sixty: owed within a quarter of an hour, met by locking enough of it away."""
    till = "till-zhao-2026-11-23#1"
    signed.ok("counter", "cash", "zhao", "--amount", "30000", at="09:00")
    assert owed(signed, SAFE) == []
    signed.ok("counter", "cash", "zhao", "--amount", "30000", at="09:10")
    assert owed(signed, SAFE) == [(till, "open")]
    signed.clock.set("2026-11-23 09:26")
    assert owed(signed, SAFE) == [(till, "overdue")]
    signed.ok("counter", "vault-in", "zhao", "--amount", "20000")
    assert owed(signed, SAFE) == [(till, "late")]


def test_each_currency_has_its_own_threshold_and_the_duty_keeps_it(signed: Any) -> None:
    """Ten thousand dollars are large, ten thousand yuan are not; a later threshold changes nothing in what is owed."""
    signed.ok("counter", "cash", "zhao", "--amount", "10000", at="09:00")
    signed.ok("counter", "cash", "sun", "--amount", "10000", "--currency", "USD")
    (duty,) = [d for d in signed.duties() if d.rule == SAFE]
    assert (duty.subject, duty.args) == (
        "till-sun-2026-11-23#1",
        {"amount": "10000", "currency": "USD", "large": "10000"},
    )
    signed.ok("policy", "set", "counter.cash.large", "USD=90000", "--reason", "market days", at="09:05")
    assert [d.args["large"] for d in signed.duties() if d.rule == SAFE] == ["10000"]
    signed.ok("counter", "vault-in", "sun", "--amount", "10000", "--currency", "USD", at="09:12")
    (line,) = signed.ok("report", "time-to-safe", "--period", "2026-11")
    assert {key: line[key] for key in ("currency", "n", "still", "p50", "longest")} == {
        "currency": "USD", "n": 1, "still": 0, "p50": 12, "longest": 12,
    }  # fmt: skip


@pytest.mark.rule("counter.eod-count-with-general-teller")
def test_the_final_count_follows_the_formal_balance(signed: Any, broken: Any) -> None:
    """Balance, then count with the general teller: met. A later receipt asks for another count."""
    signed.ok("counter", "balance", "zhao", "--final", "--book", "80000", at="16:30")
    assert owed(signed, FINAL) == [("till-zhao-2026-11-23", "open")]
    done = signed.ok(
        "counter", "count", "--final", "--teller", "zhao", "--with", "qian", "--amount", "80000", at="16:40"
    )
    assert (broken(done), owed(signed, FINAL)) == ([], [("till-zhao-2026-11-23", "met")])
    signed.ok("counter", "cash", "zhao", "--amount", "5", at="16:45")
    assert owed(signed, FINAL) == [("till-zhao-2026-11-23", "open")]


def test_a_count_before_the_balance_is_a_breach_even_if_it_agrees(signed: Any, broken: Any) -> None:
    """The sequence is the rule."""
    done = signed.ok("counter", "count", "--teller", "zhao", "--with", "qian", "--amount", "80000", at="16:00")
    assert broken(done) == [FINAL]
    signed.ok("counter", "balance", "zhao", "--final", "--book", "80000", at="16:30")
    assert owed(signed, FINAL) == [("till-zhao-2026-11-23", "open")]


def test_only_a_general_teller_counts_along(signed: Any, broken: Any) -> None:
    """A teller may not; a delegate may; a general teller's own till is the head's; alone is a breach."""
    signed.ok("counter", "balance", "zhao", "--final", "--book", "80000", at="16:30")
    count = ("counter", "count", "--teller", "zhao", "--amount", "80000")
    assert signed.fails(*count, "--with", "sun", exit=5)["rule"] == FINAL
    assert signed.fails(*count, exit=4)["rule"] == FINAL
    assert broken(signed.ok(*count, "--single", "--reason", "qian on leave")) == [FINAL]
    assert owed(signed, FINAL) == [("till-zhao-2026-11-23", "open")]
    day = ("--from", "2026-11-23", "--until", "2026-11-23")
    signed.ok("staff", "delegate", "qian", "sun", "--role", "general-teller", *day, as_="qian")
    assert broken(signed.ok(*count, "--with", "sun")) == []
    signed.ok("counter", "balance", "qian", "--final", "--book", "9")
    assert broken(signed.ok("counter", "count", "--teller", "qian", "--with", "chen", "--amount", "9")) == []


def test_a_wrong_final_count_and_a_wrong_balance_open_differences(signed: Any) -> None:
    """Cash that is not what the book says is a difference, whoever finds it."""
    signed.ok("counter", "balance", "zhao", "--final", "--book", "80000", "--cash", "80010", at="16:30")
    signed.ok("counter", "count", "--teller", "zhao", "--with", "qian", "--amount", "80005.50")
    assert [str(row.amount) for row in signed.rows("counter.diff")] == ["10", "-4.50"]


@given(st.lists(st.tuples(st.integers(-60_000, 90_000).filter(bool), st.integers(0, 30)), max_size=12))
def test_crossings_are_exactly_the_times_above_the_threshold(moves: list[tuple[int, int]]) -> None:
    """Against a minute-by-minute oracle: a crossing is a maximal stretch at or above the threshold."""
    from datetime import UTC, datetime, timedelta
    from decimal import Decimal

    from branchops.plugins.counter.duties.cash import crossings
    from branchops.plugins.counter.views.seat import Move

    at, made = datetime(2026, 11, 23, tzinfo=UTC), []
    for amount, gap in moves:
        at += timedelta(minutes=gap + 1)
        made.append(Move(at, at, Decimal(amount), "CNY"))
    total, above, stretches = 0, False, []
    for move in made:
        total += int(move.amount)
        if total >= 50_000 and not above:
            stretches.append([move.at, None])
        elif total < 50_000 and above:
            stretches[-1][1] = move.at
        above = total >= 50_000
    found = [[first.at, back.at if back else None] for _c, first, _a, back in crossings(tuple(made), {"CNY": "50000"})]
    assert found == stretches


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("counter.cash.large", "CNY=much"),
        ("counter.cash.large", "yuan=5"),
        ("counter.cash.large", "CNY=-1"),
        ("counter.assess.weights", "discipline=NaN"),
        ("counter.van.turns", "am,noon"),
    ],
)
def test_a_setting_that_could_not_be_judged_by_is_refused(signed: Any, key: str, value: str) -> None:
    """What is owed never fails on a setting; the slip is told when it is made."""
    assert signed.fails("policy", "set", key, value, "--reason", "slip", exit=4)["code"] == "rejected"
    assert [d for d in signed.duties() if d.rule.startswith("counter.van")]


@pytest.mark.parametrize("amount", ["1e99", "1E5", "0.00001", "1234567890123456"])
def test_money_is_written_as_money(signed: Any, amount: str) -> None:
    """No exponents, no fractions of nothing, no sums that no till holds."""
    error = signed.fails("counter", "diff", "open", "--atm", "A1", "--amount", amount, exit=4)
    assert error["message"].endswith("is not an amount of money.")
    assert signed.rows("counter.diff") == []

"""Bags, the van, stamps: two people, unique seals, one pair of hands."""

from __future__ import annotations

from typing import Any

import pytest

SEAL = "counter.cash-bag-dual-seal-evening"
ENTRY, EXIT = "counter.van-two-person-entry", "counter.van-two-person-exit"
STOWED = "counter.long-absence-stamps-stowed"


def seal(kit: Any, number: str, *more: str) -> Any:
    return kit.ok("counter", "bag", "seal", "B7", "--seal", number, "--amount", "100", "--by", "li,wang", *more)


@pytest.mark.rule("counter.cash-bag-dual-seal-evening")
def test_a_seal_number_is_used_once_and_a_bag_left_open_is_owed(signed: Any) -> None:
    """A used number is refused for any bag; a bag opened in the morning is owed a seal until the evening."""
    seal(signed, "88123")
    again = ("counter", "bag", "seal", "B8", "--seal", "88123", "--amount", "1", "--by", "li,wang")
    assert signed.fails(*again, exit=4)["rule"] == SEAL
    signed.ok("counter", "bag", "open", "B7", "--seal", "88123", "--by", "li,wang")
    assert [(d.subject, d.critical) for d in signed.duties() if d.rule == SEAL] == [("bag-B7", True)]
    seal(signed, "88124")
    assert [d for d in signed.duties() if d.rule == SEAL] == []


def test_a_mistyped_seal_is_voided_and_recorded_anew(signed: Any) -> None:
    """After the void the bag and the number are as they were, and both sign again."""
    wrong = seal(signed, "88321")
    signed.ok("void", wrong["event"], "--reason", "mistyped")
    assert signed.row("counter.bag", "bag-B7") is None
    seal(signed, "88123")
    assert signed.row("counter.bag", "bag-B7").seal == "88123"
    signed.ok("counter", "bag", "seal", "B8", "--seal", "88321", "--amount", "1", "--by", "li,wang")


def test_a_bag_sealed_before_the_final_count_is_a_breach(signed: Any, broken: Any) -> None:
    """The count comes first."""
    signed.ok("counter", "balance", "zhao", "--final", "--book", "5", at="16:30")
    assert broken(seal(signed, "1")) == [SEAL]


def test_sealing_alone_needs_the_truth(signed: Any, broken: Any) -> None:
    """One name is refused; one name and why is a breach; two names and a reason is nonsense."""
    one = ("counter", "bag", "seal", "B7", "--seal", "1", "--amount", "1", "--by", "li")
    assert signed.fails(*one, exit=4)["rule"] == SEAL
    assert signed.fails(*one, "--with", "wang", "--single", "--reason", "x", exit=4)["rule"] == SEAL
    assert signed.fails(*one, "--single", exit=2)["message"] == "--single needs a reason."
    assert broken(signed.ok(*one, "--single", "--reason", "wang ill")) == [SEAL]


@pytest.mark.rule("counter.van-two-person-entry")
def test_morning_and_evening_are_owed_every_business_day(signed: Any) -> None:
    """Both turns stand on the day's list; a van that does not come is recorded; a weekend owes nothing."""
    rows = [(d.subject, d.due.strftime("%H:%M")) for d in signed.duties() if d.rule == ENTRY]
    assert rows == [("2026-11-23#am", "09:00"), ("2026-11-23#pm", "17:00")]
    assert signed.fails("counter", "van", "arrive", "--am", "--by", "li", exit=4)["rule"] == ENTRY
    signed.ok("counter", "van", "arrive", "--am", "--by", "li,wang")
    signed.ok("counter", "van", "none", "--pm", "--reason", "road closed", at="16:00")
    assert [d for d in signed.duties() if d.rule == ENTRY and d.met is None] == []
    from datetime import date

    assert [d for d in signed.duties(on=date(2026, 11, 28)) if d.rule == ENTRY] == []


@pytest.mark.rule("counter.van-two-person-exit")
def test_who_went_in_comes_out_in_pairs(signed: Any, broken: Any) -> None:
    """No exit without entry; another pair is shown; one left alone is a breach with times; no exit is owed."""
    assert signed.fails("counter", "van", "depart", "--am", "--by", "li,wang", exit=4)["rule"] == EXIT
    signed.ok("counter", "van", "arrive", "--am", "--by", "li,wang")
    assert [(d.subject, d.due.strftime("%H:%M")) for d in signed.duties() if d.rule == EXIT] == [
        ("2026-11-23#am-1", "17:00")
    ]
    assert signed.fails("counter", "van", "arrive", "--am", "--by", "li,wang", exit=4)["rule"] == ENTRY
    done = signed.ok("counter", "van", "depart", "--am", "--by", "li,zhao", at="08:45")
    assert [(v["outcome"], v["message"]) for v in done["verdicts"]] == [("warning", "In: li, wang. Out: li, zhao.")]
    assert [d.met is None for d in signed.duties() if d.rule == EXIT] == [False]
    signed.ok("counter", "van", "arrive", "--pm", "--by", "li,wang", at="16:00")
    alone = signed.ok(
        "counter", "van", "depart", "--pm", "--by", "li", "--single", "--reason", "wang was called away", at="16:20"
    )
    assert broken(alone) == [EXIT]
    assert "li went out alone at 16:20; in at 16:00: wang was called away" in [v["message"] for v in alone["verdicts"]]


def test_a_stamp_is_in_one_persons_hands(signed: Any) -> None:
    """Only the holder gives; both sign; an unknown or lost stamp goes nowhere; losing it is an incident."""
    assert signed.fails("counter", "stamp", "stow", "S1", "--by", "zhao", exit=4)["rule"] == STOWED
    signed.ok("counter", "stamp", "assign", "S1", "--to", "zhao")
    assert signed.fails("counter", "stamp", "assign", "S1", "--to", "sun", exit=4)["rule"] == STOWED
    assert signed.fails("counter", "stamp", "handover", "S1", "--from", "sun", "--to", "wang", exit=4)["rule"] == STOWED
    assert (
        signed.fails("counter", "stamp", "handover", "S1", "--from", "zhao", "--to", "zhao", exit=4)["rule"] == STOWED
    )
    signed.ok("counter", "stamp", "handover", "S1", "--from", "zhao", "--to", "sun", at="10:00")
    back = ("counter", "stamp", "handover", "S1", "--from", "sun", "--to", "zhao", "--at", "09:00")
    assert signed.fails(*back, exit=4)["rule"] == STOWED
    signed.ok("counter", "stamp", "lost", "S1", "--by", "sun")
    assert [row.what for row in signed.rows("counter.incident")] == ["stamp-lost"]
    assert signed.fails("counter", "stamp", "take", "S1", "--by", "sun", exit=4)["rule"] == STOWED

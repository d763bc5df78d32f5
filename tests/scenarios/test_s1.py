"""Scenario S1: the opening at ten past eight."""

from __future__ import annotations

from typing import Any

import pytest

OPEN = "counter.cash-bag-dual-open-morning"


@pytest.fixture
def opened(kit: Any) -> Any:
    """A branch whose bag B7 was sealed on Friday with 88123, on Monday morning; Li has an old id."""
    kit.clock.set("2026-11-20 17:10")
    kit.pins()
    kit.ok("counter", "bag", "seal", "B7", "--seal", "88123", "--amount", "150000", "--by", "li,wang")
    kit.ok("staff", "add", "0456", "--name", "Li Na", "--person", "li", "--role", "teller")
    kit.clock.set("2026-11-23 08:10")
    kit.ok("day", "open")
    return kit


def test_the_van_the_bag_and_the_list(opened: Any) -> None:
    """The van is met by two, the bag opened with its seal, plate and opinion book are ticked."""
    opened.ok("counter", "van", "arrive", "--am", "--by", "li,wang", "--boxes", "4")
    opened.ok("counter", "van", "depart", "--am", "--by", "li,wang", at="08:25")
    done = opened.ok("counter", "bag", "open", "B7", "--seal", "88123", "--by", "li", "--with", "wang")
    assert done["verdicts"] == []
    rows = opened.ok("counter", "opening", "--tick", "plate,opinion-book")
    assert {row["code"]: row["status"] for row in rows} == {
        "van-am": "ok",
        "bags": "ok",
        "statements": "ok",
        "plate": "ok",
        "opinion-book": "ok",
    }


@pytest.mark.rule("counter.cash-bag-dual-open-morning")
def test_one_human_with_two_ids_is_one_person(opened: Any) -> None:
    """Li and Li's old id are the same person, even for the head's eyes."""
    opened.pins("li")
    error = opened.fails("counter", "bag", "open", "B7", "--seal", "88123", "--by", "li", "--with", "0456", exit=4)
    assert (error["rule"], error["message"]) == (
        OPEN,
        "li and 0456 are the same person (Li Na); two people must sign.",
    )
    assert opened.row("counter.bag", "bag-B7").sealed


def test_a_strange_seal_is_a_breach_and_an_incident_and_the_bag_is_open(opened: Any) -> None:
    """The truth is stored: the bag was opened, with another number on its seal."""
    done = opened.ok("counter", "bag", "open", "B7", "--seal", "88132", "--by", "li", "--with", "wang")
    assert [(one["outcome"], one["rule"]) for one in done["verdicts"]] == [("breach", OPEN)]
    assert [entry["type"] for entry in done["also"]][:1] == ["counter.incident-raised"]
    assert not opened.row("counter.bag", "bag-B7").sealed
    (incident,) = opened.ok("counter", "incident", "list")
    assert (incident["id"], incident["about"], incident["open"]) == ("IC-2026-0001", "bag-B7", True)
    assert [duty.subject for duty in opened.duties() if duty.subject.startswith("IC-")] == ["IC-2026-0001"]
    opened.ok("counter", "incident", "clear", "IC-1", "--note", "misprinted seal, bag counted in full")
    assert [duty.subject for duty in opened.duties() if duty.subject.startswith("IC-")] == []


def test_alone_is_a_breach_that_the_head_sees(opened: Any) -> None:
    """Without a second person nothing is refused when it is said so; without saying so, it is."""
    error = opened.fails("counter", "bag", "open", "B7", "--seal", "88123", "--by", "li", exit=4)
    assert error["rule"] == OPEN
    done = opened.ok(
        "counter", "bag", "open", "B7", "--seal", "88123", "--by", "li", "--single", "--reason", "wang sick"
    )
    assert [(one["outcome"], one["rule"]) for one in done["verdicts"]] == [("breach", OPEN)]
    (line,) = opened.ok("counter", "breach", "list")
    assert (line["id"], line["who"], line["text"]) == ("bag-B7", "li", "Only li was there: wang sick")


def test_a_guard_is_not_one_of_the_two(opened: Any) -> None:
    """The escort stands by and does not count."""
    error = opened.fails("counter", "van", "arrive", "--am", "--by", "li,guard", exit=4)
    assert error["rule"] == "counter.van-two-person-entry"

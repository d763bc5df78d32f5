"""Scenario S2: a teller goes to lunch."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

DUAL = "counter.leave-seat-dual-count"


@pytest.fixture
def noon(kit: Any) -> Any:
    """A branch at noon, with an interim balance of Zhao's till that agrees."""
    kit.pins()
    kit.clock.set("2026-11-23 11:55")
    done = kit.ok("counter", "balance", "zhao", "--interim", "--book", "152400", "--cash", "152400", as_="zhao")
    assert (done["verdicts"], done.get("also", [])) == ([], [])
    kit.clock.set("2026-11-23 12:00")
    return kit


def leave(kit: Any, *more: str, second: str = "152400") -> Any:
    return kit.ok(
        "counter",
        "leave",
        "zhao",
        "--witness",
        "sun",
        "--count",
        "152 400",
        "--witness-count",
        second,
        *more,
        as_="zhao",
    )


def test_a_blind_count_that_disagrees_opens_a_difference_and_corrects_nothing(noon: Any) -> None:
    """Sun counts 152 300 against Zhao's 152 400: short by 100, kept as a difference of its own."""
    done = leave(noon, second="152300")
    assert (done["id"], [entry["type"] for entry in done["also"]][:1]) == (
        "AW-2026-0001",
        ["counter.difference-opened"],
    )
    row = noon.row("counter.absence", "AW-2026-0001")
    assert (row.count, row.witness_count) == (Decimal("152400"), Decimal("152300"))
    diff = noon.row("counter.diff", "D-2026-0001")
    assert (diff.amount, diff.teller, diff.place, diff.status) == (Decimal("-100"), "zhao", "till", "open")


def test_the_second_count_is_asked_for_unseen_after_the_first(noon: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal both type hidden, the witness without having seen the first figure anywhere."""
    typed = iter(["152400", "152300"])
    asked: list[str] = []

    def hidden(question: str) -> str:
        asked.append(question)
        return next(typed)

    monkeypatch.setattr("getpass.getpass", hidden)
    done = noon.run("counter", "leave", "zhao", "--witness", "sun", as_="zhao", terminal=True)
    assert (done.exit, asked) == (0, ["Count of zhao: ", "Count of sun: "])
    assert noon.row("counter.absence", "AW-2026-0001").witness_count == Decimal("152300")
    (left,) = noon.events("counter.seat-left")
    assert left.data.blind


def test_without_a_terminal_the_witness_count_is_an_option_and_never_guessed(noon: Any) -> None:
    """A script that names a witness and no second count is told so; nothing is stored."""
    error = noon.fails("counter", "leave", "zhao", "--witness", "sun", "--count", "152400", exit=2)
    assert error["message"] == "A count is missing."
    assert noon.events("counter.seat-left") == []


@pytest.mark.rule("counter.long-absence-signoff")
def test_an_alarm_at_the_threshold_and_a_breach_on_return(noon: Any) -> None:
    """Away forty minutes without signing off: alarm from minute fifteen, breach with both times on return."""
    leave(noon)
    noon.clock.set("2026-11-23 12:15")
    assert [one for one in noon.ok("counter", "alarms") if one["subject"] == "AW-2026-0001"] == []
    noon.clock.set("2026-11-23 12:16")
    (alarm,) = [one for one in noon.ok("counter", "alarms") if one["subject"] == "AW-2026-0001"]
    assert (alarm["rule"], alarm["who"], alarm["status"]) == ("counter.long-absence-signoff", "zhao", "overdue")
    done = noon.ok("counter", "return", "zhao", at="12:40")
    assert [(one["outcome"], one["rule"], one["message"]) for one in done["verdicts"]] == [
        ("breach", "counter.long-absence-signoff", "zhao was away from 12:00 to 12:40 without signing off.")
    ]


def test_signed_off_in_time_is_no_breach_and_too_late_is_one(noon: Any) -> None:
    """Signing off before the threshold meets the rule; after it, it comes too late."""
    leave(noon)
    noon.ok("counter", "signoff", "zhao", at="12:10")
    assert noon.ok("counter", "return", "zhao", at="12:40")["verdicts"] == []
    noon.ok("counter", "balance", "zhao", "--interim", "--book", "1", at="13:00")
    leave(noon)
    noon.ok("counter", "signoff", "zhao", at="13:30")
    (verdict,) = noon.ok("counter", "return", "zhao", at="13:40")["verdicts"]
    assert verdict["rule"] == "counter.long-absence-signoff"


@pytest.mark.rule("counter.leave-seat-dual-count")
def test_a_signature_hours_later_is_a_late_attestation(noon: Any) -> None:
    """Zhao left alone at noon; Sun signs at five: stored, and the rule is not met. Without saying so nobody leaves."""
    assert noon.fails("counter", "leave", "zhao", "--count", "152400", exit=4)["rule"] == DUAL
    first = noon.ok(
        "counter", "leave", "zhao", "--count", "152400", "--single", "--reason", "sun at the safe", as_="zhao"
    )
    assert [(one["outcome"], one["rule"]) for one in first["verdicts"]] == [("breach", DUAL)]
    done = noon.ok("counter", "attest", "AW-1", "--witness", "sun", "--witness-count", "152400", at="17:00")
    (verdict,) = [one for one in done["verdicts"] if one["outcome"] == "breach"]
    assert (verdict["outcome"], verdict["rule"]) == ("breach", DUAL)
    assert verdict["message"].endswith("late attestation.")
    error = noon.fails("counter", "attest", "AW-1", "--witness", "wang", "--witness-count", "1", exit=4)
    assert error["rule"] == DUAL


def test_backdating_the_whole_leave_is_late_too(noon: Any) -> None:
    """At five in the afternoon nobody signs for noon without a mark."""
    noon.clock.set("2026-11-23 17:00")
    done = leave(noon, "--at", "12:00")
    assert ("breach", DUAL) in [(one["outcome"], one["rule"]) for one in done["verdicts"]]


def test_nobody_attests_the_own_count(noon: Any) -> None:
    """The second count, made later, is made by another person, whichever id that person uses."""
    noon.ok("staff", "add", "0457", "--name", "Zhao Lei", "--person", "zhao", "--role", "teller")
    noon.ok("counter", "leave", "zhao", "--count", "1", "--single", "--reason", "alone", as_="zhao")
    for who in ("zhao", "0457"):
        file = noon.secrets_file({"zhao": "zhao-1642", "0457": "zhao-1642"})
        error = noon.fails(
            "counter", "attest", "AW-1", "--witness", who, "--witness-count", "1", "--pins", str(file), exit=4
        )
        assert error["rule"] == DUAL


@pytest.mark.rule("counter.leave-seat-interim-balance")
def test_leaving_without_an_interim_balance_is_a_breach(kit: Any) -> None:
    """No balance, a stale one, or one from before the last absence: the truth is stored as a breach."""
    kit.pins()
    rule = ("breach", "counter.leave-seat-interim-balance")
    assert rule in [(v["outcome"], v["rule"]) for v in leave(kit)["verdicts"]]
    kit.ok("counter", "return", "zhao", at="08:35")
    kit.ok("counter", "balance", "zhao", "--interim", "--book", "152400", at="08:40")
    kit.clock.set("2026-11-23 08:45")
    assert leave(kit)["verdicts"] == []
    kit.ok("counter", "return", "zhao", at="08:50")
    assert rule in [(v["outcome"], v["rule"]) for v in leave(kit)["verdicts"]]
    kit.ok("counter", "return", "zhao", at="08:55")
    kit.ok("counter", "balance", "zhao", "--interim", "--book", "152400", at="09:00")
    kit.clock.set("2026-11-23 09:31")
    assert rule in [(v["outcome"], v["rule"]) for v in leave(kit)["verdicts"]]


@pytest.mark.rule("counter.long-absence-stamps-stowed")
def test_stamps_in_hand_are_locked_away_or_handed_over(noon: Any) -> None:
    """A stamp left lying during a long absence is a breach; a stowed or handed-over one is none."""
    rule = "counter.long-absence-stamps-stowed"
    for stamp in ("S1", "S2", "S3"):
        noon.ok("counter", "stamp", "assign", stamp, "--to", "zhao")
    noon.ok("counter", "stamp", "stow", "S1", "--by", "zhao")
    noon.ok("counter", "stamp", "handover", "S2", "--from", "zhao", "--to", "sun")
    leave(noon, "--signed-off")
    noon.clock.set("2026-11-23 12:16")
    assert rule in [one["rule"] for one in noon.ok("counter", "alarms")]
    (verdict,) = noon.ok("counter", "return", "zhao", at="12:30")["verdicts"]
    assert (verdict["outcome"], verdict["rule"], verdict["message"]) == (
        "breach",
        rule,
        "zhao was away for long and had not locked away: S3.",
    )


def test_a_guard_counting_along_is_kept_as_a_breach(noon: Any) -> None:
    """It happened, and the guard is no colleague."""
    done = noon.ok("counter", "leave", "zhao", "--witness", "guard", "--count", "5", "--witness-count", "5", as_="zhao")
    assert [one["message"] for one in done["verdicts"] if one["outcome"] == "breach"] == [
        "guard is not staff of the branch; a colleague counts along."
    ]


def test_a_bank_may_leave_a_moment_free(noon: Any) -> None:
    """With a free moment set, leaving alone is lawful until the moment is over."""
    noon.ok("policy", "set", "counter.leave.free_minutes", "5", "--reason", "one window")
    for minute, rules in ((4, []), (6, [DUAL])):
        noon.clock.tick(minutes=1)
        alone = noon.ok("counter", "leave", "zhao", "--count", "5", "--single", "--reason", "door", as_="zhao")
        assert DUAL not in [one["rule"] for one in alone["verdicts"] if one["outcome"] == "breach"]
        noon.clock.tick(minutes=minute)
        back = noon.ok("counter", "return", "zhao")
        assert [one["rule"] for one in back["verdicts"] if one["outcome"] == "breach"] == rules
        noon.ok("counter", "balance", "zhao", "--interim", "--book", "5")

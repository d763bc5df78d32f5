"""S4: an oral complaint that is answered later, word for word, with what people try on the way."""

from __future__ import annotations

import pytest

from branchops.testing import BranchKit

C = "C-2026-0001"


@pytest.fixture
def taken(kit: BranchKit) -> BranchKit:
    """Monday 2026-11-23, 10:05: the guard, a contractor, takes an oral complaint about Zhao and says it back."""
    kit.pins("chen", "li")
    told = ("--channel", "oral", "--readback", "yes", "--gist", "sent from window to window", "--about", "zhao")
    made = kit.ok("complaints", "receive", *told, at="2026-11-23 10:05", as_="guard")
    assert (made["id"], made["verdicts"]) == (C, [])
    return kit


def duty(kit: BranchKit, rule: str) -> dict[str, object]:
    """The one duty of the complaint under a rule."""
    (found,) = [one for one in kit.ok("show", C)["duties"] if one["rule"] == rule]
    return found


def states(kit: BranchKit) -> dict[str, str]:
    return {one["rule"]: one["status"] for one in kit.ok("show", C)["duties"]}


@pytest.mark.rule("complaints.reply-within-three-days")
def test_the_limit_is_thursday_five_pm_whoever_holds_the_case(taken: BranchKit) -> None:
    """Day of receipt excluded, three days, close of business: 2026-11-26 17:00."""
    found = duty(taken, "complaints.reply-within-three-days")
    assert (found["due"], found["who"]) == ("2026-11-26T17:00:00+08:00", "guard")


@pytest.mark.rule("complaints.oral-hand-over-at-once")
def test_the_handover_is_accepted_after_six_minutes(taken: BranchKit) -> None:
    """The guard owns the complaint until Li has accepted it, and the hand-over was in time."""
    assert duty(taken, "complaints.oral-hand-over-at-once")["due"] == "2026-11-23T10:20:00+08:00"
    taken.ok("complaints", "handover", "1", "--to", "li", at="10:07", as_="guard")
    assert [row["id"] for row in taken.ok("complaints", "mine", as_="guard")] == [C]
    taken.ok("complaints", "accept", "1", "--private", "yes", at="10:11", as_="li")
    assert taken.ok("complaints", "mine", as_="guard") == []
    assert duty(taken, "complaints.oral-hand-over-at-once")["status"] == "met"


@pytest.fixture
def in_hand(taken: BranchKit) -> BranchKit:
    """Li has it in hand, the customer sits in a quiet room, the head knows."""
    taken.ok("complaints", "handover", "1", "--to", "li", at="10:07", as_="guard")
    taken.ok("complaints", "accept", "1", "--private", "yes", at="10:11", as_="li")
    taken.ok("complaints", "report-head", "1", at="10:20", as_="li")
    return taken


@pytest.mark.rule("complaints.reply-within-three-days")
def test_a_promise_beyond_the_limit_is_rejected_and_names_the_latest_lawful_time(in_hand: BranchKit) -> None:
    error = in_hand.fails("complaints", "promise", "1", "--by", "2026-11-30", exit=4, as_="li")
    assert error["rule"] == "complaints.reply-within-three-days"
    assert error["message"] == (
        "The latest lawful reply is 2026-11-26 17:00 (day of receipt excluded; Civil Code 201/203)."
    )
    assert in_hand.events("complaints.promised") == []


@pytest.fixture
def settled(in_hand: BranchKit) -> BranchKit:
    """Promised for Wednesday noon, replied to at 15:00, upheld, apologised for."""
    kit = in_hand
    kit.ok("complaints", "promise", "1", "--by", "11-25 12:00", at="10:30", as_="li")
    finding = ("--finding", "three windows sent her on", "--interviewed", "zhao")
    kit.ok("complaints", "investigate", "add", "1", *finding, at="2026-11-24 09:40", as_="li")
    kit.ok("complaints", "propose", "1", "--text", "one window for all", at="2026-11-24 11:00", as_="li")
    kit.ok("complaints", "reply", "1", "--via", "phone", "--text", "we are sorry", at="2026-11-25 15:00", as_="li")
    kit.ok("complaints", "cause", "1", "C1", "--text", "nobody felt responsible", at="15:10", as_="li")
    kit.ok("complaints", "resolve", "1", "--outcome", "upheld", "--facts", "queue log", at="15:20", as_="li")
    return kit


@pytest.mark.rule("complaints.apologise-when-liable")
def test_the_head_cannot_sign_before_the_one_responsible_has_apologised(settled: BranchKit) -> None:
    error = settled.fails("complaints", "signoff", "1", "--by", "chen", exit=4)
    assert error["rule"] == "complaints.apologise-when-liable"
    error = settled.fails("complaints", "apology", "1", "--by", "li", exit=4, as_="li")
    assert error["message"] == f"li handles {C}; the one responsible apologises, not the handler."


@pytest.mark.rule("complaints.head-signs-register")
def test_nobody_signs_off_own_work(settled: BranchKit) -> None:
    """The handler lacks the head's role; with it, by delegation, the handler is still the handler."""
    kit = settled
    kit.ok("complaints", "apology", "1", "--by", "zhao", at="15:30", as_="li")
    kit.fails("complaints", "signoff", "1", "--by", "li", exit=5, as_="li")
    until = ("--from", "2026-11-25", "--until", "2026-11-27")
    kit.ok("staff", "delegate", "chen", "li", "--role", "outlet-head", *until)
    error = kit.fails("complaints", "signoff", "1", "--by", "li", exit=4, as_="li")
    assert (error["rule"], error["message"]) == (
        "complaints.head-signs-register",
        f"li handled {C} and cannot sign it off.",
    )


@pytest.mark.rule("complaints.oral-promise-deadline")
def test_it_ends_in_time_with_the_promise_missed_and_the_register_line_complete(settled: BranchKit) -> None:
    """Limit met, promise kept three hours late: two clocks, told apart; the upheld case opens a finding elsewhere."""
    kit = settled
    kit.ok("complaints", "apology", "1", "--by", "zhao", at="15:30", as_="li")
    shown = kit.ok("complaints", "show", "1")
    assert shown["clocks"] == [{"clock": "limit", "state": "met"}, {"clock": "promise", "state": "late"}]
    signed = kit.ok("complaints", "signoff", "1", "--by", "chen", at="16:00")
    assert signed["data"] == {"signer": "chen", "covers": 11, "outcome": "upheld", "cause": "C1"}
    (line,) = kit.ok("report", "opinion-register")
    assert {key: line[key] for key in ("number", "late", "void", "signed", "handling")} == {
        "number": C,
        "late": False,
        "void": False,
        "signed": "chen 2026-11-25",
        "handling": "***; upheld; phone 2026-11-25",
    }
    assert kit.ok("complaints", "gaps") == []
    assert kit.row("complaints.case", C).breaches == ()
    (resolved,) = kit.events("complaints.resolved")
    assert (resolved.data.outcome, resolved.data.cause, resolved.data.about) == ("upheld", "C1", ("zhao",))


def test_a_closed_case_takes_no_more_work(settled: BranchKit) -> None:
    kit = settled
    kit.ok("complaints", "apology", "1", "--by", "zhao", at="15:30", as_="li")
    kit.ok("complaints", "signoff", "1", "--by", "chen", at="16:00")
    error = kit.fails("complaints", "reply", "1", "--via", "phone", exit=4, as_="li")
    assert (error["rule"], error["message"]) == ("complaints.record-every-one", f"{C} is closed.")

"""S7: a customer in the hall holds out a telephone: “your hotline wants you”."""

from __future__ import annotations

import pytest

from branchops.testing import BranchKit

C = "C-2026-0001"


@pytest.fixture
def hall(kit: BranchKit) -> BranchKit:
    """A complaint that came by the service line, taken by Zhao; the plate says 95555."""
    kit.ok("policy", "set", "outlet.hotline", "95555", "--reason", "plate")
    told = ("--subtype", "hotline", "--gist", "transfer did not arrive", "--contact", "13812345601")
    kit.ok("complaints", "receive", "--channel", "other", *told, at="2026-11-23 10:38", as_="zhao")
    return kit


@pytest.mark.rule("complaints.hotline-verify-identity")
def test_nothing_is_disclosed_before_the_caller_is_verified(hall: BranchKit) -> None:
    said = ("--complaint", C, "--said", "her balance is 4,000")
    error = hall.fails("complaints", "hotline", *said, exit=4, as_="zhao")
    assert (error["rule"], error["message"]) == (
        "complaints.hotline-verify-identity",
        "Nothing is told to a caller who was not verified.",
    )
    assert hall.events("complaints.hotline-called") == []


@pytest.mark.rule("complaints.hotline-verify-identity")
def test_called_back_on_the_known_number_then_answered(hall: BranchKit) -> None:
    """First the note “not verified”, then the call back at 10:42 to agent 5531, then the answer: no breach anywhere."""
    note = ("--complaint", C, "--note", "not verified, called back 95555 at 10:42", "--ended", "politely")
    assert hall.ok("complaints", "hotline", *note, at="10:41", as_="zhao")["verdicts"] == []
    call = ("--complaint", C, "--verified-by", "callback", "--agent", "5531", "--agent-case", "H-77")
    wrong = hall.fails("complaints", "hotline", *call, "--called", "13900000000", "--said", "due today", exit=4)
    assert wrong["message"] == "13900000000 is not the bank's service line."
    unsaid = hall.fails("complaints", "hotline", *call, "--said", "due today", exit=4)
    assert unsaid["message"] == "A call back is made to a number."
    made = hall.ok("complaints", "hotline", *call, "--called", "9 5555", "--said", "due today", at="10:44", as_="zhao")
    assert (made["verdicts"], made["data"]["said"], made["data"]["agent_case"]) == ([], "***", "H-77")
    assert hall.row("complaints.case", C).breaches == ()


@pytest.mark.rule("complaints.hotline-verify-identity")
def test_a_number_read_out_by_the_caller_verifies_nobody(hall: BranchKit) -> None:
    error = hall.fails("complaints", "hotline", "--complaint", C, "--verified-by", "voice", exit=4)
    assert error["hint"] == "Ways that do: callback, agent-id, dialled-number"


@pytest.mark.rule("complaints.hotline-answer-truthfully")
def test_a_verified_call_without_a_note_of_what_was_said_is_a_breach(hall: BranchKit) -> None:
    call = ("--complaint", C, "--verified-by", "agent-id", "--agent-case", "H-77")
    made = hall.ok("complaints", "hotline", *call, as_="zhao")
    assert [(one["outcome"], one["rule"]) for one in made["verdicts"]] == [
        ("breach", "complaints.hotline-answer-truthfully")
    ]


@pytest.mark.rule("complaints.hotline-cooperate")
def test_both_sides_work_on_one_case(hall: BranchKit) -> None:
    """Without the service line's own case number there is a warning; without a complaint nothing to talk about."""
    call = ("--complaint", C, "--verified-by", "agent-id", "--said", "due today")
    made = hall.ok("complaints", "hotline", *call, as_="zhao")
    assert [(one["outcome"], one["rule"]) for one in made["verdicts"]] == [("warning", "complaints.hotline-cooperate")]
    hall.fails("complaints", "hotline", "--complaint", "99", exit=10)


@pytest.mark.rule("complaints.hotline-no-refusal-or-hangup")
@pytest.mark.parametrize(("conduct", "said"), [("hung-up", "hung up on"), ("refused-call", "refused to speak to")])
def test_hanging_up_and_refusing_are_breaches(hall: BranchKit, conduct: str, said: str) -> None:
    made = hall.ok("complaints", "conduct", "--kind", conduct, "--who", "zhao", "--complaint", C)
    assert [(one["outcome"], one["rule"], one["message"]) for one in made["verdicts"]] == [
        ("breach", "complaints.hotline-no-refusal-or-hangup", f"zhao {said} the service line.")
    ]


@pytest.mark.rule("complaints.hotline-no-quarrel")
def test_a_quarrel_reported_by_a_customer_is_a_breach_linked_to_an_observation(hall: BranchKit) -> None:
    told = ("--kind", "quarrelled", "--who", "zhao", "--reported-by", "customer", "--observation", "TO-2026-0003")
    made = hall.ok("complaints", "conduct", *told)
    assert [one["rule"] for one in made["verdicts"]] == ["complaints.hotline-no-quarrel"]
    (row,) = hall.rows("complaints.misconduct")
    assert (row.conduct, row.who, row.reported_by, row.observation, row.stream) == (
        "quarrelled",
        "zhao",
        "customer",
        "TO-2026-0003",
        "conduct-zhao",
    )

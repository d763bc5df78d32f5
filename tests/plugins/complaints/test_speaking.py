"""Articles 7(2), 8 and 11(1): on the spot, in the hall and on the telephone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from branchops.testing import BranchKit

C = "C-2026-0001"
Take = Callable[..., Any]
Bring = Callable[..., None]


def judged(made: Any) -> list[tuple[str, str]]:
    return [(one["outcome"], one["rule"]) for one in made["verdicts"]]


@pytest.mark.parametrize(
    ("channel", "rule"),
    [
        pytest.param(
            "oral", "complaints.oral-record-and-repeat", marks=pytest.mark.rule("complaints.oral-record-and-repeat")
        ),
        pytest.param(
            "phone", "complaints.phone-record-and-repeat", marks=pytest.mark.rule("complaints.phone-record-and-repeat")
        ),
    ],
)
def test_what_was_heard_is_said_back(desk: BranchKit, take: Take, channel: str, rule: str) -> None:
    who = ("--caller", "Mr Wu", "--contact", "13812345601")
    assert judged(take(channel, *who, "--readback", "no")) == [("breach", rule)]
    assert judged(take(channel, "--contact", "13912345601", "--caller", "Mrs Bo", "--readback", "dropped")) == []
    told = ("--channel", channel, "--gist", "x", "--readback", "maybe", *who)
    assert desk.fails("complaints", "receive", *told, exit=4)["rule"] == rule


@pytest.mark.parametrize(
    ("channel", "rule"),
    [
        pytest.param(
            "oral", "complaints.oral-hand-over-at-once", marks=pytest.mark.rule("complaints.oral-hand-over-at-once")
        ),
        pytest.param(
            "phone", "complaints.phone-record-and-repeat", marks=pytest.mark.rule("complaints.phone-record-and-repeat")
        ),
    ],
)
def test_what_is_not_answered_is_handed_over_within_minutes(
    desk: BranchKit, take: Take, channel: str, rule: str
) -> None:
    take(channel)
    (owed,) = [one for one in desk.duties() if one.rule == rule]
    assert (owed.due.isoformat(), owed.who, owed.met) == ("2026-11-23T10:15:00+08:00", "wang", None)
    desk.ok("complaints", "reply", C, "--via", "phone", "--text", "done", "--on-the-spot", as_="wang")
    assert [one for one in desk.duties() if one.rule == rule] == []


@pytest.mark.rule("complaints.answer-on-the-spot")
def test_an_answer_of_another_day_was_not_given_on_the_spot(desk: BranchKit, take: Take) -> None:
    take("oral")
    desk.clock.tick(minutes=121)
    told = ("--via", "in person", "--text", "x", "--on-the-spot")
    error = desk.fails("complaints", "reply", C, *told, exit=4, as_="wang")
    assert (error["rule"], error["message"]) == (
        "complaints.answer-on-the-spot",
        f"{C} was taken 121 minutes before: that is not on the spot.",
    )
    back = ("--via", "in person", "--text", "x", "--on-the-spot", "--at", "10:20")
    desk.ok("complaints", "reply", C, *back, as_="wang")
    page = desk.ok("complaints", "stats", "2026-11")
    (spot,) = [row for row in page["figures"] if row["figure"] == "answered on the spot"]
    assert (spot["n"], spot["of"], spot["rate"]) == (1, 1, "100.0 %")


@pytest.mark.rule("complaints.oral-explain-now")
def test_an_explanation_on_the_spot_has_words(desk: BranchKit, take: Take) -> None:
    take("oral")
    error = desk.fails("complaints", "reply", C, "--via", "in person", "--on-the-spot", exit=4, as_="wang")
    assert error["rule"] == "complaints.oral-explain-now"


@pytest.mark.rule("complaints.oral-quiet-place")
def test_a_quiet_place_is_asked_about_and_no_is_no_breach(desk: BranchKit, take: Take) -> None:
    take("oral")
    desk.ok("complaints", "handover", C, "--to", "li", as_="wang")
    rule = "complaints.oral-quiet-place"
    assert desk.fails("complaints", "accept", C, "--private", "perhaps", exit=4, as_="li")["rule"] == rule
    assert judged(desk.ok("complaints", "accept", C, "--dry-run", as_="li")) == [("warning", rule)]
    assert judged(desk.ok("complaints", "accept", C, "--private", "no", as_="li")) == []
    assert judged(desk.ok("complaints", "check", "handling", "--complaint", C, "--no", "H2")) == []


@pytest.mark.parametrize(
    ("channel", "rule"),
    [
        pytest.param(
            "oral", "complaints.oral-offer-solution", marks=pytest.mark.rule("complaints.oral-offer-solution")
        ),
        pytest.param("phone", "complaints.phone-handler-acts", marks=pytest.mark.rule("complaints.phone-handler-acts")),
    ],
)
def test_a_solution_is_offered(desk: BranchKit, take: Take, bring: Bring, channel: str, rule: str) -> None:
    take(channel, "--about", "zhao", "--caller", "Mr Wu", "--contact", "13812345601")
    bring("propose")
    assert judged(desk.ok("complaints", "signoff", C)) == [("breach", rule)]


@pytest.mark.rule("complaints.phone-handler-acts")
def test_on_the_spot_on_the_telephone_is_in_the_same_call(desk: BranchKit, take: Take) -> None:
    take("phone")
    told = ("--via", "letter", "--text", "x", "--on-the-spot")
    assert desk.fails("complaints", "reply", C, *told, exit=4, as_="wang")["rule"] == "complaints.phone-handler-acts"


@pytest.mark.parametrize(
    ("channel", "rule"),
    [
        pytest.param(
            "oral", "complaints.oral-promise-deadline", marks=pytest.mark.rule("complaints.oral-promise-deadline")
        ),
        pytest.param(
            "phone",
            "complaints.phone-register-promise-reply",
            marks=pytest.mark.rule("complaints.phone-register-promise-reply"),
        ),
    ],
)
def test_who_waits_is_told_until_when(desk: BranchKit, take: Take, bring: Bring, channel: str, rule: str) -> None:
    take(channel, "--about", "zhao", "--caller", "Mr Wu", "--contact", "13812345601")
    bring("promise", "resolve", "apology")
    made = desk.ok("complaints", "resolve", C, "--outcome", "upheld", "--facts", "log", as_="li")
    assert judged(made) == [("breach", rule)]


@pytest.mark.rule("complaints.oral-promise-deadline")
def test_each_promise_binds_and_a_new_one_takes_none_back(desk: BranchKit, take: Take) -> None:
    take("oral")
    desk.ok("complaints", "promise", C, "--by", "2026-11-24 12:00", as_="wang")
    desk.ok("complaints", "promise", C, "--by", "2026-11-25 12:00", as_="wang")
    assert desk.fails("complaints", "promise", C, "--by", "09:59", exit=4)["message"] == (
        "A promise lies ahead; that time has passed."
    )
    desk.clock.set("2026-11-25 10:00")
    desk.ok("complaints", "reply", C, "--via", "phone", as_="wang")
    from branchops.core.rulebook.duty import status

    rule = "complaints.oral-promise-deadline"
    states = {one.subject: status(one, desk.clock.now()) for one in desk.duties() if one.rule == rule}
    assert states == {f"{C}#1": "late", f"{C}#2": "met"}


@pytest.mark.rule("complaints.oral-ask-head")
def test_the_head_says_how_to_go_on(desk: BranchKit, take: Take, bring: Bring) -> None:
    take("oral")
    bring("promise", "investigate", "propose", "reply", "cause", "resolve", "apology")
    desk.ok("complaints", "report-head", C, as_="li")
    rule = "complaints.oral-ask-head"
    (owed,) = [one for one in desk.duties() if one.rule == rule]
    assert (owed.who, owed.due.isoformat(), owed.met) == ("chen", "2026-11-24T17:00:00+08:00", None)
    assert desk.fails("complaints", "instruct", C, "--text", "pay", "--by", "li", exit=5, as_="li")["rule"] == rule
    desk.ok("complaints", "instruct", C, "--text", "return the fee", "--by", "chen")
    (owed,) = [one for one in desk.duties() if one.rule == rule]
    assert owed.met is not None


@pytest.mark.rule("complaints.reply-within-three-days")
@pytest.mark.parametrize("by", ["2026-11-30 12:00", "2026-11-27 17:00", "2026-11-26 16:00"])
def test_after_the_limit_the_hint_names_the_reply_and_no_day_that_has_passed(
    desk: BranchKit, take: Take, by: str
) -> None:
    """No promise is lawful any more, whatever time it names; the way that the hint names is."""
    take("letter", as_="li")
    desk.clock.set("2026-11-27 09:00")
    wrong = desk.fails("complaints", "promise", C, "--by", by, exit=4, as_="li")
    assert (wrong["rule"], wrong["message"], wrong["hint"]) == (
        "complaints.reply-within-three-days",
        "The latest lawful reply was 2026-11-26 17:00; no promise moves it.",
        "Reply now, if only in the interim, and say what comes next: branchops complaints reply C-2026-0001 --interim",
    )
    desk.ok(*wrong["hint"].partition("branchops ")[2].split(), "--via", "letter", as_="li")
    state = desk.ok("complaints", "show", C)["clocks"][0]
    assert state == {"clock": "limit", "state": "late"}


@pytest.mark.rule("complaints.oral-promise-deadline")
def test_a_promise_made_in_time_is_entered_late_and_counts_as_missed(desk: BranchKit, take: Take) -> None:
    """Backdating is legal and visible: what was promised lay ahead when it was promised."""
    take("oral")
    desk.clock.set("2026-11-27 09:00")
    desk.ok("complaints", "promise", C, "--by", "2026-11-25 12:00", "--at", "2026-11-24 10:00", as_="wang")
    clocks = desk.ok("complaints", "show", C)["clocks"]
    assert [one["clock"] for one in clocks] == ["limit", "promise"]
    assert {one["state"] for one in clocks} == {"overdue"}


@pytest.mark.rule("complaints.phone-register-promise-reply")
def test_a_call_without_a_name_or_number_is_taken_and_flagged_unless_there_is_a_reason(
    desk: BranchKit, take: Take
) -> None:
    rule = "complaints.phone-register-promise-reply"
    assert judged(take("phone")) == [("breach", rule)]
    assert judged(take("phone", "--no-contact", "withheld")) == []
    told = ("--channel", "phone", "--gist", "x", "--readback", "yes", "--no-contact", "lazy")
    assert desk.fails("complaints", "receive", *told, exit=4)["rule"] == rule
    (first,) = desk.rows("complaints.case", {"id": C})
    assert first.caller == ""


def test_a_callers_name_is_masked_and_comes_back_only_on_demand(desk: BranchKit, take: Take) -> None:
    take("phone", "--caller", "李建国", "--contact", "13812345601")
    shown = desk.ok("complaints", "show", C)
    assert (shown["caller"], shown["contact"], shown["gist"]) == ("李**", "138******01", "***")
    shown = desk.ok("complaints", "show", C, "--reveal")
    assert (shown["caller"], shown["contact"], shown["gist"]) == ("李建国", "13812345601", "waited an hour")


@pytest.mark.rule("complaints.phone-escalate")
def test_a_telephone_complaint_goes_up_after_the_heads_word(desk: BranchKit, take: Take) -> None:
    take("phone", as_="li")
    assert desk.fails("complaints", "escalate", C, exit=4, as_="li")["rule"] == "complaints.phone-escalate"
    desk.ok("complaints", "confirm-beyond-authority", C)
    desk.ok("complaints", "escalate", C, as_="li")


@pytest.mark.rule("complaints.phone-follow-hq")
def test_head_office_is_asked_about_a_telephone_complaint(desk: BranchKit, take: Take) -> None:
    take("phone", as_="li")
    desk.ok("complaints", "confirm-beyond-authority", C)
    assert desk.fails("complaints", "hq-status", C, "--text", "x", exit=4)["rule"] == "complaints.track-escalated"
    desk.ok("complaints", "escalate", C, as_="li")
    (owed,) = [one for one in desk.duties() if one.rule == "complaints.phone-follow-hq"]
    assert (owed.subject, owed.due.isoformat()) == (f"{C}#hq1", "2026-11-30T17:00:00+08:00")

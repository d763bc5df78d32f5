"""Articles 4, 6 and 7: hands, authority, facts, causes, remedies."""

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


def owed(kit: BranchKit, rule: str) -> list[tuple[str, str | None, bool]]:
    """(subject, due, met) of the duties under a rule."""
    return [(d.subject, d.due and d.due.isoformat(), d.met is not None) for d in kit.duties() if d.rule == rule]


@pytest.mark.rule("complaints.head-primarily-responsible")
def test_a_complaint_about_the_head_goes_up_and_overdue_ones_lie_on_the_heads_list(desk: BranchKit, take: Take) -> None:
    take("oral", "--about", "chen")
    rule = "complaints.head-primarily-responsible"
    told = ("--finding", "I was right", "--by", "chen")
    assert desk.fails("complaints", "investigate", C, *told, exit=4)["rule"] == rule
    assert desk.fails("complaints", "confirm-beyond-authority", C, exit=4)["rule"] == rule
    up = desk.ok("complaints", "escalate", C, "--about-head", as_="li")
    assert judged(up) == [("warning", "complaints.escalate-after-head-confirms")]
    desk.clock.set("2026-11-27 09:00")
    subjects = {(row["rule"], row["subject"]) for row in desk.ok("complaints", "overdue")}
    assert ("complaints.reply-within-three-days", C) in subjects


@pytest.mark.rule("complaints.designated-handler")
def test_the_head_designates_a_handler_who_is_somebody_else(desk: BranchKit) -> None:
    rule = "complaints.designated-handler"
    assert desk.fails("complaints", "handler", "set", "chen", "--by", "chen", exit=4)["rule"] == rule
    assert desk.fails("complaints", "handler", "set", "wang", "--by", "li", exit=5)["rule"] == rule
    desk.ok("complaints", "handler", "set", "wang", "--by", "chen", "--from", "2026-11-24")
    assert [row["staff"] for row in desk.ok("complaints", "handler", "show")] == ["li"]
    desk.clock.set("2026-11-24 09:00")
    assert [row["staff"] for row in desk.ok("complaints", "handler", "show")] == ["wang"]


@pytest.mark.rule("complaints.designated-handler")
def test_a_desk_without_a_handler_is_found_by_the_check(desk: BranchKit) -> None:
    from branchops.core.reading import Reading
    from branchops.plugins.complaints.reports.checks import desk_ready

    desk.ok("staff", "leave", "li", "--from", "2026-11-23", "--until", "2026-11-27")
    verdicts = [(v.outcome, v.rule) for v in desk_ready(Reading(desk.branch))]
    assert verdicts[0] == ("reject", "complaints.designated-handler")


@pytest.mark.rule("complaints.handle-within-authority")
def test_money_is_granted_within_the_authority_of_the_post(desk: BranchKit, take: Take, bring: Bring) -> None:
    take("oral", "--about", "zhao", "--business", "B3")
    bring("resolve", "apology")
    told = ("--outcome", "upheld", "--facts", "fee charged twice", "--amount", "100")
    error = desk.fails("complaints", "resolve", C, *told, exit=4, as_="li")
    assert (error["rule"], error["message"]) == (
        "complaints.handle-within-authority",
        "100 CNY is beyond what li may decide (0).",
    )
    desk.ok("policy", "set", "complaints.authority", "complaint-handler/B3=100", "--reason", "table of 2026")
    over = ("--outcome", "upheld", "--facts", "x", "--amount", "100.01")
    assert (
        desk.fails("complaints", "resolve", C, *over, exit=4, as_="li")["rule"] == "complaints.handle-within-authority"
    )
    desk.ok("complaints", "resolve", C, *told, as_="li")
    assert str(desk.row("complaints.case", C).amount) == "100"


@pytest.mark.rule("complaints.first-contact-owns")
def test_the_owner_owns_until_the_one_asked_has_accepted(desk: BranchKit, take: Take) -> None:
    take("oral")
    rule = "complaints.first-contact-owns"
    assert desk.fails("complaints", "handover", C, "--to", "li", exit=4, as_="sun")["rule"] == rule
    assert desk.fails("complaints", "accept", C, exit=4, as_="li")["message"] == f"Nobody handed {C} over."
    desk.ok("complaints", "handover", C, "--to", "li", as_="wang")
    assert desk.fails("complaints", "accept", C, exit=4, as_="sun")["rule"] == rule
    assert desk.row("complaints.case", C).owner == "wang"
    desk.ok("complaints", "accept", C, "--private", "yes", as_="li")
    assert desk.row("complaints.case", C).owner == "li"


@pytest.mark.rule("complaints.first-contact-owns")
def test_who_is_complained_about_keeps_nothing(desk: BranchKit, take: Take) -> None:
    take("oral", "--about", "wang")
    told = ("--outcome", "not-upheld", "--facts", "I was right")
    assert desk.fails("complaints", "resolve", C, *told, exit=4, as_="wang")["rule"] == "complaints.first-contact-owns"


@pytest.mark.rule("complaints.hand-over-beyond-authority")
def test_what_exceeds_the_post_goes_to_the_handler_the_same_day(desk: BranchKit, take: Take) -> None:
    take("letter")
    rule = "complaints.hand-over-beyond-authority"
    assert owed(desk, rule) == [(C, "2026-11-23T17:00:00+08:00", False)]
    assert judged(desk.ok("complaints", "handover", C, "--to", "sun", as_="wang")) == [("warning", rule)]
    desk.ok("complaints", "accept", C, as_="sun")
    assert owed(desk, rule) == [(C, "2026-11-23T17:00:00+08:00", True)]


@pytest.mark.rule("complaints.handler-resolves-and-replies")
def test_nothing_is_closed_before_the_customer_was_answered(desk: BranchKit, take: Take, bring: Bring) -> None:
    take("oral")
    bring("reply")
    rule = "complaints.handler-resolves-and-replies"
    assert desk.fails("complaints", "signoff", C, exit=4)["rule"] == rule
    error = desk.fails("complaints", "no-reply", C, "--reason", "unreachable", exit=4, as_="li")
    assert error["message"] == "0 of 3 attempts to reach the customer are recorded."
    for _ in range(3):
        desk.ok("complaints", "attempt", C, "--via", "phone", as_="li")
    desk.ok("complaints", "no-reply", C, "--reason", "unreachable", as_="li")
    desk.ok("complaints", "signoff", C)
    assert desk.row("complaints.case", C).no_reply == "unreachable"


@pytest.mark.rule("complaints.handler-resolves-and-replies")
def test_who_left_a_contact_is_not_anonymous(desk: BranchKit, take: Take) -> None:
    take("oral", "--contact", "13812345601")
    told = ("--reason", "anonymous")
    assert desk.fails("complaints", "no-reply", C, *told, exit=4)["message"].startswith(f"{C} is not anonymous")
    assert (
        desk.fails("complaints", "no-reply", C, "--reason", "busy", exit=4)["hint"] == "Reasons: unreachable, anonymous"
    )


@pytest.mark.rule("complaints.report-to-head-at-once")
def test_the_handler_reports_to_the_head_within_half_an_hour(desk: BranchKit, take: Take, bring: Bring) -> None:
    take("oral")
    bring("promise", "investigate", "propose", "reply", "cause", "resolve", "apology")
    rule = "complaints.report-to-head-at-once"
    assert owed(desk, rule) == [(C, "2026-11-23T10:30:00+08:00", False)]
    desk.ok("complaints", "report-head", C, as_="li")
    assert owed(desk, rule) == [(C, "2026-11-23T10:30:00+08:00", True)]


@pytest.mark.rule("complaints.facts-first")
def test_nothing_is_settled_without_facts(desk: BranchKit, take: Take, bring: Bring) -> None:
    take("oral")
    bring("resolve", "apology")
    told = ("--outcome", "upheld", "--facts", "  ")
    assert desk.fails("complaints", "resolve", C, *told, exit=4, as_="li")["rule"] == "complaints.facts-first"


@pytest.mark.rule("complaints.no-shirking-or-rudeness")
def test_handing_around_is_an_alarm_and_shows_in_the_list(desk: BranchKit, take: Take) -> None:
    take("oral")
    rule = "complaints.no-shirking-or-rudeness"
    found = []
    for giver, to in (("wang", "sun"), ("sun", "wang"), ("wang", "qian")):
        found.append(
            [one for one in judged(desk.ok("complaints", "handover", C, "--to", to, as_=giver)) if one[1] == rule]
        )
        desk.ok("complaints", "accept", C, as_=to)
    assert found == [[], [("warning", rule)], [("breach", rule)]]
    (row,) = desk.ok("complaints", "pingpong")
    assert (row["way"], row["times"], row["back"], row["alarm"]) == ("wang → sun → wang → qian", 3, True, True)


@pytest.mark.rule("complaints.no-shirking-or-rudeness")
@pytest.mark.parametrize("conduct", ["shirked", "rude"])
def test_shirking_and_rudeness_are_breaches(desk: BranchKit, take: Take, conduct: str) -> None:
    take("oral")
    made = desk.ok("complaints", "conduct", "--kind", conduct, "--who", "zhao", "--complaint", C)
    assert judged(made) == [("breach", "complaints.no-shirking-or-rudeness")]


@pytest.mark.rule("complaints.analyse-cause")
def test_a_case_is_closed_with_a_cause_that_exists(desk: BranchKit, take: Take, bring: Bring) -> None:
    take("oral")
    bring("cause")
    rule = "complaints.analyse-cause"
    assert desk.fails("complaints", "cause", C, "C77", exit=4, as_="li")["rule"] == rule
    assert desk.fails("complaints", "signoff", C, exit=4)["rule"] == rule
    desk.ok("complaints", "cause", C, "c99", as_="li")
    assert desk.fails("complaints", "signoff", C, exit=4)["message"] == "“Other” is no cause: say in words what it was."
    desk.ok("complaints", "cause", C, "C7", "--text", "fee not shown", as_="li")
    desk.ok("complaints", "signoff", C)
    assert [(row["code"], row["n"], row["rate"]) for row in desk.ok("complaints", "analyse")] == [("C7", 1, "100.0 %")]


def test_a_bank_may_add_codes_of_its_own(desk: BranchKit, take: Take) -> None:
    """A row in the store's own pack is a code from then on: listed once, known everywhere."""
    (desk.store / "packs").mkdir()
    row = '[[cause]]\ncode = "C13"\nen = "Weather"\nzh = "天气"\n'
    (desk.store / "packs" / "complaints.toml").write_text(row, encoding="utf-8")
    take("oral")
    desk.ok("complaints", "cause", C, "C13", as_="li")
    assert desk.ok("complaints", "show", C)["cause"] == "C13"
    assert "C13 Weather" in desk.run("complaints", "show", C).out


@pytest.mark.rule("complaints.verify-and-investigate")
def test_an_investigation_by_somebody_not_concerned(desk: BranchKit, take: Take, bring: Bring) -> None:
    take("oral", "--about", "zhao")
    bring("investigate")
    rule = "complaints.verify-and-investigate"
    assert (
        desk.fails("complaints", "investigate", C, "--finding", "x", "--by", "zhao", exit=4, as_="li")["rule"] == rule
    )
    assert desk.fails("complaints", "signoff", C, exit=4)["rule"] == rule


@pytest.mark.rule("complaints.apologise-when-liable")
@pytest.mark.parametrize("outcome", ["upheld", "partly"])
def test_the_one_responsible_apologises_or_the_department(
    desk: BranchKit, take: Take, bring: Bring, outcome: str
) -> None:
    take("oral", "--about", "zhao")
    bring("apology", outcome=outcome)
    rule = "complaints.apologise-when-liable"
    assert owed(desk, rule) == [(C, "2026-11-24T17:00:00+08:00", False)]
    assert desk.fails("complaints", "signoff", C, exit=4)["rule"] == rule
    assert desk.fails("complaints", "apology", C, exit=4, as_="li")["rule"] == rule
    desk.ok("complaints", "apology", C, "--department", "counter", as_="li")
    desk.ok("complaints", "signoff", C)


@pytest.mark.rule("complaints.correct-promptly")
def test_an_error_is_put_right_within_a_working_day_and_money_has_a_voucher(
    desk: BranchKit, take: Take, bring: Bring
) -> None:
    take("oral", "--about", "zhao")
    rule = "complaints.correct-promptly"
    assert desk.fails("complaints", "correct", C, "--text", "x", exit=4)["rule"] == rule
    bring()
    assert owed(desk, rule) == [(C, "2026-11-24T17:00:00+08:00", False)]
    money = ("--text", "fee returned", "--amount", "20")
    assert desk.fails("complaints", "correct", C, *money, exit=4, as_="li")["rule"] == rule
    desk.ok("complaints", "correct", C, *money, "--voucher", "88-1204", as_="li")
    assert owed(desk, rule) == [(C, "2026-11-24T17:00:00+08:00", True)]


@pytest.mark.rule("complaints.prevent-recurrence")
def test_a_cause_that_comes_back_after_closing_is_flagged(desk: BranchKit, take: Take, bring: Bring) -> None:
    take("oral", "--about", "zhao")
    bring()
    desk.ok("complaints", "signoff", C)
    take("oral", gist="waited again")
    desk.clock.set("2026-12-01 10:00")
    again = desk.ok("complaints", "cause", "2", "C1", "--text", "lunch again", as_="li")
    assert [(one["outcome"], one["rule"], one["message"]) for one in again["verdicts"]] == [
        ("breach", "complaints.prevent-recurrence",
         f"The cause C1 is back 8 days after {C} was closed: the measure did not work.")
    ]  # fmt: skip
    assert judged(desk.ok("complaints", "cause", "2", "C2", as_="li")) == []
    desk.clock.set("2027-08-01 10:00")
    assert judged(desk.ok("complaints", "cause", "C-2026-2", "C1", as_="li")) == []


@pytest.mark.rule("complaints.explain-when-not-liable")
def test_what_is_not_upheld_is_explained_before_it_is_closed(desk: BranchKit, take: Take, bring: Bring) -> None:
    take("oral")
    bring("explain", outcome="not-upheld")
    rule = "complaints.explain-when-not-liable"
    assert desk.fails("complaints", "signoff", C, exit=4)["rule"] == rule
    assert judged(desk.ok("complaints", "explain", C, "--text", "the tariff", as_="li")) == [("warning", rule)]
    desk.ok("complaints", "signoff", C)


@pytest.mark.rule("complaints.accept-courteously")
def test_satisfaction_is_asked_after_closing_and_every_answer_is_kept(
    desk: BranchKit, take: Take, bring: Bring
) -> None:
    take("oral", "--about", "zhao")
    rule = "complaints.accept-courteously"
    assert desk.fails("complaints", "survey", C, "--score", "4", exit=4)["rule"] == rule
    bring()
    desk.ok("complaints", "signoff", C)
    for score in ("2", "5"):
        desk.ok("complaints", "survey", C, "--score", score)
    assert desk.fails("complaints", "survey", C, "--score", "6", exit=4)["rule"] == rule
    assert desk.ok("report", "complaint-satisfaction") == [{"id": C, "score": 5, "answers": "2 → 5"}]
    made = desk.ok("complaints", "check", "handling", "--complaint", C, "--no", "H1")
    assert judged(made) == [("breach", rule)]


WORDLESS = {
    ("propose", "1", "--text", ""): ("complaints.oral-offer-solution", "Say what was proposed."),
    ("instruct", "1", "--text", " "): ("complaints.oral-ask-head", "Say what the instruction is."),
    ("investigate", "1", "--finding", " "): ("complaints.verify-and-investigate", "Say what was found out."),
    ("reply", "1", "--via", ""): (
        "complaints.handler-resolves-and-replies",
        "Say how the customer was answered.",
    ),
    ("attempt", "1", "--via", " "): (
        "complaints.handler-resolves-and-replies",
        "Say how the customer was tried.",
    ),
    ("correct", "2", "--text", ""): ("complaints.correct-promptly", "Say what was put right."),
    ("hq-status", "1", "--text", ""): ("complaints.track-escalated", "Say what head office said."),
    ("extend", "1", "--to", "30", "--reason", " "): ("complaints.track-escalated", "Say why it takes longer."),
    ("unmerge", "4", "--reason", " "): ("complaints.record-every-one", "Say why they are two matters."),
}


@pytest.mark.rule(
    "complaints.oral-offer-solution",
    "complaints.oral-ask-head",
    "complaints.verify-and-investigate",
    "complaints.handler-resolves-and-replies",
    "complaints.correct-promptly",
    "complaints.track-escalated",
    "complaints.record-every-one",
)
def test_an_entry_without_its_words_keeps_no_duty(desk: BranchKit, take: Take) -> None:
    """An empty reply is none: nothing is stored, and the customer is still owed one."""
    for _number in range(4):
        take()
    desk.ok("complaints", "confirm-beyond-authority", "1", as_="chen")
    desk.ok("complaints", "escalate", "1", as_="li")
    desk.ok("complaints", "resolve", "2", "--outcome", "upheld", "--facts", "log", as_="wang")
    desk.ok("complaints", "merge", "4", "--into", "3", as_="li")
    before = desk.branch.ledger.head().size
    for words, expected in WORDLESS.items():
        wrong = desk.fails("complaints", *words, exit=4, as_="chen" if words[0] in ("instruct", "extend") else "li")
        assert (words, wrong["rule"], wrong["message"]) == (words, *expected)
    assert desk.branch.ledger.head().size == before


@pytest.mark.rule("complaints.hand-over-beyond-authority")
def test_what_the_handler_took_stays_taken_by_the_handler_when_another_is_designated_that_day(
    desk: BranchKit, take: Take
) -> None:
    take(as_="li")
    desk.ok("complaints", "handler", "set", "zhao", as_="chen", at="12:00")
    owed = [duty["title"] for duty in desk.ok("due", "--overdue", at="16:00") if duty["subject"] == "C-2026-0001"]
    assert "Answer it, or hand it over to the handler" not in owed

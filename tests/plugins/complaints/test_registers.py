"""Articles 3, 4 and 8(3): registers on paper, gaps, statistics, duplicates, letters to start from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from branchops.testing import BranchKit

C, D, E = "C-2026-0001", "C-2026-0002", "C-2026-0003"
Take = Callable[..., Any]
Bring = Callable[..., None]


def figures(kit: BranchKit, period: str) -> dict[str, tuple[int, int | None, str]]:
    """Statistics by name: n, denominator, rate."""
    page = kit.ok("complaints", "stats", period)
    return {row["figure"]: (row["n"], row["of"], row["rate"]) for row in page["figures"]}


@pytest.mark.rule("complaints.oral-reply-and-register")
def test_a_line_lacks_what_it_lacks_and_the_head_signs_only_what_is_entered(
    desk: BranchKit, take: Take, bring: Bring
) -> None:
    take("oral")
    (row,) = desk.ok("complaints", "gaps", "2026-11")
    assert (row["id"], row["missing"]) == (C, ["register entry", "reply", "outcome", "cause", "signature"])
    desk.ok("complaints", "reply", C, "--via", "in person", "--text", "sorry", "--on-the-spot", as_="wang")
    desk.ok("complaints", "resolve", C, "--outcome", "not-upheld", "--facts", "x", as_="wang")
    desk.ok("complaints", "explain", C, "--routes", as_="wang")
    desk.ok("complaints", "cause", C, "C7", as_="wang")
    error = desk.fails("complaints", "signoff", C, exit=4)
    assert (error["rule"], error["message"]) == (
        "complaints.oral-reply-and-register",
        f"{C} is not in the opinion register.",
    )
    desk.ok("complaints", "enter", C, as_="li")
    desk.ok("complaints", "signoff", C)
    assert desk.ok("complaints", "gaps", "2026-11") == []


def test_a_book_check_that_found_more_than_is_recorded_is_a_gap(desk: BranchKit, take: Take) -> None:
    desk.ok("complaints", "book-check", "--entries", "2", "--pages", "4-5", as_="li")
    take("book", "--page", "4", as_="li")
    rows = {row["id"]: row["missing"] for row in desk.ok("complaints", "gaps")}
    assert rows["2026-11-23"] == ["book check found 2 entries, 1 are recorded"]


def test_prints_are_numbered_and_the_same_lines_have_the_same_digest(desk: BranchKit, take: Take) -> None:
    take("letter", as_="li")
    first = desk.run("complaints", "register", "2026-11", "--print")
    again = desk.run("complaints", "register", "2026-11", "--print")
    assert "Copy" not in first.out
    assert "Opinion register · Copy 2" in again.out
    printed = desk.events("complaints.printed")
    assert [(one.data.copy, one.data.lines) for one in printed] == [(1, 1), (2, 1)]
    assert printed[0].data.digest == printed[1].data.digest
    assert f"Digest: {printed[0].data.digest}" in again.out
    desk.run("complaints", "register", "2026-11", "--print", "--reveal", lang="zh")
    assert desk.events("complaints.printed")[-1].data.digest == printed[0].data.digest
    take("letter", as_="li", gist="another")
    desk.run("complaints", "register", "2026-11", "--print")
    assert desk.events("complaints.printed")[-1].data.digest != printed[0].data.digest


def test_what_comes_after_a_print_goes_on_a_supplement_page(desk: BranchKit, take: Take) -> None:
    take("letter", as_="li")
    desk.run("complaints", "register", "2026-11", "--print")
    desk.clock.tick(days=1)
    take("letter", "--at", "2026-11-23 16:00", as_="li", gist="late")
    shown = desk.run("complaints", "register", "2026-11", "--print", "--supplement")
    assert "Opinion register · Supplement" in shown.out
    assert [line for line in shown.out.splitlines() if "C-2026" in line and C in line] == []
    assert f"{D} late" in " ".join(shown.out.split())


def test_a_voided_complaint_keeps_its_number_and_its_struck_line(desk: BranchKit, take: Take) -> None:
    pos = take("letter", as_="li")["pos"]
    take("letter", as_="li", gist="the next")
    desk.ok("void", str(pos), "--reason", "typed twice", as_="li")
    lines = [(line["number"], line["void"]) for line in desk.ok("complaints", "register", "2026-11")]
    assert lines == [(C, True), (D, False)]
    out = desk.run("complaints", "register", "2026-11").out
    assert "typed twice" in " ".join(out.replace("~~", "").split())
    assert figures(desk, "2026-11")["received"][0] == 1


def test_a_void_stands_in_the_register_of_the_period_in_which_its_complaint_came(desk: BranchKit, take: Take) -> None:
    take("letter", as_="li")
    desk.clock.set("2026-12-02 10:00")
    desk.ok("complaints", "cause", C, "C7", as_="li")
    desk.ok("void", desk.events("complaints.cause-found")[0].id, "--reason", "wrong code", as_="li")
    assert desk.ok("complaints", "register", "2026-12") == []
    assert [line["void"] for line in desk.ok("complaints", "register", "2026-11")] == [False, True]


def test_a_void_under_the_heads_signature_asks_for_a_new_one(desk: BranchKit, take: Take, bring: Bring) -> None:
    take("oral", "--about", "zhao")
    bring()
    desk.ok("complaints", "signoff", C)
    (event,) = desk.events("complaints.cause-found")
    desk.ok("void", event.id, "--reason", "wrong code", as_="li")
    case = desk.row("complaints.case", C)
    assert (case.status, case.open, case.signed_by, case.cause) == ("resolved", True, "", "")
    desk.ok("complaints", "cause", C, "C3", "--text", "the rule itself", as_="li")
    desk.ok("complaints", "signoff", C)
    assert desk.row("complaints.case", C).signed_by == "chen"


@pytest.mark.rule("complaints.handler-duties")
def test_each_period_that_ended_is_reported_and_nil_is_an_answer(desk: BranchKit) -> None:
    """November had none: a nil return, and it is still owed, five working days after its end."""
    desk.clock.set("2026-12-01 09:00")
    (owed,) = [one for one in desk.duties() if one.rule == "complaints.handler-duties"]
    assert (owed.subject, owed.who, owed.due.isoformat()) == ("0301@2026-11", "li", "2026-12-07T17:00:00+08:00")
    page = desk.ok("complaints", "stats", "2026-11")
    assert (page["received"], page["nil"], page["previous_period"]) == (0, True, "2026-10")
    assert {row["rate"] for row in page["figures"] if row["of"] is not None} == {None}
    assert "Nil return: no complaint was received in this period." in desk.run("complaints", "stats", "2026-11").out
    assert desk.fails("complaints", "report", "2026-12", exit=4, as_="li")["message"] == "2026-12 is not over yet."
    assert desk.fails("complaints", "report", "2026-11", exit=5)["rule"] == "complaints.handler-duties"
    made = desk.ok("complaints", "report", "2026-11", as_="li")
    assert (made["data"]["n"], made["data"]["to"]) == (0, "HQ")
    (owed,) = [one for one in desk.duties() if one.rule == "complaints.handler-duties"]
    assert owed.met is not None
    desk.clock.set("2027-01-04 09:00")
    subjects = [one.subject for one in desk.duties() if one.rule == "complaints.handler-duties" and one.met is None]
    assert sorted(subjects) == ["0301@2026", "0301@2026-12", "0301@2026-Q4"]


@pytest.mark.rule("complaints.settle-at-outlet")
def test_settled_at_the_outlet_stands_beside_what_went_up(desk: BranchKit, take: Take, bring: Bring) -> None:
    take("oral", "--about", "zhao")
    bring()
    desk.ok("complaints", "signoff", C)
    take("phone", "--no-contact", "withheld", as_="li")
    desk.ok("complaints", "confirm-beyond-authority", D)
    desk.ok("complaints", "escalate", D, as_="li")
    found = figures(desk, "2026-11")
    assert found["settled at the outlet"] == (1, 1, "100.0 %")
    assert found["reported to head office"] == (1, 2, "50.0 %")
    assert found["upheld wholly or partly"] == (1, 1, "100.0 %")
    assert found["answered within the limit"] == (1, 1, "100.0 %")


def test_a_merged_complaint_counts_once_and_comes_back_when_that_was_wrong(desk: BranchKit, take: Take) -> None:
    take("phone", "--caller", "Mr Wu", "--contact", "138 1234 5601")
    again = take("phone", "--caller", "Wu", "--contact", "13812345601")
    assert [one["message"] for one in again["verdicts"]] == [f"This customer has complained before: {C}."]
    take("phone", "--caller", "Mrs Bo", "--contact", "13912345601")
    assert figures(desk, "2026-11")["repeated by the same customer"] == (1, 3, "33.3 %")
    rule = "complaints.record-every-one"
    assert desk.fails("complaints", "merge", C, "--into", D, exit=4)["rule"] == rule
    assert desk.fails("complaints", "merge", E, "--into", C, exit=4)["message"] == (
        f"{C} is another customer's: each is owed a reply."
    )
    desk.ok("complaints", "merge", D, "--into", C)
    found = figures(desk, "2026-11")
    assert (found["received"][0], found["merged into another"][0]) == (2, 1)
    assert [one for one in desk.duties() if one.subject == D] == []
    assert desk.fails("complaints", "merge", E, "--into", D, exit=4)["message"] == f"{D} is closed or merged itself."
    desk.ok("complaints", "unmerge", D, "--reason", "another account")
    assert figures(desk, "2026-11")["received"][0] == 3
    assert desk.row("complaints.case", D).status == "received"


def test_the_digest_names_nobody(desk: BranchKit, take: Take) -> None:
    take("phone", "--caller", "Mr Wu", "--contact", "13812345601")
    raw = b"".join(event.body for event in desk.branch.ledger.read())
    assert b"13812345601" not in raw
    assert b"Mr Wu" not in raw


def test_a_part_keeps_the_clock_of_the_whole(desk: BranchKit, take: Take) -> None:
    take("oral", "--contact", "13812345601")
    desk.clock.set("2026-11-25 10:00")
    made = desk.ok("complaints", "split", C, "--gist", "and the card was swallowed", as_="li")
    assert (made["id"], made["data"]["split_from"]) == (D, C)
    limits = {one.subject: one.due for one in desk.duties() if one.rule == "complaints.reply-within-three-days"}
    assert limits[C] == limits[D]
    from branchops.core.entry import New
    from branchops.core.errors import Rejected
    from branchops.plugins.complaints.events import Received

    with pytest.raises(Rejected, match="keeps its clock"):
        desk.record(Received(channel="oral", gist="x", readback="yes", split_from=C), New("C"))
    with pytest.raises(Rejected, match="clock of a complaint starts"):
        desk.record(Received(channel="oral", gist="x", readback="yes", since=desk.clock.now()), New("C"))


def test_links_are_seen_from_both_sides_and_can_be_taken_back(desk: BranchKit, take: Take) -> None:
    take("oral")
    take("oral")
    desk.ok("complaints", "link", D, "--to", C)
    assert [desk.row("complaints.case", one).links[0].to for one in (C, D)] == [D, C]
    assert desk.fails("complaints", "link", C, "--to", D, exit=4)["message"] == f"{C} and {D} are linked already."
    assert desk.fails("complaints", "link", C, "--to", C, exit=4)["message"] == "A complaint is not linked to itself."
    desk.ok("complaints", "unlink", C, "--to", D)
    assert [desk.row("complaints.case", one).links for one in (C, D)] == [(), ()]


def test_a_matter_that_comes_up_again_is_a_new_complaint(desk: BranchKit, take: Take) -> None:
    take("oral")
    desk.ok("complaints", "withdraw", C, as_="wang")
    assert take("oral", "--reopens", "1")["data"]["reopens"] == C
    assert desk.row("complaints.case", D).reopens == C


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("apology", "Zhao Lei apologises to you in person."),
        ("interim", "will tell you more by 2026-11-25 12:00. Li Na"),
    ],
)
def test_a_template_is_filled_and_nothing_is_sent(
    desk: BranchKit, take: Take, bring: Bring, name: str, said: str
) -> None:
    take("oral", "--about", "zhao", "--caller", "Mrs Liu")
    bring()
    before = desk.branch.ledger.head().size
    text = "\n".join(row["text"] for row in desk.ok("complaints", "template", C, name, "--reveal"))
    assert said in text
    assert text.startswith("Dear Mrs Liu,")
    assert desk.branch.ledger.head().size == before
    assert desk.fails("complaints", "template", C, "poem", exit=10)["hint"] == (
        "Use one of: apology, explanation, interim."
    )


@pytest.mark.rule("complaints.letter-investigate-and-reply")
def test_a_letter_is_never_answered_on_the_spot(desk: BranchKit, take: Take) -> None:
    take("letter", as_="li")
    told = ("--via", "letter", "--text", "x", "--on-the-spot")
    assert desk.fails("complaints", "reply", C, *told, exit=4, as_="li")["rule"] == (
        "complaints.letter-investigate-and-reply"
    )


@pytest.mark.rule("complaints.book-suggestions")
def test_a_suggestion_is_adopted_or_not_before_it_is_closed(desk: BranchKit, take: Take) -> None:
    rule = "complaints.book-suggestions"
    take("book", "--kind", "suggestion", as_="li", gist="a second pen")
    desk.ok("complaints", "book-reply", C, "--text", "Thank you.", as_="li")
    assert desk.fails("complaints", "close", C, exit=4, as_="li")["rule"] == rule
    desk.ok("complaints", "suggestion", C, "--adopted", as_="li")
    desk.ok("complaints", "kind", C, "praise", as_="li")
    assert desk.fails("complaints", "suggestion", C, "--not-adopted", exit=4, as_="li")["rule"] == rule
    desk.ok("complaints", "kind", C, "suggestion", as_="li")
    desk.ok("complaints", "close", C, as_="li")
    assert figures(desk, "2026-11")["suggestions"][0] == 1


@pytest.mark.rule("complaints.book-suggestions")
def test_nobody_escapes_the_limit_by_calling_a_complaint_praise(desk: BranchKit, take: Take) -> None:
    rule = "complaints.book-suggestions"
    take("oral")
    assert desk.fails("complaints", "kind", C, "praise", "--reason", "x", exit=5, as_="wang")["rule"] == rule
    assert desk.fails("complaints", "kind", C, "praise", exit=4, as_="li")["message"] == f"Say why {C} is no complaint."


@pytest.mark.rule("complaints.record-every-one")
def test_nobody_archives_what_was_taken_here(desk: BranchKit, take: Take) -> None:
    from branchops.core.errors import Rejected
    from branchops.plugins.complaints.events import Archived

    take("oral")
    with pytest.raises(Rejected, match="was taken here and is not archived"):
        desk.record(Archived(outcome="not-upheld"), C)


@pytest.mark.rule("complaints.track-escalated")
def test_the_regulators_limit_is_extended_step_by_step(desk: BranchKit, take: Take) -> None:
    rule = "complaints.track-escalated"
    take("oral")
    assert desk.fails("complaints", "extend", C, "--to", "30", "--reason", "x", exit=4)["rule"] == rule
    take("other", "--subtype", "regulator", "--regulator", "NFRA", as_="li")

    def due() -> str:
        found = [one for one in desk.duties() if one.subject == f"{D}#regulator"]
        return found[0].due.isoformat()

    assert due() == "2026-12-08T17:00:00+08:00"
    assert desk.fails("complaints", "extend", D, "--to", "60", "--reason", "x", exit=4)["rule"] == rule
    desk.ok("complaints", "extend", D, "--to", "30", "--reason", "three branches")
    assert due() == "2026-12-23T17:00:00+08:00"
    assert desk.fails("complaints", "extend", D, "--to", "60", "--reason", "x", exit=4)["message"] == (
        "Beyond 30 days a superior office approves."
    )
    desk.ok("complaints", "extend", D, "--to", "60", "--reason", "x", "--approval", "HQ-2026-88")
    assert due() == "2027-01-22T17:00:00+08:00"

"""S5: the opinion book: the day nobody looked, a contact that must be answered, praise, a page that is gone."""

from __future__ import annotations

import pytest

from branchops.testing import BranchKit

TUESDAY, WEDNESDAY = "2026-11-24", "2026-11-25"
ENTRY, PRAISE = "C-2026-0001", "C-2026-0002"


@pytest.fixture
def book(kit: BranchKit) -> BranchKit:
    """A volume of 100 pages, read up to page 11 on Monday; on Tuesday nobody looks."""
    kit.pins("chen", "li")
    kit.ok("complaints", "volume", "start", "7", "--pages", "100", as_="li")
    kit.ok("complaints", "book-check", "--entries", "3", "--pages", "1-11", at="2026-11-23 16:30", as_="li")
    return kit


def look(kit: BranchKit, day: str) -> dict[str, object]:
    """The duty to read the book of a day."""
    rule = "complaints.book-checked-daily"
    (found,) = [one for one in kit.duties(on=__import__("datetime").date.fromisoformat(day)) if one.rule == rule]
    from branchops.core.rulebook.duty import status

    return {"status": status(found, kit.clock.now()), "met": found.met is not None}


@pytest.mark.rule("complaints.book-checked-daily")
def test_a_look_recorded_on_wednesday_for_tuesday_is_kept_and_cures_nothing(book: BranchKit) -> None:
    book.clock.set("2026-11-25 09:10")
    assert look(book, TUESDAY) == {"status": "missed", "met": False}
    told = ("--pages", "12-13", "--entries", "2", "--for", TUESDAY)
    made = book.ok("complaints", "book-check", *told, as_="li")
    assert [one["message"] for one in made["verdicts"]] == [
        f"Recorded on {WEDNESDAY} for {TUESDAY}; the look of {TUESDAY} stays missed."
    ]
    assert (made["data"]["day"], made["recorded_at"][:10]) == (TUESDAY, WEDNESDAY)
    assert look(book, TUESDAY) == {"status": "missed", "met": False}
    assert look(book, "2026-11-23") == {"status": "met", "met": True}


@pytest.mark.rule("complaints.book-checked-daily")
def test_backdating_with_at_cures_nothing_either(book: BranchKit) -> None:
    """`--at yesterday` is a claim; the duty counts when it was recorded."""
    book.clock.set("2026-11-25 09:10")
    book.ok("complaints", "book-check", "--entries", "0", "--for", TUESDAY, "--at", "yesterday 16:00", as_="li")
    assert look(book, TUESDAY) == {"status": "missed", "met": False}


@pytest.mark.rule("complaints.book-checked-daily")
def test_no_entries_are_an_answer_and_silence_is_a_miss_at_day_close(book: BranchKit) -> None:
    book.ok("complaints", "book-check", "--entries", "0", at="2026-11-24 16:00", as_="li")
    assert look(book, TUESDAY) == {"status": "met", "met": True}
    closed = book.run("day", "close", "--json", at="2026-11-25 17:30")
    missed = {one["rule"]: one["subject"] for one in closed.json()["missed"]}
    assert (closed.exit, missed["complaints.book-checked-daily"]) == (3, WEDNESDAY)


@pytest.mark.rule("complaints.book-checked-daily")
def test_the_handler_reads_it_or_whoever_the_handler_delegates_to(book: BranchKit) -> None:
    book.clock.set("2026-11-24 16:00")
    error = book.fails("complaints", "book-check", "--entries", "0", exit=5, as_="zhao")
    assert error["rule"] == "complaints.book-checked-daily"
    span = ("--role", "complaint-handler", "--from", TUESDAY, "--until", TUESDAY)
    book.ok("staff", "delegate", "li", "zhao", *span)
    book.ok("complaints", "book-check", "--entries", "0", as_="zhao")
    assert book.fails("complaints", "book-check", "--entries", "0", "--for", "2026-11-26", exit=4, as_="li")[
        "message"
    ] == ("2026-11-26 has not come yet.")


@pytest.fixture
def entries(book: BranchKit) -> BranchKit:
    """Wednesday: two entries on pages 12 and 13; the first left a telephone number, the second is praise."""
    book.ok("complaints", "book-check", "--pages", "12-13", "--entries", "2", at="2026-11-25 09:10", as_="li")
    told = ("--gist", "the ticket machine is broken", "--caller", "Mrs Liu", "--contact", "13812345601", "--page", "12")
    book.ok("complaints", "receive", "--channel", "book", *told, at="09:15", as_="li")
    praise = ("--kind", "praise", "--gist", "Sun was kind", "--page", "13")
    book.ok("complaints", "receive", "--channel", "book", *praise, at="09:16", as_="li")
    return book


def handled(kit: BranchKit) -> None:
    kit.ok("complaints", "notify", ENTRY, "--to", "qian", at="09:20", as_="li")
    kit.ok("complaints", "cause", ENTRY, "C2", "--text", "the printer jams", as_="li")
    kit.ok("complaints", "resolve", ENTRY, "--outcome", "upheld", "--facts", "jams daily", as_="li")
    kit.ok("complaints", "apology", ENTRY, "--by", "qian", as_="li")
    kit.ok(
        "complaints", "book-reply", ENTRY, "--page", "12", "--text", "A new one comes on Monday.", at="10:00", as_="li"
    )


@pytest.mark.rule("complaints.book-contact-left-must-reply")
def test_a_contact_left_is_answered_directly_before_the_entry_is_closed(entries: BranchKit) -> None:
    kit = entries
    handled(kit)
    error = kit.fails("complaints", "close", ENTRY, exit=4, as_="li")
    assert (error["rule"], error["message"]) == (
        "complaints.book-contact-left-must-reply",
        f"{ENTRY}: contact left: direct reply owed.",
    )
    kit.ok("complaints", "reply", ENTRY, "--via", "phone", at="10:30", as_="li")
    kit.ok("complaints", "close", ENTRY, at="10:31", as_="li")
    case = kit.row("complaints.case", ENTRY)
    assert (case.status, case.signed_by, case.breaches) == ("closed", "li", ())


@pytest.mark.rule("complaints.head-signs-register")
def test_the_head_has_nothing_to_sign_in_the_book(entries: BranchKit) -> None:
    handled(entries)
    error = entries.fails("complaints", "signoff", ENTRY, "--by", "chen", exit=4)
    assert error["message"] == "The opinion book is signed by the handler, not by the head (Art. 9)."
    assert "complaints.head-signs-register" not in {one.rule for one in entries.duties()}


@pytest.mark.rule("complaints.book-written-reply-signed")
def test_the_written_reply_is_signed_by_the_handler_and_holds_nobodys_number(entries: BranchKit) -> None:
    kit = entries
    error = kit.fails("complaints", "close", PRAISE, exit=4, as_="li")
    assert (error["rule"], error["message"]) == (
        "complaints.book-written-reply-signed",
        f"{PRAISE} has no written reply in the book.",
    )
    told = ("--page", "12", "--text", "We called 138 1234 5601.")
    assert kit.fails("complaints", "book-reply", ENTRY, *told, exit=4, as_="li")["rule"] == (
        "complaints.book-written-reply-signed"
    )
    signed = ("--text", "Thank you.", "--signed-by", "chen")
    assert kit.fails("complaints", "book-reply", PRAISE, *signed, exit=5, as_="li")["rule"] == (
        "complaints.book-written-reply-signed"
    )
    kit.ok("complaints", "book-reply", PRAISE, "--text", "Thank you.", as_="li")
    kit.ok("complaints", "close", PRAISE, as_="li")
    assert kit.row("complaints.case", PRAISE).status == "closed"


@pytest.mark.rule("complaints.book-on-display")
def test_a_page_passed_over_is_an_alarm(entries: BranchKit) -> None:
    """Page 14 is gone: the next look begins with page 15."""
    told = ("--pages", "15-16", "--entries", "1")
    made = entries.ok("complaints", "book-check", *told, at="2026-11-26 16:00", as_="li")
    assert [(one["rule"], one["message"]) for one in made["verdicts"]] == [
        ("complaints.book-on-display", "The book does not go on: pages 14 are missing.")
    ]
    assert entries.row("complaints.book", "opinion-book").missing == (14,)
    assert "Missing pages: 14" in entries.run("complaints", "volume", "list").out


@pytest.mark.rule("complaints.book-notify-responsible")
def test_the_one_responsible_is_told_the_same_day(entries: BranchKit) -> None:
    kit = entries
    rule = "complaints.book-notify-responsible"
    (found,) = [one for one in kit.duties() if one.rule == rule]
    assert (found.subject, found.due.isoformat(), found.met) == (ENTRY, "2026-11-25T17:00:00+08:00", None)
    assert kit.fails("complaints", "notify", ENTRY, exit=4, as_="li")["rule"] == rule
    kit.ok("complaints", "notify", ENTRY, "--note", "nobody knows who ordered the machine", at="09:30", as_="li")
    (found,) = [one for one in kit.duties() if one.rule == rule]
    assert found.met is not None

"""Articles 1 to 5: what is recorded, where, by whom."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchops.plugins.complaints.events import Received
from branchops.plugins.complaints.rules.decide.tidy import tidy
from branchops.testing import BranchKit

C = "C-2026-0001"
Take = Callable[..., Any]


def judged(made: Any) -> list[tuple[str, str]]:
    return [(one["outcome"], one["rule"]) for one in made["verdicts"]]


@pytest.mark.rule("complaints.scope-outlets")
def test_a_complaint_belongs_to_an_outlet_in_the_register(desk: BranchKit, take: Take) -> None:
    take("oral")
    assert desk.row("complaints.case", C).outlet == "0301"
    told = ("--channel", "oral", "--gist", "x", "--readback", "yes", "--outlet", "9999")
    error = desk.fails("complaints", "receive", *told, exit=4)
    assert (error["rule"], error["hint"]) == ("complaints.scope-outlets", "The outlets here: 0301")


@pytest.mark.rule("complaints.four-channels")
@pytest.mark.parametrize(
    ("channel", "more", "code"),
    [
        ("oral", (), "A1"),
        ("book", (), "A1"),
        ("letter", (), "A9"),
        ("phone", (), "A4"),
        ("other", ("--subtype", "web"), "A3"),
    ],
)
def test_every_channel_has_a_standard_code(
    desk: BranchKit, take: Take, channel: str, more: tuple[str], code: str
) -> None:
    take(channel, *more)
    assert desk.row("complaints.case", C).channel_code == code


@pytest.mark.rule("complaints.four-channels")
@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (("--channel", "other", "--subtype", "pigeon"), "Say how it came with --subtype: web, app,"),
        (("--channel", "oral", "--business", "B77"), "The codes: B1, B2,"),
        (("--channel", "oral", "--channel-code", "A77"), "The codes: A1, A2,"),
        (("--channel", "oral", "--tag", "vip"), "The tags: regulator, media,"),
    ],
)
def test_what_is_no_channel_code_or_tag_is_rejected(desk: BranchKit, wrong: tuple[str, ...], hint: str) -> None:
    error = desk.fails("complaints", "receive", "--gist", "x", "--readback", "yes", *wrong, exit=4)
    assert error["rule"] == "complaints.four-channels"
    assert error["hint"].startswith(hint)


@pytest.mark.rule("complaints.record-every-one")
def test_numbers_are_gap_free_and_a_late_record_is_kept_as_one(desk: BranchKit, take: Take) -> None:
    assert [take("oral")["id"], take("book")["id"]] == [C, "C-2026-0002"]
    late = desk.ok(
        "complaints",
        "receive",
        "--channel",
        "letter",
        "--gist",
        "found in a drawer",
        "--at",
        "2026-11-20 09:00",
        as_="li",
    )
    assert judged(late)[0] == ("breach", "complaints.record-every-one")
    assert late["id"] == "C-2026-0003"


@pytest.mark.rule("complaints.record-every-one")
@pytest.mark.parametrize("gist", ["", "   ", "\n"])
def test_a_complaint_without_a_gist_is_no_complaint(desk: BranchKit, gist: str) -> None:
    error = desk.fails("complaints", "receive", "--channel", "oral", "--gist", gist, "--readback", "yes", exit=4)
    assert error["rule"] == "complaints.record-every-one"


@pytest.mark.rule("complaints.record-every-one")
def test_nothing_is_done_about_what_was_never_recorded(desk: BranchKit) -> None:
    from branchops.core.errors import Rejected
    from branchops.plugins.complaints.events import Replied

    with pytest.raises(Rejected, match="no such complaint"):
        desk.record(Replied(by="li", via="phone"), "C-2026-0099")


def test_taken_back_is_recorded_as_withdrawn_and_ends_it(desk: BranchKit, take: Take) -> None:
    take("oral")
    desk.ok("complaints", "withdraw", C, "--reason", "never mind", as_="wang")
    case = desk.row("complaints.case", C)
    assert (case.status, case.open, desk.duties() and [d for d in desk.duties() if d.subject.startswith("C-")]) == (
        "withdrawn",
        False,
        [],
    )


@pytest.mark.rule("complaints.two-registers")
def test_the_channel_decides_in_which_register_it_stands(desk: BranchKit, take: Take) -> None:
    for channel in ("oral", "book", "letter", "phone"):
        take(channel, as_="li")
    register = [line["number"] for line in desk.ok("complaints", "register")]
    book = [line["number"] for line in desk.ok("complaints", "book")]
    assert (register, book) == ([C, "C-2026-0003", "C-2026-0004"], ["C-2026-0002"])


@pytest.mark.rule("complaints.register-for-other-channels")
def test_a_first_takers_note_is_entered_by_the_handler_and_nobody_else(desk: BranchKit, take: Take) -> None:
    rule = "complaints.register-for-other-channels"
    take("oral")
    (owed,) = [one for one in desk.duties() if one.rule == rule]
    assert (owed.subject, owed.who, owed.due.isoformat()) == (C, "li", "2026-11-24T17:00:00+08:00")
    error = desk.fails("complaints", "enter", C, exit=5, as_="wang")
    assert (error["rule"], error["code"]) == (rule, "not_entitled") or error["rule"] == rule
    desk.ok("complaints", "enter", C, as_="li")
    assert [one.met is not None for one in desk.duties() if one.rule == rule] == [True]
    assert desk.fails("complaints", "enter", C, exit=4, as_="li")["message"] == f"{C} is in the register already."


@pytest.mark.rule("complaints.everyone-must-accept")
def test_a_guard_of_another_firm_takes_complaints(desk: BranchKit, take: Take) -> None:
    made = take("oral", as_="guard")
    assert (made["data"]["taker"], judged(made)) == ("guard", [])
    refused = desk.ok("complaints", "conduct", "--kind", "refused", "--who", "guard")
    assert judged(refused) == [("breach", "complaints.everyone-must-accept")]
    from branchops.core.errors import Rejected

    with pytest.raises(Rejected):
        desk.record(Received(channel="book", gist="x", taker="nobody"), "C-2026-0050")


@pytest.mark.rule("complaints.book-on-display", "complaints.hotline-plate-displayed")
def test_what_is_wanting_on_the_opening_checklist_is_a_breach_of_its_rule(desk: BranchKit) -> None:
    made = desk.ok("complaints", "check", "opening", "--no", "O1", "--no", "o2")
    assert judged(made) == [
        ("breach", "complaints.book-on-display"),
        ("breach", "complaints.hotline-plate-displayed"),
    ]
    assert desk.row("complaints.opening-day", "2026-11-23").wanting == (
        "complaints.book-on-display",
        "complaints.hotline-plate-displayed",
    )
    assert desk.run("complaints", "check", "opening", "--no", "X9").exit == 2


@pytest.mark.rule("complaints.hotline-plate-displayed")
def test_the_opening_checklist_is_owed_each_morning_and_the_number_is_checked(desk: BranchKit) -> None:
    (owed,) = [one for one in desk.duties() if one.rule == "complaints.book-on-display"]
    assert (owed.due.isoformat(), owed.met) == ("2026-11-23T09:30:00+08:00", None)
    desk.ok("complaints", "check", "opening")
    (owed,) = [one for one in desk.duties() if one.rule == "complaints.book-on-display"]
    assert owed.met is not None
    from branchops.core.reading import Reading
    from branchops.plugins.complaints.reports.checks import desk_ready

    rules = [verdict.rule for verdict in desk_ready(Reading(desk.branch))]
    assert rules == ["complaints.hotline-plate-displayed", "complaints.book-on-display"]
    desk.ok("policy", "set", "outlet.hotline", "95555", "--reason", "plate")
    assert [verdict.rule for verdict in desk_ready(Reading(desk.branch))] == ["complaints.book-on-display"]


@pytest.mark.rule("complaints.book-on-display")
def test_one_volume_lies_in_the_hall_at_a_time(desk: BranchKit) -> None:
    desk.ok("complaints", "volume", "start", "7", "--pages", "50", as_="li")
    rule = "complaints.book-on-display"
    assert desk.fails("complaints", "volume", "start", "8", "--pages", "50", exit=4)["rule"] == rule
    assert desk.fails("complaints", "volume", "end", "7", "--last", "51", exit=4)["rule"] == rule
    assert (
        desk.fails("complaints", "book-check", "--pages", "50-51", "--entries", "1", exit=4, as_="li")["rule"] == rule
    )
    torn = desk.ok("complaints", "volume", "end", "7", "--last", "12", "--reason", "torn")
    assert judged(torn) == [("breach", rule)]
    desk.ok("complaints", "volume", "start", "8", "--pages", "50")


def test_files_are_kept_by_their_digest(desk: BranchKit, take: Take, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"letter")
    made = take("letter", "--file", str(scan), as_="li")
    assert (
        made["data"]["sha256"] == "0e5c1c3b6e7fb2c7ec2d35c4be9b8f4ce3b1e8c2cbb3a7a4a9f0a1a6ea3b1f5e"
        or len(made["data"]["sha256"]) == 64
    )


def test_long_numbers_never_reach_the_ledger(desk: BranchKit, take: Take) -> None:
    """Cards and identity documents keep their last four; a telephone number stays."""
    take("oral", gist="my card 6222 0212 3456 7890 and ID 11010519491231002X, call 13812345601")
    (event,) = desk.events("complaints.received")
    text = desk.branch.keys.unseal(event.data.gist)
    assert text == "my card ****7890 and ID ****002X, call 13812345601"


@given(st.text(alphabet="0123456789 -x ab", max_size=40))
def test_no_run_of_twelve_digits_survives(text: str) -> None:
    """Whatever stands between them: what is kept holds no number long enough for a card or an identity document."""
    import re

    kept = tidy(text)
    assert re.search(r"(?<![0-9])[0-9]{12,19}(?![0-9])", kept) is None
    assert tidy(kept) == kept


def test_what_the_bank_does_not_keep_is_not_stored(desk: BranchKit, take: Take) -> None:
    desk.ok("policy", "set", "complaints.pii.fields", "caller", "--reason", "minimum")
    take("phone", "--caller", "Mrs Liu", "--contact", "13812345601")
    (event,) = desk.events("complaints.received")
    assert (event.data.caller is not None, event.data.contact) == (True, None)


@pytest.mark.rule("complaints.four-channels")
def test_what_is_judged_anew_is_one_of_the_known_codes(desk: BranchKit, take: Take) -> None:
    take()
    wrong = desk.fails("complaints", "classify", "1", "--tag", "S1", exit=4, as_="li")
    assert (wrong["rule"], wrong["message"]) == ("complaints.four-channels", "No such tag: S1.")
    assert desk.fails("complaints", "classify", "1", "--business", "Z", exit=4, as_="li")["message"] == (
        "Z is no business code."
    )


def test_to_judge_nothing_anew_is_no_entry(desk: BranchKit, take: Take) -> None:
    take()
    before = desk.branch.ledger.head().size
    assert (
        desk.fails("complaints", "classify", "1", exit=2, as_="li")["message"] == "Nothing is said to be judged anew."
    )
    assert desk.branch.ledger.head().size == before


@pytest.mark.rule("complaints.book-on-display")
def test_an_entry_of_the_book_stands_on_a_page_that_the_volume_has(desk: BranchKit, take: Take) -> None:
    desk.ok("complaints", "volume", "start", "7", "--pages", "20", as_="li")
    book = ("complaints", "receive", "--channel", "book", "--gist", "x")
    for more in (("--page", "99"), ("--page", "21", "--volume", "7")):
        wrong = desk.fails(*book, *more, exit=4, as_="li")
        assert (wrong["rule"], wrong["message"]) == (
            "complaints.book-on-display",
            "Volume 7 has the pages 1 to 20.",
        )
    take("book", "--page", "20", "--volume", "7", as_="li")
    take("book", "--page", "99", "--volume", "6", as_="li")

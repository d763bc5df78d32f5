"""What is printed and listed: whole pages, in both languages, and lists that are empty when nothing is there."""

from __future__ import annotations

from typing import Any

import pytest

NOTICE = """\
Hygiene notice
0301 Riverside  V-2026-0001

No.  Item           Text
---  -------------  ----------------------------------------------------------------------
1    Notice number  V-2026-0001
2    Full name      sun Sun Yue
3    What           smoking
4    When           2026-11-23 08:30
5    Occasion       1
6    Penalty        CNY 10.00
7    State          reported
8    Evidence       -
9    Paid into      the fund for collective activities, as a contribution; nobody keeps it
10   To contest it  branchops hygiene violation appeal V-2026-0001 --reason …

Administration department: ______________________________  Date: ____________

Person concerned: ______________________________  Date: ____________

Page 1 of 1
"""

ROTA = """\
值日表
0301 Riverside  2026-11

序号  日期        星期  值日人         方式    完成签字
----  ----------  ----  -------------  ------  --------
1     2026-11-26  周四  zhao Zhao Lei  按计划
2     2026-11-27  周五  sun Sun Yue    按计划
3     2026-11-30  周一  zhao Zhao Lei  按计划

卫生管理员：______________________________  日期：____________

第 1 页，共 1 页
"""


def printed(kit: Any, *words: str, **how: Any) -> str:
    done = kit.run(*words, "--format", "plain", **how)
    assert done.exit == 0, done.err
    return str(done.out)


def test_the_notice_says_what_when_how_much_and_how_to_contest(hygiene: Any) -> None:
    """The whole page, as it is handed over."""
    hygiene.ok("hygiene", "violation", "add", "--kind", "smoking", "--who", "sun")
    assert printed(hygiene, "hygiene", "penalty", "notice", "1") == NOTICE


def test_the_rota_on_the_wall_is_chinese_when_asked(hygiene: Any) -> None:
    """The whole sheet in Chinese, columns straight under full-width text."""
    hygiene.ok("hygiene", "rota", "make", "--from", "2026-11-26", "--to", "2026-11-30", "--people", "zhao,sun")
    assert printed(hygiene, "hygiene", "rota", "print", "--month", "2026-11", lang="zh") == ROTA


@pytest.mark.rule("hygiene.penalties-fund-activities")
def test_the_statement_has_every_line_with_its_two_people(hygiene: Any) -> None:
    """Income with its penalty, spending with payer and approver, each with the balance after it; HTML has the same."""
    hygiene.ok("hygiene", "violation", "add", "--kind", "smoking", "--who", "sun")
    hygiene.ok("hygiene", "violation", "confirm", "1", "--by", "li", as_="li")
    hygiene.ok("hygiene", "fund", "in", "1", as_="li")
    hygiene.ok("hygiene", "fund", "out", "--amount", "4", "--activity", "tea", "--payer", "li", "--approver", "chen")
    rows = hygiene.ok("hygiene", "fund", "statement", "--period", "2026-11")
    assert [(row["ref"], row["signed"], row["in"], row["out"], row["balance"]) for row in rows[1:-1]] == [
        ("V-2026-0001", "sun / li", "10.00", None, "10.00"),
        ("tea (outing)", "li / chen", None, "4.00", "6.00"),
    ]
    page = hygiene.run("hygiene", "fund", "statement", "--format", "html").out
    assert page.startswith("<!doctype html>")
    assert "tea (outing)" in page
    shown = printed(hygiene, "show", "V-1")
    assert "CNY or points" in shown


def test_a_blank_sheet_has_no_answers_and_a_filled_one_has_all(hygiene: Any) -> None:
    """The sheet of a zone waits for a pen; that of an inspection has score and answers; a critical row has its star."""
    hygiene.ok("hygiene", "zones", "adopt")
    blank = hygiene.ok("hygiene", "sheet", "copier-corner")
    assert {row["answer"] for row in blank} == {""}
    assert [row["title"][-2:] for row in blank if row["code"] == "E05"] == [" *"]
    hygiene.ok("hygiene", "inspect", "copier-corner", "--rest", "pass", "--by", "chen")
    filled = hygiene.ok("hygiene", "sheet", "HI-1")
    assert [row["code"] for row in filled] == [row["code"] for row in blank]
    assert {row["answer"] for row in filled} == {"pass"}
    assert "score 100.0" in printed(hygiene, "hygiene", "sheet", "HI-1")
    assert "卫生检查表" in printed(hygiene, "hygiene", "sheet", "HI-1", lang="zh")


@pytest.mark.parametrize(
    "words",
    [
        ("violation", "list"),
        ("penalty", "list"),
        ("penalty", "book"),
        ("fund", "statement"),
        ("rota", "show"),
        ("room", "list"),
        ("borrow", "--list"),
        ("action", "list"),
        ("spotcheck", "list"),
        ("zones", "list"),
        ("zones", "assets"),
        ("duty", "show"),
        ("round", "--show"),
    ],
)
def test_a_list_of_nothing_is_empty_and_well(kit: Any, words: tuple[str, ...]) -> None:
    """A fresh branch has no hygiene records: every list answers with none, in both languages."""
    assert kit.ok("hygiene", *words) == []
    for lang in ("en", "zh"):
        assert kit.run("hygiene", *words, lang=lang).exit == 0


@pytest.mark.parametrize("report", ["hygiene-scores", "hygiene-inspectors", "hygiene-rooms", "hygiene-visits"])
def test_a_report_without_data_says_so(kit: Any, report: str) -> None:
    """No data is told, not zero."""
    assert kit.ok("report", report) == []
    assert "No data" in kit.run("report", report, "--format", "plain").out


def test_rooms_and_loans_are_listed_until_they_are_settled(hygiene: Any) -> None:
    """What waits is listed; what is settled only on request."""
    hygiene.ok("hygiene", "room", "used", "reception", "--by", "zhao")
    hygiene.ok("hygiene", "borrow", "files", "--who", "sun", "--pieces", "2")
    assert [(row["room"], row["booker"]) for row in hygiene.ok("hygiene", "room", "list")] == [("reception", "zhao")]
    assert [(row["what"], row["pieces"]) for row in hygiene.ok("hygiene", "borrow", "--list")] == [("files", 2)]
    hygiene.ok("hygiene", "room", "cleaned", "1", "--by", "zhao")
    hygiene.ok("hygiene", "return", "1", "--by", "sun")
    assert hygiene.ok("hygiene", "room", "list") == hygiene.ok("hygiene", "borrow", "--list") == []
    assert len(hygiene.ok("hygiene", "room", "list", "--all")) == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("zones", "own", "stairs"), 2),
        (("zones", "own", "nowhere", "--role", "teller"), 4),
        (("zones", "asset", "pc-9"), 10),
        (("inspect", "nowhere", "--rest", "pass"), 10),
        (("inspect", "stairs", "--item", "D01", "--rest", "pass"), 2),
        (("inspect", "stairs", "--rest", "fail"), 2),
        (("rota", "make", "--from", "2026-12-05", "--to", "2026-12-06"), 2),
        (("rota", "cover", "2026-12-01", "--by", "zhao"), 4),
        (("cleanup", "record", "--planned", "2026-12-05"), 4),
        (("cleanup", "attend", "2026-12-05", "--present", "chen"), 10),
        (("cleanup", "show", "2026-12-05"), 10),
        (("round", "--task", "nothing"), 2),
        (("spotcheck", "plan", "--zones", "nowhere"), 2),
        (("spotcheck", "plan", "--hours", "17:00-09:00"), 5),
        (("duty", "done", "tidy", "--for", "2026-12-24"), 4),
        (("penalty", "notice", "9"), 10),
        (("fund", "out", "--amount", "ten", "--activity", "x", "--approver", "chen"), 2),
    ],
)
def test_nonsense_is_refused_with_its_own_exit_code(hygiene: Any, words: tuple[str, ...], code: int) -> None:
    """Each mistake has a message and a hint, and stores nothing."""
    hygiene.ok("hygiene", "zones", "adopt")
    before = len(hygiene.events())
    error = hygiene.fails("hygiene", *words, exit=code)
    assert error["message"]
    assert error["hint"]
    assert len(hygiene.events()) == before

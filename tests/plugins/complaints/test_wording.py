"""What a clerk reads on the screen, in Chinese: no code, no stored name and no English word that has a Chinese one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from branchops.core.output.layout import width
from branchops.testing import BranchKit

Take = Callable[..., Any]
C = "C-2026-0001"


def facts(page: str) -> dict[str, str]:
    """The facts of a page set as plain text."""
    lines = (line.split(maxsplit=1) for line in page.splitlines()[1:])
    return {words[0]: words[1].strip() for words in lines if len(words) == 2}


def test_the_echo_of_an_entry_says_types_fields_and_codes_in_words(desk: BranchKit) -> None:
    said = ("--channel", "phone", "--gist", "登录不上", "--readback", "walked-away", "--no-contact", "withheld")
    told = facts(desk.run("complaints", "receive", *said, as_="wang", lang="zh").out)
    assert {name: told[name] for name in ("类型", "渠道", "复述", "无联系方式原因", "受理人")} == {
        "类型": "受理投诉",
        "渠道": "电话",
        "复述": "客户离开",
        "无联系方式原因": "不愿提供",
        "受理人": "wang",
    }


def test_a_field_that_means_something_else_in_another_entry_has_a_name_of_its_own(desk: BranchKit, take: Take) -> None:
    take()
    given = facts(desk.run("complaints", "handover", "1", "--to", "li", as_="wang", lang="zh").out)
    desk.ok("complaints", "accept", "1", as_="li")
    promised = facts(desk.run("complaints", "promise", "1", "--by", "11-25 12:00", as_="li", lang="zh").out)
    assert (given["转交给"], promised["承诺时间"]) == ("li", "2026-11-25 12:00")


def test_a_checklist_is_echoed_in_words(desk: BranchKit) -> None:
    out = desk.run("complaints", "check", "opening", "--no", "O2", as_="li", lang="zh").out
    assert "项目：O2；规则：complaints.hotline-plate-displayed；结果：否" in out
    assert "营业前检查" in out


def test_programs_get_the_same_codes_in_any_language(desk: BranchKit, take: Take) -> None:
    take("phone", "--caller", "Mr Wu", "--contact", "13800000000")
    (english,), (chinese,) = (desk.run("complaints", "list", "--json", lang=one).json() for one in ("en", "zh"))
    assert (chinese["reply"], chinese["reply_title"]) == ("open", "待履行")
    words = {"channel_title", "status_title", "reply_title"}
    assert {k: v for k, v in english.items() if k not in words} == {k: v for k, v in chinese.items() if k not in words}


def test_the_page_and_the_sheet_of_a_complaint_speak_chinese(desk: BranchKit, take: Take) -> None:
    """The promise was kept late: the list of clocks says so with the glossary's word."""
    take("phone", "--caller", "孙先生", "--contact", "13800000000")
    desk.ok("complaints", "promise", "1", "--by", "11:00", as_="wang")
    desk.ok("complaints", "reply", "1", "--via", "phone", as_="wang", at="12:00")
    desk.ok("complaints", "link", "1", "--to", take()["id"], as_="li")
    page = facts(desk.run("complaints", "show", "1", lang="zh").out)
    assert (page["答复"], page["时限"]) == ("电话 2026-11-23", "时限已履行、承诺未履行")
    assert page["关联"] == "C-2026-0002 (相关)"
    sheet = desk.run("complaints", "sheet", "1", lang="zh").out
    assert "报送单位" in sheet
    assert "逾期履行" in sheet
    assert "补记" not in sheet


def test_the_heads_list_names_people_and_tells_overdue_from_missed(desk: BranchKit, take: Take) -> None:
    take()
    out = desk.run("complaints", "overdue", lang="zh", at="2026-11-24 12:00").out
    (line,) = [line for line in out.splitlines() if "C-2026-0001" in line]
    assert ("逾期" in line, desk.branch.house.people.name("wang") in line) == (True, True)
    assert any("未履行" in line for line in out.splitlines())


def test_history_and_log_name_entries_for_people_and_types_for_programs(desk: BranchKit, take: Take) -> None:
    take()
    assert "受理投诉" in desk.run("show", "C-1", lang="zh").out
    assert "受理投诉" in desk.run("log", lang="zh").out
    assert "complaints.received" in desk.run("log").out
    assert json.loads(desk.run("log", "--json", "--limit", "1", "--reverse", lang="zh").out)[0]["type"] == (
        "complaints.received"
    )


def test_what_was_met_before_is_not_told_again(desk: BranchKit, take: Take) -> None:
    take(as_="li")
    told = desk.run("complaints", "reply", "1", "--via", "phone", as_="li", at="10:20").out
    assert ("Reply to the customer" in told, "Enter it in the opinion register" in told) == (True, False)
    page = desk.run("complaints", "propose", "1", "--text", "x", as_="li", at="10:30").json
    assert page is not None


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_lists_of_the_desk_fit_a_terminal(desk: BranchKit, take: Take, lang: str) -> None:
    take("phone", "--caller", "孙先生", "--contact", "13800000000", gist="在柜台等了一个小时，没有人理会")
    for words in (("mine",), ("list",), ("list", "--reveal"), ("overdue",), ("gaps",), ("pingpong",)):
        out = desk.run("complaints", *words, lang=lang, as_="wang", at="2026-11-25 12:00", terminal=True).out
        plain = re.sub("\x1b\\[[0-9;]*m", "", out)
        assert [line for line in plain.splitlines() if width(line) > 80] == []


def test_codes_in_a_hint_are_strung_together_as_chinese_is(desk: BranchKit, take: Take) -> None:
    take()
    wrong = desk.fails("complaints", "no-reply", "1", "--reason", "whatever", exit=4, as_="li", lang="zh")
    assert wrong["hint"] == "可用原因：unreachable、anonymous"


def test_a_role_is_called_by_its_title_in_a_chinese_sentence(desk: BranchKit, take: Take) -> None:
    """In English it is the code, which is what people type."""
    take()
    chinese = desk.fails("complaints", "instruct", "1", "--text", "x", "--by", "li", exit=5, lang="zh")
    english = desk.fails("complaints", "instruct", "1", "--text", "x", "--by", "li", exit=5)
    assert (chinese["message"], english["message"]) == (
        "li 未担任网点负责人。",
        "li does not hold the role outlet-head.",
    )
    twice = desk.fails("complaints", "handler", "set", "li", exit=4, lang="zh")
    assert "complaint-handler" not in twice["message"]


def test_the_closing_of_a_day_names_people_roles_and_parts_of_the_day(desk: BranchKit, take: Take) -> None:
    take()
    out = desk.run("day", "close", lang="zh", at="18:00").out
    assert [word for word in ("outlet-head", "#am", "size", "signed") if word in out] == []
    assert ("2026-11-23 上午" in out, "网点负责人" in out) == (True, True)
    assert desk.branch.house.people.name("wang") in out


def test_an_entry_and_its_voiding_are_shown_in_words(desk: BranchKit, take: Take) -> None:
    made = take("phone", "--caller", "孙先生", "--contact", "13800000000")
    entry = facts(desk.run("show", str(made["pos"]), lang="zh").out)
    assert (entry["类型"], entry["渠道"]) == ("受理投诉", "电话")
    desk.ok("complaints", "withdraw", "1", as_="li")
    last = desk.branch.ledger.head().size
    told = desk.run("void", str(last), "--reason", "误操作", as_="chen", lang="zh").out
    assert [word for word in ("complaints.withdrawn", "status", "withdrawn") if word in told] == []


def test_an_empty_call_of_the_service_line_is_no_entry(desk: BranchKit, take: Take) -> None:
    take()
    wrong = desk.fails("complaints", "hotline", "--complaint", "1", exit=4, as_="wang")
    assert wrong["message"] == "Say what happened on the telephone."


def test_a_duty_with_a_part_is_explained_by_its_short_number_too(desk: BranchKit, take: Take) -> None:
    take("other", "--subtype", "regulator", "--regulator", "NFRA", as_="li")
    told = desk.ok("explain", "complaints.reply-within-three-days@C-1#regulator")
    assert told["id"] == "complaints.reply-within-three-days@C-2026-0001#regulator"


def test_a_rate_without_data_is_words_to_people_and_nothing_to_programs_in_any_language(desk: BranchKit) -> None:
    """An empty month: what programs read is the same in both languages but for the columns of words."""
    for lang, words in (("en", "no data"), ("zh", "无数据")):
        assert words in desk.run("complaints", "stats", "2026-11", lang=lang).out
        for form in ("csv", "json", "jsonl"):
            assert words not in desk.run("complaints", "stats", "2026-11", "--format", form, lang=lang).out
    english, chinese = (desk.run("complaints", "stats", "2026-11", "--json", lang=one).json() for one in ("en", "zh"))
    for page in (english, chinese):
        for row in (row for rows in page.values() if isinstance(rows, list) for row in rows):
            del row["title"]
    assert english == chinese


def test_a_section_of_the_statistics_does_not_repeat_its_title_as_a_head(desk: BranchKit, take: Take) -> None:
    take()
    out = desk.run("complaints", "stats", "2026-11", "--format", "md").out
    heads = [line.split("|")[2].strip() for line in out.splitlines() if line.replace(" ", "").startswith("|Code|")]
    assert heads == ["Channel", "Channel", "Business", "Cause", "Outcome", "Level"]


def test_programs_get_what_the_registers_lack_in_one_wording(desk: BranchKit, take: Take) -> None:
    take("letter")
    english, chinese = (desk.run("complaints", "gaps", "--json", lang=one).json() for one in ("en", "zh"))
    assert english == chinese
    assert english[0]["missing"] == ["register entry", "reply", "outcome", "cause", "signature"]


def test_the_page_of_a_complaint_tells_programs_the_codes_as_stored(desk: BranchKit, take: Take) -> None:
    take("other", "--subtype", "web", "--business", "B1", "--about", "zhao", as_="li")
    desk.ok("complaints", "classify", C, "--level", "major", "--tag", "media", as_="li")
    desk.ok("complaints", "cause", C, "C1", "--text", "lunch", as_="li")
    desk.ok("complaints", "resolve", C, "--outcome", "upheld", "--facts", "queue log", as_="li")
    case = desk.row("complaints.case", C)
    for lang in ("en", "zh"):
        page = desk.run("complaints", "show", C, "--json", lang=lang).json()
        told = {
            key: page[key] for key in ("status", "kind", "channel", "subtype", "level", "outcome", "cause", "business")
        }
        assert told == {key: getattr(case, key) for key in told}
        assert (page["taker"], page["owner"], page["about"], page["sensitivity"]) == ("li", "li", ["zhao"], ["media"])


def test_what_explains_a_rule_or_a_duty_has_no_codes_for_people_and_keeps_them_for_programs(desk: BranchKit) -> None:
    rule = facts(desk.run("explain", "complaints.book-checked-daily", lang="zh").out)
    duty = facts(desk.run("explain", "complaints.book-on-display@2026-11-23", lang="zh").out)
    assert (rule["种类"], duty["岗位"]) == ("义务", "网点负责人")
    told = desk.run("explain", "complaints.book-on-display@2026-11-23", "--json", lang="zh").json()
    assert told["role"] == "outlet-head"
    assert desk.run("explain", "complaints.book-checked-daily", "--json", lang="zh").json()["kind"] == "duty"

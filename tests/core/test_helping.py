"""What the front door says by itself: help, questions, and words that cannot be understood, in both languages."""

from __future__ import annotations

import pytest

from branchops.core.output.layout import width
from branchops.testing import BranchKit


def test_a_question_names_the_choices_and_is_asked_again_after_a_wrong_answer(kit: BranchKit) -> None:
    done = kit.run("complaints", "receive", "--gist", "x", terminal=True, stdin="orla\noral\n", lang="zh")
    assert done.exit == 0
    assert done.err.splitlines() == [
        "受理渠道（oral、book、letter、phone、other） [--channel]：",
        "--channel 不能填“orla”。 是否指 oral？ 可选：oral、book、letter、phone、other。",
        "受理渠道（oral、book、letter、phone、other） [--channel]：",
    ]


WRONG_WORDS = {
    ("complaints", "propose", "1", "--proposal", "x"): (
        "没有选项 --proposal。",
        "参见：branchops complaints propose --help",
    ),
    ("complaints", "list", "--perod", "2026"): ("没有选项 --perod。", "是否指 --period？"),
    ("complaints", "list", "--period"): ("--period 后须填写内容。", "参见：branchops complaints list --help"),
    ("complaints", "list", "--all=1"): ("--all 后不填内容。", "参见：branchops complaints list --help"),
    ("staff", "list", "x", "y"): ("多出的内容：x y", "参见：branchops staff list --help"),
    ("complaints", "list", "--kind", "prais"): (
        "--kind 不能填“prais”。",
        "是否指 praise？ 可选：complaint、suggestion、praise。",
    ),
    ("complaints", "list", "--limit", "many"): (
        "--limit 须填数字，“many”不是数字。",
        "参见：branchops complaints list --help",
    ),
}


@pytest.mark.parametrize("argv", WRONG_WORDS, ids=" ".join)
def test_wrong_words_are_told_in_the_language_of_the_person(kit: BranchKit, argv: tuple[str, ...]) -> None:
    """What the command library would say in English is said by ours, with what would be right."""
    done = kit.run(*argv, lang="zh")
    message, hint = WRONG_WORDS[argv]
    assert (done.exit, done.err) == (2, f"错误：{message}\n提示：{hint}\n")


def test_chinese_help_has_no_english_words_of_the_command_library_and_fits_the_terminal(kit: BranchKit) -> None:
    for path in (("complaints",), ("complaints", "receive"), ("complaints", "check"), ("complaints", "volume")):
        told = kit.run(*path, "--help", lang="zh").out
        assert told.startswith(f"用法：branchops {' '.join(path)} [选项]")
        assert [word for word in ("Usage", "Options", "Commands", "Arguments", "default", "TEXT") if word in told] == []
        assert [line for line in told.splitlines() if width(line) > 80] == []


def test_help_shows_only_the_half_of_a_switch_that_does_something(kit: BranchKit) -> None:
    assert "--repeat / --no-repeat" not in kit.run("complaints", "receive", "--help").out
    assert "--adopted / --not-adopted" in kit.run("complaints", "suggestion", "--help").out


def test_a_command_that_a_group_has_not_is_looked_for_in_that_group(kit: BranchKit) -> None:
    error = kit.fails("complaints", "volume", "xyzzy", exit=2)
    assert (error["message"], error["hint"]) == (
        "There is no command xyzzy.",
        "See: branchops complaints volume --help",
    )


def test_an_argument_of_several_words_is_asked_for_and_missed_like_any_other(kit: BranchKit) -> None:
    kit.ok("complaints", "receive", "--channel", "oral", "--gist", "x", "--readback", "yes", as_="wang")
    done = kit.run("complaints", "investigate", "--finding", "seen", terminal=True, stdin="1\n", as_="li")
    assert (done.exit, "[[add] ID]: " in done.err) == (0, True)
    assert kit.fails("complaints", "investigate", "--finding", "seen", exit=2)["message"] == "[add] ID is missing."


def test_what_is_answered_yes_or_no_says_so(kit: BranchKit) -> None:
    kit.ok("complaints", "receive", "--channel", "book", "--gist", "x", "--kind", "suggestion", as_="li")
    done = kit.run("complaints", "suggestion", "1", terminal=True, stdin="maybe\nyes\n", as_="li", lang="zh")
    assert done.exit == 0
    assert "--adopted 须回答 yes 或 no，不能填“maybe”。" in done.err

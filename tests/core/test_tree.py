"""The command tree: global options anywhere, help in the user's language, and what is asked when a value is missing."""

from __future__ import annotations

import pytest

from branchops.session import Session
from branchops.testing import BranchKit

Kit = BranchKit


@pytest.mark.parametrize(
    "argv",
    [
        ("--json", "toy", "open", "--title", "Lamp"),
        ("toy", "--json", "open", "--title", "Lamp"),
        ("toy", "open", "--json", "--title", "Lamp"),
        ("toy", "open", "--title", "Lamp", "--format", "json"),
        ("--format=json", "toy", "open", "--title=Lamp"),
    ],
    ids=" ".join,
)
def test_a_global_option_may_stand_anywhere(toy_kit: Kit, argv: tuple[str, ...]) -> None:
    assert toy_kit.run(*argv).json()["id"] == "T-2026-0001"


def test_the_option_given_last_wins(toy_kit: Kit) -> None:
    done = toy_kit.run("--as", "li", "toy", "open", "--title", "Lamp", "--as", "wang", "--json")
    assert done.json()["actor"] == "wang"


def test_options_win_over_the_environment(toy_kit: Kit) -> None:
    toy_kit.environ["BRANCHOPS_FORMAT"] = "csv"
    assert toy_kit.run("staff", "list").out.startswith("id,")
    assert toy_kit.run("staff", "list", "--json").out.startswith("[")


def test_data_goes_to_stdout_and_talk_to_stderr(toy_kit: Kit) -> None:
    done = toy_kit.run("staff", "list", "--json", "--quiet")
    assert (done.err, len(done.json())) == ("", 7)


def test_version_is_told_on_one_line(toy_kit: Kit) -> None:
    done = toy_kit.run("--version")
    assert (done.exit, done.out.startswith("branchops "), done.out.count("\n")) == (0, True, 1)


@pytest.mark.parametrize("argv", [(), ("toy",)], ids=["alone", "a group alone"])
def test_without_a_command_help_is_shown_as_a_usage_error(toy_kit: Kit, argv: tuple[str, ...]) -> None:
    done = toy_kit.run(*argv)
    assert (done.exit, done.out) == (2, "")
    assert "Usage: branchops" in done.err


def test_help_names_the_commands_and_their_first_lines(toy_kit: Kit) -> None:
    done = toy_kit.run("toy", "--help")
    assert done.exit == 0
    assert "Open a case." in done.out
    assert "Note something." in done.out


def test_help_of_a_command_shows_example_options_and_what_is_required(toy_kit: Kit) -> None:
    done = toy_kit.run("toy", "open", "--help")
    assert "Example: branchops toy open --title Lamp" in done.out
    assert "what it is about" in done.out
    assert "required" in done.out
    assert "--dry-run" in done.out


def test_help_speaks_the_language_asked_for(toy_kit: Kit) -> None:
    english, chinese = (toy_kit.run("staff", "list", "--help", "--lang", lang).out for lang in ("en", "zh"))
    assert english != chinese
    assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese)


def test_there_is_no_other_language(toy_kit: Kit) -> None:
    error = toy_kit.fails("--lang", "fr", "staff", "list", exit=2)
    assert error["hint"] == "Use one of: en, zh."


def test_a_missing_value_is_asked_for_on_a_terminal(toy_kit: Kit) -> None:
    """The question goes to stderr; the answer is typed."""
    done = toy_kit.run("toy", "open", terminal=True, stdin="Lamp\n")
    assert (done.exit, "what it is about [--title]: " in done.err) == (0, True)
    assert toy_kit.row("toy.case", "T-2026-0001").title == "Lamp"


@pytest.mark.parametrize("how", [{"terminal": False}, {"terminal": True, "json": True}], ids=["no terminal", "--json"])
def test_nothing_prompts_without_a_terminal_or_with_json(toy_kit: Kit, how: dict[str, bool]) -> None:
    argv = ("toy", "open", *(("--json",) if how.get("json") else ()))
    done = toy_kit.run(*argv, terminal=how["terminal"], stdin="Lamp\n")
    assert (done.exit, done.out) == (2, "")
    assert "--title" in done.err


def test_an_empty_answer_is_no_answer(toy_kit: Kit) -> None:
    assert toy_kit.run("toy", "open", terminal=True, stdin="\n").exit == 2


@pytest.mark.parametrize(("typed", "hint"), [("stfaf", "Did you mean staff?"), ("xyzzy", "See: branchops --help")])
def test_a_command_that_there_is_not_is_told_with_near_ones(toy_kit: Kit, typed: str, hint: str) -> None:
    assert toy_kit.fails(typed, exit=2)["hint"] == hint


def test_ctrl_c_ends_with_130_and_stores_nothing(toy_kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    toy = sys.modules["toys_toy"]

    def interrupted(**_fields: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(toy, "Opened", interrupted)
    before = toy_kit.branch.ledger.head().size
    done = toy_kit.run("toy", "open", "--title", "x")
    assert (done.exit, done.out, toy_kit.branch.ledger.head().size) == (130, "", before)
    assert done.err == "Interrupted. What was reported as stored is stored.\n"


def test_ctrl_c_at_a_question_is_told_on_a_line_of_its_own(toy_kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(run: Session, question: str) -> str:
        run.stderr.write(question)
        run._asking = True
        raise KeyboardInterrupt

    monkeypatch.setattr(Session, "ask", interrupted)
    done = toy_kit.run("toy", "open", terminal=True)
    assert (done.exit, done.err.splitlines()[1:]) == (130, ["Interrupted. What was reported as stored is stored."])


def test_a_value_may_look_like_an_option_after_two_dashes(toy_kit: Kit) -> None:
    toy_kit.ok("toy", "open", "--title", "Lamp")
    done = toy_kit.run("toy", "note", "--json", "--", "T-2026-0001", "--json")
    assert done.json()["data"]["topic"] == "--json"


def test_text_that_is_no_unicode_is_refused_and_no_fault(toy_kit: Kit) -> None:
    """Bytes of another encoding in an argument reach a program as half surrogates."""
    assert toy_kit.run("toy", "open", "--title", "caf\udce9").exit == 2
    assert toy_kit.run("toy", "note", "caf\udce9", "x").exit in (2, 10)

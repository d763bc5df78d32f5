"""`branchops staff`: who may set a PIN, how it is asked for, and how people are listed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from branchops.testing import BranchKit

OLD, NEW = "271828", "314159"


def typing(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Answers given unseen, one after the other; the questions that were asked."""
    asked: list[str] = []
    left: Iterator[str] = iter(answers)

    def ask(question: str) -> str:
        asked.append(question)
        return next(left)

    monkeypatch.setattr("branchops.core.people.secrets.ask_hidden", ask)
    return asked


def test_a_pin_typed_unseen_is_asked_for_twice(kit: BranchKit, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = typing(monkeypatch, NEW, NEW)
    assert kit.run("staff", "pin", "wang", as_="wang", terminal=True).exit == 0
    assert asked == ["PIN of wang: ", "Once more, PIN of wang: "]


def test_a_slip_changes_nothing(kit: BranchKit, monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, NEW, OLD)
    done = kit.run("staff", "pin", "wang", as_="wang", terminal=True)
    assert (done.exit, done.err.splitlines()[0]) == (2, "Error: The two PINs differ.")
    assert kit.branch.keys.pin_hash("wang") is None


def test_the_old_pin_is_asked_for_before_the_new_one(kit: BranchKit, monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, OLD, OLD)
    kit.run("staff", "pin", "wang", as_="wang", terminal=True)
    asked = typing(monkeypatch, OLD, NEW, NEW)
    assert kit.run("staff", "pin", "wang", as_="wang", terminal=True, lang="zh").exit == 0
    assert asked == ["wang 的PIN码：", "wang 的新PIN码：", "请再输入一次 wang 的PIN码："]


def test_nobody_sets_no_pin_and_is_asked_nothing(kit: BranchKit, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = typing(monkeypatch, NEW, NEW)
    done = kit.run("staff", "pin", "wang", as_="", terminal=True)
    assert (done.exit, asked, kit.branch.keys.pin_hash("wang")) == (5, [], None)


def test_people_are_listed_with_the_titles_of_their_roles(kit: BranchKit) -> None:
    """Programs get the codes. Columns that say the same of everybody are left out."""
    told = kit.run("staff", "list", lang="zh", terminal=True).out
    assert "网点负责人" in told
    assert [word for word in ("outlet-head", "employee", "离职日") if word in told] == []
    assert kit.ok("staff", "list")[0]["roles"] == ["outlet-head"]

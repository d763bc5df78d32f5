"""Every command there is, typed with nothing, with nonsense, and for help: nobody ever meets a fault of ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from branchops.core.errors import Exit
from branchops.core.output.messages import set_language
from branchops.session import enter, leave
from branchops.testing import BranchKit
from branchops.tree import Root
from branchops.wording import type_words

NOT_TYPED_BARE = {("init",), ("demo",), ("batch",)}


def commands(kit: BranchKit) -> list[tuple[str, ...]]:
    """The paths of all commands, core's and the bundled plugins'."""

    def walk(group: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for name in group.list_commands(None):
            command = group.get_command(None, name)
            if hasattr(command, "list_commands"):
                yield from walk(command, (*path, name))
            else:
                yield (*path, name)

    session = kit.session()
    token = enter(session)
    try:
        return list(walk(Root(), ()))
    finally:
        leave(token)
        session.close()


def test_no_command_faults_on_nothing_or_on_nonsense(kit: BranchKit) -> None:
    faults = []
    for path in commands(kit):
        if path not in NOT_TYPED_BARE and kit.run(*path, "--json").exit == Exit.FAULT:
            faults.append(path)
        if kit.run(*path, "--nonsense", "\x1b[31m").exit != Exit.USAGE:
            faults.append((*path, "--nonsense"))
    assert faults == []


def test_every_command_explains_itself_in_chinese(kit: BranchKit) -> None:
    mute = []
    for path in commands(kit):
        told = kit.run(*path, "--help", lang="zh")
        if told.exit or not any("\u4e00" <= char <= "\u9fff" for char in told.out):
            mute.append(path)
    assert mute == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_report_can_be_made_of_an_empty_branch_in_every_format(lang: str, kit: BranchKit) -> None:
    failed = []
    for report in json.loads(kit.run("report", "--json").out):
        for form in ("table", "plain", "csv", "md", "html", "jsonl"):
            told = kit.run("report", report["name"], "--format", form, lang=lang)
            if told.exit:
                failed.append((report["name"], form, told.err))
    assert failed == []


def test_every_type_of_entry_has_a_chinese_name(kit: BranchKit) -> None:
    set_language("zh")
    try:
        nameless = [one.name for one in kit.branch.registry.event_types() if type_words(one.name) == one.name]
    finally:
        set_language("en")
    assert nameless == []

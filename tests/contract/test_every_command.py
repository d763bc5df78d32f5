"""Every command there is, typed with nothing, with nonsense, and for help: nobody ever meets a fault of ours."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

import pytest

from branchops.core.errors import Exit
from branchops.core.output.messages import set_language
from branchops.session import enter, leave
from branchops.testing import BranchKit
from branchops.tree import Command, Root
from branchops.wording import type_words

NOT_TYPED_BARE = {("init",), ("demo",), ("batch",)}


def helps(kit: BranchKit, lang: str = "en") -> dict[tuple[str, ...], str]:
    """The paths of all commands, core's and the bundled plugins', each with the text of its help."""

    def walk(group: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
        for name in group.list_commands(None):
            command = group.get_command(None, name)
            if hasattr(command, "list_commands"):
                yield from walk(command, (*path, name))
            else:
                yield (*path, name), command.help

    session = kit.session(lang=lang)
    token = enter(session)
    set_language(lang)
    try:
        return dict(walk(Root(), ()))
    finally:
        set_language("en")
        leave(token)
        session.close()


def commands(kit: BranchKit) -> list[tuple[str, ...]]:
    """The paths of all commands."""
    return list(helps(kit))


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


def examples(kit: BranchKit) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every command's path with what its help gives as an example, in each language."""
    for lang in ("en", "zh"):
        for path, text in helps(kit, lang).items():
            for found in re.findall(r"(?:Example: |示例：)(branchops .+)", text):
                yield path, found


def test_every_example_is_a_command_line_that_is_understood(kit: BranchKit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parsed to the last option, and not run; what is named in it (a report, an import) is there."""
    ran: list[str] = []
    monkeypatch.setattr(Command, "invoke", lambda _command, context: ran.append(context.command_path))
    registry = kit.branch.registry
    offers = [offer for _owner, offer in registry.offers()]
    names = {
        "report": {one.name for offer in offers for one in offer.reports},
        "import": {one.name for offer in offers for one in offer.imports} | {"cfpb"},  # of the contributed plugin
        "export": {one.name for offer in offers for one in offer.exports} | {"cloudevents"},
    }
    found = list(examples(kit))
    wrong: list[str] = []
    for path, line in found:
        words = [*takewhile(lambda word: word not in ("|", ">", ">>", "&&"), shlex.split(line))][1:]
        ran.clear()
        done = kit.run(*words)
        if done.exit or ran != [" ".join(("branchops", *path))]:
            wrong.append(f"{line}: {done.err} {ran}")
        if path[0] in names and words[1] not in names[path[0]]:
            wrong.append(f"{line}: names nothing")
    assert "\n".join(wrong) == ""
    assert len(found) > 400

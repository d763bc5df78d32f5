"""Shell completion offers commands, people, records and codes, and stays silent when there is no store."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from branchops.testing import BranchKit


def completed(words: str, store: Path) -> list[str]:
    environ = {
        **os.environ,
        "BRANCHOPS_STORE": str(store),
        "_BRANCHOPS_COMPLETE": "complete_bash",
        "COMP_WORDS": f"branchops {words}",
        "COMP_CWORD": str(len(words.split(" "))),
    }
    run = subprocess.run([sys.executable, "-m", "branchops"], env=environ, capture_output=True, text=True, check=False)
    assert run.stderr == ""
    return run.stdout.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("compl", ["completion", "complaints"]),
        ("complaints hand", ["handler", "handover"]),
        ("complaints receive --chan", ["--channel"]),
    ],
)
def test_it_offers_commands_and_options(words: str, offered: list[str], kit: BranchKit) -> None:
    assert [word for word in completed(words, kit.store) if word in offered] == offered


def test_it_offers_people_and_records(kit: BranchKit) -> None:
    kit.ok("complaints", "receive", "--channel", "letter", "--gist", "x")
    assert "wang" in completed("complaints handover 1 --to wa", kit.store)
    assert completed("complaints accept C-2", kit.store) == ["C-2026-0001"]


def test_without_a_store_it_offers_nothing_and_says_nothing(tmp_path: Path) -> None:
    assert completed("complaints handover 1 --to wa", tmp_path) == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_script_of_a_shell_names_the_program(shell: str, kit: BranchKit) -> None:
    assert "branchops" in kit.run("completion", shell).out


def test_an_unknown_shell_is_told_the_known_ones(kit: BranchKit) -> None:
    told = kit.run("completion", "tcsh")
    assert told.exit == 2
    assert "bash, zsh, fish, powershell" in told.err

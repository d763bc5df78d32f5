"""Exit codes are a contract: a number, once shipped, keeps its meaning, and each can be met."""

from __future__ import annotations

from branchops.core import errors
from branchops.core.errors import BranchOpsError, Exit
from branchops.testing import BranchKit

SHIPPED = {
    "DONE": 0,
    "USAGE": 2,
    "OWED": 3,
    "REJECTED": 4,
    "NOT_ENTITLED": 5,
    "CONFLICT": 6,
    "BUSY": 7,
    "INTEGRITY": 8,
    "PARTLY": 9,
    "NOT_FOUND": 10,
    "UNKNOWN": 11,
    "PLUGIN": 12,
    "FAULT": 70,
}
"""Lines may be added here. None may be changed or taken away."""


def test_no_shipped_code_has_changed() -> None:
    assert {code.name: int(code) for code in Exit} == SHIPPED


def test_every_code_belongs_to_one_error() -> None:
    """Each but 0 is the code of exactly one class, under a word of its own that JSON carries."""
    found = [thing for thing in vars(errors).values() if isinstance(thing, type) and issubclass(thing, BranchOpsError)]
    assert sorted(int(kind.exit) for kind in found) == sorted(code for code in SHIPPED.values() if code)
    assert len({kind.code for kind in found}) == len(found)


def test_codes_stay_clear_of_those_of_the_shell() -> None:
    """1 is Python's own failure, 126 and up are the shell's."""
    assert all(code == 0 or 2 <= code < 126 for code in SHIPPED.values())


def test_an_error_object_has_the_promised_shape(toy_kit: BranchKit) -> None:
    """One JSON object on stderr, nothing on stdout; `rule` only where a rule speaks."""
    toy_kit.ok("toy", "open", "--title", "Lamp")
    by_rule = toy_kit.run("toy", "note", "T-2026-0001", "x", "--amount", "-1", "--json")
    assert (by_rule.exit, by_rule.out, by_rule.err.count("\n")) == (4, "", 1)
    assert by_rule.error == {
        "code": "rejected",
        "exit": 4,
        "rule": "toy.cap",
        "message": "-1 is below zero.",
        "hint": "Note zero or more.",
    }
    by_nobody = toy_kit.run("toy", "note", "T-2026-0009", "x", "--json")
    assert sorted(by_nobody.error) == ["code", "exit", "hint", "message"]
    assert by_nobody.exit == by_nobody.error["exit"] == 10


def test_an_error_is_told_in_words_without_json(toy_kit: BranchKit) -> None:
    toy_kit.ok("toy", "open", "--title", "Lamp")
    done = toy_kit.run("toy", "note", "T-2026-0001", "x", "--amount", "-1")
    assert done == (4, "", "Error: -1 is below zero.\nRule:  toy.cap\nHint:  Note zero or more.\n")


def test_words_that_are_off_are_a_usage_error(toy_kit: BranchKit) -> None:
    """Unknown commands, options and values: exit 2, near names in the hint, JSON when asked for."""
    assert toy_kit.fails("toys", exit=2)["hint"].startswith("Did you mean toy")
    assert toy_kit.fails("toy", "opne", exit=2)["hint"] == "Did you mean open?"
    assert toy_kit.fails("toy", "open", "--titel", "x", exit=2)["code"] == "usage"
    assert toy_kit.fails("toy", "note", "T-2026-0001", "x", "--amount", "three", exit=2)["code"] == "usage"
    assert toy_kit.fails("toy", "open", exit=2)["message"] == "--title is missing."


def test_a_fault_of_the_program_is_told_as_one(toy_kit: BranchKit, monkeypatch: object) -> None:
    """Exit 70, with the traceback for people and one object for programs."""
    import sys

    toy = sys.modules["toys_toy"]
    keep, toy.Opened = toy.Opened, None
    try:
        told = toy_kit.run("toy", "open", "--title", "x")
        machine = toy_kit.run("toy", "open", "--title", "x", "--json")
    finally:
        toy.Opened = keep
    assert (told.exit, told.out, "Traceback" in told.err) == (70, "", True)
    assert (machine.exit, machine.error["code"]) == (70, "fault")


def test_without_a_store_nothing_is_found(toy_kit: BranchKit) -> None:
    error = toy_kit.fails("--store", toy_kit.root / "elsewhere", "staff", "list", exit=10)
    assert "branchops init" in error["hint"]


def test_a_store_in_use_is_busy(toy_kit: BranchKit, monkeypatch: object) -> None:
    """Another process that holds the writer's lock makes a command give up with 7, not hang."""
    import pytest

    from branchops.core.errors import Busy
    from branchops.core.ledger.ledger import Ledger

    other = Ledger.open(toy_kit.store)
    try:
        with other.write(toy_kit.clock):
            mine = toy_kit.branch.ledger.write(toy_kit.clock, timeout=0.2)
            with pytest.raises(Busy):
                mine.__enter__()
    finally:
        other.close()
    assert int(Busy.exit) == 7

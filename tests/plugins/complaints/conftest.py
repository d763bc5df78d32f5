"""What the tests of complaints share: ways to take one and to bring it to a point."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:  # importing the kit before pytest has parsed its fixtures would hide the fixture of that name
    from branchops.testing import BranchKit

C = "C-2026-0001"


@pytest.fixture
def desk(kit: BranchKit) -> BranchKit:
    """The test branch on Monday 2026-11-23, 10:00, with the PINs of head and handler."""
    kit.pins("chen", "li")
    kit.clock.set("10:00")
    return kit


@pytest.fixture
def take(desk: BranchKit) -> Callable[..., Any]:
    """Takes a complaint: `take("phone", "--caller", "Mr Wu")`; as Wang unless told otherwise, said back if spoken."""

    def make(channel: str = "oral", *more: str, as_: str = "wang", gist: str = "waited an hour") -> Any:
        said = ("--readback", "yes") if channel in ("oral", "phone") and "--readback" not in more else ()
        return desk.ok("complaints", "receive", "--channel", channel, "--gist", gist, *said, *more, as_=as_)

    return make


@pytest.fixture
def bring(desk: BranchKit) -> Callable[..., None]:
    """Brings the first complaint to the point before the head's signature; `skip` names verbs to leave out."""

    def go(*skip: str, outcome: str = "upheld", about: str = "zhao", owner: str = "wang") -> None:
        steps: list[tuple[str, tuple[str, ...], str]] = [
            ("handover", (C, "--to", "li"), owner),
            ("accept", (C, "--private", "yes"), "li"),
            ("promise", (C, "--by", "2026-11-25 12:00"), "li"),
            ("investigate", ("add", C, "--finding", "one window open"), "li"),
            ("propose", (C, "--text", "a second window"), "li"),
            ("reply", (C, "--via", "phone", "--text", "a second window opens"), "li"),
            ("cause", (C, "C1", "--text", "lunch break"), "li"),
            ("resolve", (C, "--outcome", outcome, "--facts", "queue log"), "li"),
            ("apology", (C, "--by", about), "li"),
            ("explain", (C, "--text", "it is the tariff", "--routes"), "li"),
        ]
        for verb, words, who in steps:
            if (
                verb in skip
                or (verb == "apology" and outcome == "not-upheld")
                or (verb == "explain" and outcome == "upheld")
            ):
                continue
            desk.ok("complaints", verb, *words, as_=who)

    return go


def verdicts(made: Any) -> list[tuple[str, str]]:
    """(outcome, rule) of what a command was judged."""
    return [(one["outcome"], one["rule"]) for one in made["verdicts"]]

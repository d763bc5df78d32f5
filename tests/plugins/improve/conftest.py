"""A branch with PINs, and the steps of a finding as tests take them."""

from __future__ import annotations

from typing import Any

import pytest

from branchops.testing import BranchKit

RULE = "counter.long-absence-stamps-stowed"


class Desk:
    """The commands of findings and plans, short."""

    def __init__(self, kit: BranchKit) -> None:
        self.kit = kit
        self.photo = kit.root / "photo.jpg"
        self.photo.write_bytes(b"a lock")

    def ok(self, *argv: Any, **how: Any) -> Any:
        """`improve finding ...`, which must go well."""
        return self.kit.ok("improve", "finding", *argv, **how)

    def fails(self, *argv: Any, exit: int = 4, **how: Any) -> dict[str, Any]:  # noqa: A002 - the word of the contract
        """`improve finding ...`, which must be refused."""
        return self.kit.fails("improve", "finding", *argv, exit=exit, **how)

    def open(self, *more: Any, unit: str = "A1", rule: str = RULE, **how: Any) -> str:
        """A finding by hand; its number."""
        said = ("open", "--text", "cabinet unlocked", "--unit", unit, *(("--rule", rule) if rule else ()), *more)
        return str(self.ok(*said, **how)["id"])

    def assign(self, finding: str, owner: str = "zhao", due: str = "2026-12-04") -> Any:
        """Given to somebody."""
        return self.ok("assign", finding, "--owner", owner, "--due", due)

    def rectify(self, finding: str, by: str = "zhao", *more: Any, **how: Any) -> Any:
        """Put right, with a photograph and a changed practice."""
        told = more or ("--practice", "checked at opening")
        return self.ok("rectify", finding, "--by", by, "--what", "lock changed", "--evidence", self.photo, *told, **how)

    def look(self, finding: str, **how: Any) -> Any:
        """Looked across."""
        return self.ok("analogues", finding, "--where", "all windows", "--result", "nothing", **how)

    def close(self, finding: str, owner: str = "zhao") -> None:
        """The whole way from assignment to the end."""
        self.assign(finding, owner)
        self.rectify(finding, owner)
        self.look(finding)
        self.ok("verify", finding, "--by", "sun")
        self.ok("close", finding)

    def row(self, finding: str) -> Any:
        """The finding as it stands."""
        return self.kit.row("improve.finding", finding)

    def duties(self, finding: str) -> dict[str, tuple[str, str]]:
        """Subject of each of a finding's duties: who owes it, and how it stands."""
        from branchops.api import status

        now = self.kit.clock.now()
        found = [duty for duty in self.kit.duties() if duty.subject.partition("#")[0] == finding]
        return {f"{duty.rule}@{duty.subject}": (duty.who, status(duty, now)) for duty in found}


@pytest.fixture
def desk(kit: BranchKit) -> Desk:
    """A desk in a fresh branch whose people have PINs."""
    kit.pins("chen", "sun", "zhao", "li")
    return Desk(kit)

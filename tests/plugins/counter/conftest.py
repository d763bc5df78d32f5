"""What the counter's tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parents[3].parent / "shared" / "data" / "cash_atm"


@pytest.fixture
def signed(kit: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A branch on Monday at half past eight, in which proving a PIN costs nothing: who signs is what is tried here, not
    how. The scenarios and `test_dual_control.py` sign with real PINs."""
    from branchops.core.branch import Branch

    monkeypatch.setattr(Branch, "prove", lambda self, *_: "2026-11-23T00:30:00.000000Z")
    return kit


@pytest.fixture
def cash_atm() -> Callable[[str], Path]:
    """A public file of the shared test data; skips where there is none."""

    def find(name: str) -> Path:
        path = DATA / name
        if not path.is_file():
            pytest.skip(f"the public test data is not here: {path}")
        return path

    return find


@pytest.fixture
def broken() -> Callable[[Any], list[str]]:
    """The rules that a command's outcome broke."""
    return lambda done: [one["rule"] for one in done["verdicts"] if one["outcome"] == "breach"]


@pytest.fixture
def cheap(signed: Any) -> Any:
    """The same, where Li also has the staff id 0456."""
    from branchops.core.people.events import RoleGiven, StaffAdded

    signed.record(StaffAdded(id="0456", name="Li Na", person="li"), "staff-0456")
    signed.record(RoleGiven(staff="0456", role="teller", start=signed.clock.today), "staff-0456")
    return signed

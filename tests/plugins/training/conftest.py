"""What the training tests share: a teller's day, essays, real files that are not part of the repository."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).parents[4] / "shared" / "data"

ESSAY = (
    "On Tuesday a customer shouted at me because the machine had kept her card. I answered with the rule and looked at "
    "the screen. Afterwards I asked myself what she had seen: somebody who did not look up. Next time I look up first, "
    "say that I am sorry it happened, and tell her what I will do and how long it takes. The rule can wait a sentence. "
)


@pytest.fixture
def signing(kit: Any) -> Any:
    """A kit in which everybody has a PIN."""
    kit.pins()
    return kit


@pytest.fixture
def text() -> str:
    """An essay long enough to count."""
    return ESSAY


@pytest.fixture
def essay(tmp_path: Path) -> Any:
    """Writes an essay to a file and gives its path."""

    def write(text: str = ESSAY, name: str = "essay.txt") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def shared() -> Any:
    """Gives the path of a shared test file; the test is skipped where the shared data are absent."""

    def find(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"the shared test data are not beside this repository: {path}")
        return path

    return find


def duties(kit: Any, rule: str) -> list[tuple[str, str]]:
    """What is owed under a rule: (subject, status)."""
    from branchops.api import status

    return [(one.subject, status(one, kit.clock.now())) for one in kit.duties() if one.rule == rule]


@pytest.fixture
def owed(kit: Any) -> Any:
    """Gives what is owed under a rule as (subject, status) pairs, soonest first."""
    return lambda rule: duties(kit, rule)

"""The plugin author's test kit, as a pytest plugin: a branch with people, a clock that moves when told, and a contract.

Installing branchops gives pytest the fixtures below; nothing of branchops is imported until one of them is asked for.

    def test_a_received_complaint_is_owed_a_reply(kit):
        kit.ok("complaints", "receive", "--channel", "letter", "--gist", "the queue is too long")
        assert "complaints.reply-within-three-days" in {duty.rule for duty in kit.duties()}
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from branchops.testing.contract import PluginContract
    from branchops.testing.stage import BranchKit, MovableClock, Result

__all__ = ["BranchKit", "MovableClock", "PluginContract", "Result"]

_HOMES = {"BranchKit": "stage", "MovableClock": "stage", "Result": "stage", "PluginContract": "contract"}


def __getattr__(name: str) -> Any:
    """The kit's names, imported when they are first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def pytest_configure(config: pytest.Config) -> None:
    """Makes the mark known by which a test says which rule it guards."""
    config.addinivalue_line("markers", "rule(id): the rule of the rulebook this test would miss if it were gone")


@pytest.fixture(scope="session")
def _branchops_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("branchops-cache")


@pytest.fixture
def clock() -> MovableClock:
    """A clock that stands at 2026-11-23 08:30 (a Monday) in Asia/Shanghai until it is moved."""
    from branchops.testing.stage import MovableClock

    return MovableClock()


@pytest.fixture
def make_kit(
    tmp_path: Path, _branchops_cache: Path, monkeypatch: pytest.MonkeyPatch, clock: MovableClock
) -> Iterator[Callable[..., BranchKit]]:
    """Makes kits: `make_kit(given=[module], start="2026-10-01 08:30", people=False)`. Each has a store of its own."""
    from branchops.core.output.messages import language, set_language
    from branchops.testing.stage import BranchKit

    monkeypatch.setenv("BRANCHOPS_CACHE", str(_branchops_cache))
    before = language()
    set_language("en")
    made: list[BranchKit] = []

    def make(**how: Any) -> BranchKit:
        root = tmp_path if not made else tmp_path / f"kit-{len(made) + 1}"
        root.mkdir(exist_ok=True)
        made.append(BranchKit(root, clock, **how))
        return made[-1]

    yield make
    for kit in made:
        kit.close()
    set_language(before)


@pytest.fixture(name="kit")  # under another name here: importing the submodule `kit` would take this one's place
def _kit(make_kit: Callable[..., BranchKit]) -> BranchKit:
    """A branch with an outlet and seven people, and only the bundled plugins."""
    return make_kit()


@pytest.fixture
def branch_kit(kit: BranchKit) -> BranchKit:
    """The same as `kit`, for suites that use that name for something else."""
    return kit

"""What the ledger's tests share: a clock to set, an empty ledger, plain events, and the data beside the repository."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from branchops.core.ledger.event import NewEvent
from branchops.core.ledger.ledger import Ledger

THEN = "2026-11-23T09:30:00.000000Z"


class SetClock:
    """A clock that moves a second with each look, and jumps when told."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "store") as opened:
        yield opened


@pytest.fixture
def event() -> Callable[..., NewEvent]:
    def make(n: Any = 0, *, kind: str = "desk.checked", meta: Any = None, **more: Any) -> NewEvent:
        return NewEvent(kind, {"n": n}, meta or {}, more.pop("occurred_at", THEN), more.pop("actor", "li"), **more)

    return make


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = Path(__file__).resolve().parents[4] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"the public test data is not at {folder}")
    return folder

"""The contract cases hold for a plugin that keeps to them, and are used here the way a third party would."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from branchops.api import New
from branchops.testing import BranchKit, PluginContract


@pytest.fixture(autouse=True)
def _modules(toy: ModuleType, echo: ModuleType, toy_kit: BranchKit) -> None:
    TestToy.module, TestEcho.module = toy, echo


class TestToy(PluginContract):
    plugin = "toy"

    def history(self, kit: BranchKit) -> None:
        toy: Any = self.module
        for _ in range(2):
            kit.record(toy.Opened(title="Lamp"), New("T"))
        for topic in ("light", "dark", "light"):
            kit.record(toy.Noted(topic=topic, amount=3), "T-2026-0001")

    def test_it_speaks_chinese(self) -> None:
        pytest.skip("the toy has no catalogue")


class TestEcho(PluginContract):
    plugin = "echo"

"""A branch that knows the plugin, whether or not it is installed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
COMPLAINTS = ROOT.parents[2] / "shared" / "data" / "complaints"


@pytest.fixture(scope="session")
def plugin() -> ModuleType:
    """The plugin from this folder."""
    if str(ROOT / "src") not in sys.path:
        sys.path.insert(0, str(ROOT / "src"))
    import branchops_cfpb

    return branchops_cfpb


@pytest.fixture
def desk(make_kit: Callable[..., Any], plugin: ModuleType) -> Any:
    """A branch with nothing but this plugin."""
    return make_kit(given=[("cfpb", plugin)], bundled=False)


@pytest.fixture(scope="session")
def complaints() -> Path:
    """The public files."""
    if not COMPLAINTS.is_dir():
        pytest.skip("the shared test data (../shared/data/complaints) is not here")
    return COMPLAINTS

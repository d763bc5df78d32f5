"""Service training. Hooks only; every room is imported when it is needed."""

from __future__ import annotations

from pathlib import Path

from branchops.api import Plugin, hookimpl

HERE = Path(__file__).parent


@hookimpl
def branchops_plugin() -> Plugin:
    """Who this is."""
    return Plugin(name="training", api_version=1, en="Service training", zh="服务培训", locale=HERE / "locale")

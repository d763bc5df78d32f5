"""Complaints: from receipt to the head's signature. Hooks only; every room is imported when it is needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from branchops.api import Plugin, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from branchops.api import DutyRule, EventType, Group, Offer, Rulebook, View

HERE = Path(__file__).parent


@hookimpl
def branchops_plugin() -> Plugin:
    """Who this is."""
    return Plugin(name="complaints", api_version=1, en="Complaints", zh="客户投诉", locale=HERE / "locale")

"""The core's own names (outlet, staff, policy, day, voided entries), offered through the hooks that plugins use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from branchops.core.extend.descriptors import EventType, Rulebook
    from branchops.core.views.table import View

PACK = Path(__file__).with_name("pack.toml")


def branchops_events() -> tuple[EventType, ...]:
    """Core's event types."""
    from branchops.core.own.events import EVENTS

    return EVENTS


def branchops_views() -> tuple[View, ...]:
    """Core's read models."""
    from branchops.core.own.views import VIEWS

    return VIEWS


def branchops_rules() -> Rulebook:
    """Core's validators and its pack of settings."""
    from branchops.core.extend.descriptors import Rulebook
    from branchops.core.own import rules
    from branchops.core.rulebook.rule import Validator, gather

    return Rulebook(pack=PACK, validators=gather(rules, Validator))

"""Counter internal control: cash, custody, ids, registers, management. Hooks only; rooms are imported when needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from branchops.api import Plugin, hookimpl

if TYPE_CHECKING:
    from branchops.api import DutyRule, EventType, Group, Offer, Rulebook, View

HERE = Path(__file__).parent


@hookimpl
def branchops_plugin() -> Plugin:
    """Who this is."""
    return Plugin(
        name="counter",
        api_version=1,
        en="Counter internal control",
        zh="柜面内控",
        listens=("entry.voided", "policy.set"),
        locale=HERE / "locale",
    )


@hookimpl
def branchops_commands() -> tuple[Group, ...]:
    """`branchops counter ...`."""
    from branchops.api import N_, Group

    help_text = N_("counter internal control: cash, custody, ids, registers, controls")
    return (Group(name="counter", app="branchops.plugins.counter.commands", help=help_text),)


@hookimpl
def branchops_events() -> tuple[EventType, ...]:
    """What happened."""
    from branchops.plugins.counter.events import EVENTS

    return EVENTS


@hookimpl
def branchops_rules() -> Rulebook:
    """The rule pack and what enforces it."""
    from branchops.plugins.counter.rules.rulebook import rulebook

    return rulebook(HERE / "pack.toml")


@hookimpl
def branchops_views() -> tuple[View, ...]:
    """The read models."""
    from branchops.plugins.counter.views import VIEWS

    return VIEWS


@hookimpl
def branchops_duties() -> tuple[DutyRule, ...]:
    """What is owed."""
    from branchops.plugins.counter.duties import DUTIES

    return DUTIES


@hookimpl
def branchops_reports() -> Offer:
    """Reports, registers, imports, checks, and how records are shown."""
    from branchops.plugins.counter.reports.offer import OFFER

    return OFFER

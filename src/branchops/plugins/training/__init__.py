"""Service training: from curriculum to competence. Hooks only; every room is imported when it is needed."""

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
        name="training",
        api_version=1,
        en="Service training",
        zh="服务培训",
        listens=("entry.voided",),
        locale=HERE / "locale",
        pack=HERE / "pack.toml",
    )


@hookimpl
def branchops_commands() -> tuple[Group, ...]:
    """`branchops training ...`."""
    from branchops.api import N_, Group

    help_text = N_("curriculum, sessions, competence, and how customers are served")
    return (Group(name="training", app="branchops.plugins.training.commands", help=help_text),)


@hookimpl
def branchops_events() -> tuple[EventType, ...]:
    """What happened."""
    from branchops.plugins.training.events import EVENTS

    return EVENTS


@hookimpl
def branchops_rules() -> Rulebook:
    """The rule pack and what enforces it."""
    from branchops.plugins.training.rules.rulebook import rulebook

    return rulebook(HERE / "pack.toml")


@hookimpl
def branchops_views() -> tuple[View, ...]:
    """The read models."""
    from branchops.plugins.training.views import VIEWS

    return VIEWS


@hookimpl
def branchops_duties() -> tuple[DutyRule, ...]:
    """What is owed."""
    from branchops.plugins.training.duties import DUTIES

    return DUTIES


@hookimpl
def branchops_reports() -> Offer:
    """Reports, registers, exchange, and how a session or an observation is shown."""
    from branchops.plugins.training.reports.offer import OFFER

    return OFFER

"""Complaints: from receipt to the head's signature. Hooks only; every room is imported when it is needed."""

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
        name="complaints",
        api_version=1,
        en="Complaints",
        zh="客户投诉",
        listens=("staff.role-given",),
        locale=HERE / "locale",
        pack=HERE / "pack.toml",
    )


@hookimpl
def branchops_commands() -> tuple[Group, ...]:
    """`branchops complaints ...`."""
    from branchops.api import N_, Group

    help_text = N_("customer complaints, from receipt to the head's signature")
    return (Group(name="complaints", app="branchops.plugins.complaints.commands", help=help_text),)


@hookimpl
def branchops_events() -> tuple[EventType, ...]:
    """What happened."""
    from branchops.plugins.complaints.events import EVENTS

    return EVENTS


@hookimpl
def branchops_rules() -> Rulebook:
    """The rule pack and what enforces it."""
    from branchops.plugins.complaints.rules.rulebook import rulebook

    return rulebook(HERE / "pack.toml")


@hookimpl
def branchops_views() -> tuple[View, ...]:
    """The read models."""
    from branchops.plugins.complaints.views import VIEWS

    return VIEWS


@hookimpl
def branchops_duties() -> tuple[DutyRule, ...]:
    """What is owed."""
    from branchops.plugins.complaints.duties import DUTIES

    return DUTIES


@hookimpl
def branchops_reports() -> Offer:
    """Reports, registers, and how a complaint is shown."""
    from branchops.plugins.complaints.reports.offer import OFFER

    return OFFER

"""Hygiene: two rule packs, rota, inspections, spot checks, penalties, a fund. Hooks only; rooms load when needed."""

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
        name="hygiene",
        api_version=1,
        en="Hygiene",
        zh="环境卫生",
        listens=("entry.voided",),
        locale=HERE / "locale",
    )


@hookimpl
def branchops_commands() -> tuple[Group, ...]:
    """`branchops hygiene ...`."""
    from branchops.api import N_, Group

    help_text = N_("hygiene: rota, inspections, spot checks, violations, penalties and the fund")
    return (Group(name="hygiene", app="branchops.plugins.hygiene.commands", help=help_text),)


@hookimpl
def branchops_events() -> tuple[EventType, ...]:
    """What happened."""
    from branchops.plugins.hygiene.events import EVENTS

    return EVENTS


@hookimpl
def branchops_rules() -> Rulebook:
    """The rule pack and what enforces it."""
    from branchops.plugins.hygiene.rules.rulebook import rulebook

    return rulebook(HERE / "pack.toml")


@hookimpl
def branchops_views() -> tuple[View, ...]:
    """The read models."""
    from branchops.plugins.hygiene.views import VIEWS

    return VIEWS


@hookimpl
def branchops_duties() -> tuple[DutyRule, ...]:
    """What is owed."""
    from branchops.plugins.hygiene.duties import DUTIES

    return DUTIES


@hookimpl
def branchops_reports() -> Offer:
    """Reports, registers, imports, checks, and how records are shown."""
    from branchops.plugins.hygiene.reports.offer import OFFER

    return OFFER

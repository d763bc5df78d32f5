"""Improvement: findings put right, plans, the branch's board. Hooks only; rooms are imported when needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from branchops.api import Plugin, hookimpl

if TYPE_CHECKING:
    from branchops.api import DutyRule, EventType, Group, Offer, Rulebook, View

HERE = Path(__file__).parent


@hookimpl
def branchops_plugin() -> Plugin:
    """Who this is, and whose entries it answers: any breach, complaints that were upheld, checks that failed."""
    return Plugin(
        name="improve",
        api_version=1,
        en="Improvement",
        zh="改进",
        listens=(
            "*breach*",
            "complaints.resolved",
            "counter.inspection-done",
            "counter.ticked",
            "hygiene.inspected",
            "training.observed",
        ),
        rule_prefixes=("plan",),
        locale=HERE / "locale",
    )


@hookimpl
def branchops_commands() -> tuple[Group, ...]:
    """`branchops improve ...`."""
    from branchops.api import N_, Group

    help_text = N_("findings put right, improvement plans, the branch's board")
    return (Group(name="improve", app="branchops.plugins.improve.commands", help=help_text),)


@hookimpl
def branchops_events() -> tuple[EventType, ...]:
    """What happened."""
    from branchops.plugins.improve.events import EVENTS

    return EVENTS


@hookimpl
def branchops_rules() -> Rulebook:
    """The rule pack and what enforces it."""
    from branchops.plugins.improve.rules.rulebook import rulebook

    return rulebook(HERE / "pack.toml")


@hookimpl
def branchops_views() -> tuple[View, ...]:
    """The read models."""
    from branchops.plugins.improve.views import VIEWS

    return VIEWS


@hookimpl
def branchops_duties() -> tuple[DutyRule, ...]:
    """What is owed."""
    from branchops.api import DutyRule, gather
    from branchops.plugins.improve import duties

    return gather(duties, DutyRule)


@hookimpl
def branchops_reports() -> Offer:
    """Reports, the board, and how findings, plans and measures are shown."""
    from branchops.plugins.improve.reports.offer import OFFER

    return OFFER

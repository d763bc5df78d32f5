"""The seven doors of a plugin. All are optional but the first; each imports its room inside, so that a command loads
its own plugin's rooms and no other's."""

from __future__ import annotations

from collections.abc import Iterable

import pluggy

from branchops.core.extend.descriptors import Duties, EventType, Group, Offer, Plugin, Rulebook
from branchops.core.views.table import View

PROJECT = "branchops"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def branchops_plugin() -> Plugin:
    """Who the plugin is: name, api version, bilingual title, the foreign event types it listens to. Must be light."""
    raise NotImplementedError


@hookspec
def branchops_commands() -> Iterable[Group]:
    """Its command groups; the Typer apps are named, not imported."""
    raise NotImplementedError


@hookspec
def branchops_events() -> Iterable[EventType]:
    """The event types it owns."""
    raise NotImplementedError


@hookspec
def branchops_rules() -> Rulebook:
    """Its rule pack and the validators, reactions and other objects that enforce it."""
    raise NotImplementedError


@hookspec
def branchops_views() -> Iterable[View]:
    """Its read models."""
    raise NotImplementedError


@hookspec
def branchops_duties() -> Duties:
    """The functions that derive what is owed."""
    raise NotImplementedError


@hookspec
def branchops_reports() -> Offer:
    """Its reports, registers, imports, exports, and how its records are shown."""
    raise NotImplementedError

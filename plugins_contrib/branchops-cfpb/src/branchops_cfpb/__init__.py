"""The public complaint files of the US CFPB. Hooks only; every room is imported when it is needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from branchops.api import Plugin, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from branchops.api import EventType, Offer, Rulebook, View

__version__ = "0.1.0"
HERE = Path(__file__).parent


@hookimpl
def branchops_plugin() -> Plugin:
    """Who this is."""
    return Plugin(
        name="cfpb",
        api_version=1,
        en="CFPB complaints",
        zh="美国消费者金融保护局投诉",
        version=__version__,
        locale=HERE / "locale",
    )


@hookimpl
def branchops_events() -> Iterable[EventType]:
    """What is recorded."""
    from branchops_cfpb.events import EVENTS

    return EVENTS


@hookimpl
def branchops_rules() -> Rulebook:
    """What is judged."""
    from branchops.api import Rulebook, Validator, gather
    from branchops_cfpb import rules

    return Rulebook(pack=HERE / "pack.toml", validators=gather(rules, Validator))


@hookimpl
def branchops_views() -> Iterable[View]:
    """The read models."""
    from branchops_cfpb.views import VIEWS

    return VIEWS


@hookimpl
def branchops_reports() -> Offer:
    """What is answered, read and written."""
    from branchops_cfpb.offer import OFFER

    return OFFER

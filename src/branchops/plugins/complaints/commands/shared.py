"""Words that several commands take."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from branchops.api import N_, UsageError, _, parse_day, session
from branchops.plugins.complaints.rules.accepting import HANDLER

Id = Annotated[str, typer.Argument(help=N_("number of the complaint: C-2026-0113, C-113 or 113"), metavar="ID")]


def staff(text: str) -> str:
    """A staff id of an id or name; the acting person when nothing is given."""
    run = session()
    return run.branch.house.people.resolve(text) if text else run.actor


def head(text: str) -> str:
    """The staff id given, else whoever acts as head today."""
    run = session()
    if text:
        return run.branch.house.people.resolve(text)
    today = run.clock.now().astimezone(run.branch.house.tz).date()
    return run.branch.house.people.head(today) or run.actor


def handler(text: str) -> str:
    """The staff id given, else the designated handler. UsageError when nobody is designated."""
    run = session()
    if text:
        return run.branch.house.people.resolve(text)
    today = run.clock.now().astimezone(run.branch.house.tz).date()
    found = run.branch.house.people.holders(HANDLER, today)
    if not found:
        raise UsageError(
            _("Nobody is designated as complaint handler."),
            _("Designate one: branchops staff role ID complaint-handler"),
        )
    return found[0]


def deadline(text: str) -> datetime:
    """An instant of the outlet's clock; a bare date means close of business on it."""
    run = session()
    house = run.branch.house
    now = run.clock.now()
    if ":" not in text:
        calendar = house.calendar_of(house.policies.at(now))
        return calendar.close_of(parse_day(text, now.astimezone(house.tz).date()))
    return run.moment(text)

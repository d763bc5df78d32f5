"""User ids in the bank's systems (articles I.3 and II.3). Stream: `ids-<system>`."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from branchops.api import Event, Signs

SAVINGS = "counter.purge-idle-savings-ids"
CORPORATE = "counter.purge-corporate-ids-elsewhere"


class UserIdSeen(Event, frozen=True):
    """A system's user list of a day held this id. `staff` is empty for a shared id that has no human."""

    system: str
    user: str
    as_of: date
    staff: str = ""
    name: str = ""
    last_used: date | None = None


class IdsReviewed(Event, frozen=True):
    """Somebody compared a system's ids with the staff list; `found` may be empty, and that is a finding too."""

    system: str
    day: date
    reviewer: Annotated[str, Signs(rule=SAVINGS)]
    found: tuple[str, ...] = ()
    note: str = ""


class IdPurged(Event, frozen=True):
    """An id was cleared in its system: asked for by one person, reviewed by another."""

    system: str
    user: str
    day: date
    requester: Annotated[str, Signs(rule=SAVINGS)]
    reviewer: Annotated[str, Signs(rule=SAVINGS)]
    reason: str = ""


class IdWaived(Event, frozen=True):
    """A dual role was approved: the id may stay until a day."""

    system: str
    user: str
    approver: Annotated[str, Signs(role="outlet-head", rule=CORPORATE)]
    until: date
    reason: str

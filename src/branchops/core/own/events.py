"""What happens to the branch itself: outlets, settings, days, voided entries. (People have their own room.)"""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from branchops.core.extend.descriptors import EventType
from branchops.core.people import events as people
from branchops.core.rulebook.fields import Event
from branchops.core.rulebook.policy import PolicySet
from branchops.core.views.catchup import VOIDED


class OutletRegistered(Event, frozen=True):
    """An outlet joined the register: its code, name and IANA time zone."""

    code: str
    name: str
    timezone: str = "Asia/Shanghai"


class DayOpened(Event, frozen=True):
    """The business day was opened."""

    date: date


class MissedDuty(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A duty unmet when its day was closed."""

    rule: str
    subject: str
    who: str = ""
    due: datetime | None = None
    role: str = ""
    critical: bool = False


class DayClosed(Event, frozen=True):
    """The business day was closed: what was missed, and the tree's size and root before this entry.

    `unasked` names the plugins that could not be asked what was owed because they failed: such a day is never clean.
    """

    date: date
    clean: bool
    size: int
    root: str
    missed: tuple[MissedDuty, ...] = ()
    unasked: tuple[str, ...] = ()


class Voided(Event, frozen=True):
    """An entry of this stream is struck out; it stays readable."""

    target: str
    target_pos: int
    target_type: str
    target_actor: str
    reason: str


OWN: dict[str, type] = {
    "outlet.registered": OutletRegistered,
    "policy.set": PolicySet,
    "day.opened": DayOpened,
    "day.closed": DayClosed,
    VOIDED: Voided,
}

EVENTS = (
    *(EventType(name=name, struct=struct) for name, struct in OWN.items()),
    *(EventType(name=name, struct=struct, state="core.staff") for name, struct in people.EVENTS.items()),
)

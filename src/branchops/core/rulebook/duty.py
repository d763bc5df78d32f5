"""What somebody owes, and how it stands at a given instant.

Invariant: a `Duty` holds only facts; its status is never stored but computed from `due`, `met` and the instant asked
about. Instants are compared in UTC, in whatever zone each is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal

from msgspec import Struct

from branchops.core.rulebook.calendar import utc
from branchops.core.rulebook.deadline import Step

Status = Literal["open", "overdue", "met", "late", "missed"]

_NEVER = datetime.max.replace(tzinfo=UTC)


class Duty(Struct, frozen=True, gc=False):
    """One obligation: under `rule` something is owed about `subject` until `due` (None: no limit).

    `title` is a msgid, `args` its placeholders. `who` is a staff id, `role` a role when nobody is named. `met` is when
    it was done, `policy` the version of the policy it was born under, `steps` how `due` came about. A duty that is not
    `curable` cannot be made good after `due`. All instants are aware.
    """

    rule: str
    subject: str
    title: str
    born: datetime
    due: datetime | None
    who: str = ""
    role: str = ""
    met: datetime | None = None
    policy: int = 0
    steps: tuple[Step, ...] = ()
    curable: bool = True
    critical: bool = False
    args: dict[str, str] = {}


def status(duty: Duty, now: datetime) -> Status:
    """How the duty stands at `now`. Exactly at `due` is in time; without a due time nothing is ever late."""
    due = _NEVER if duty.due is None else utc(duty.due)
    if duty.met is not None:
        return "met" if utc(duty.met) <= due else "late"
    if utc(now) <= due:
        return "open"
    return "overdue" if duty.curable else "missed"


def owed(state: Status) -> bool:
    """Whether something can and must still be done: open or overdue."""
    return state in ("open", "overdue")


def duty_id(duty: Duty) -> str:
    """`rule@subject`: the same duty has the same id on every computation. A rule id holds no "@"."""
    return f"{duty.rule}@{duty.subject}"


def sort_key(duty: Duty) -> tuple[datetime, bool, str]:
    """Orders the soonest due first, those without a due time last; of equals the critical first, then by id."""
    return (_NEVER if duty.due is None else utc(duty.due), not duty.critical, duty_id(duty))


def soonest_first(duties: Iterable[Duty]) -> list[Duty]:
    """The duties in the order of `sort_key`."""
    return sorted(duties, key=sort_key)

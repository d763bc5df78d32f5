"""What happens to people: the staff book's own events.

Invariant: every date is a day of the branch and every `until` / `on` names the *last* day, so that spans are closed on
both ends. No secret is ever a field here: a PIN's hash lives in keys.db, the ledger only knows that one was set.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from branchops.core.rulebook.fields import Event, Signs

Kind = Literal["employee", "contractor"]


class StaffAdded(Event, frozen=True):
    """A new staff id. `person` is the first id of the same human; equal to `id` for a newcomer."""

    id: str
    name: str
    person: str
    kind: Kind = "employee"


class RoleGiven(Event, frozen=True):
    """A role from `start`, for good or until a last day."""

    staff: str
    role: str
    start: date
    until: date | None = None


class RoleEnded(Event, frozen=True):
    """Nothing of the role remains after `on`: a running span ends, a later one falls away."""

    staff: str
    role: str
    on: date


class OnLeave(Event, frozen=True):
    """Away from `start` to `until`. `reason` is one of `roles.LEAVES`: a kind, never a story."""

    staff: str
    start: date
    until: date
    reason: str = "other"


class StaffLeft(Event, frozen=True):
    """The staff id is closed; `on` is its last working day."""

    staff: str
    on: date


class Delegated(Event, frozen=True):
    """`to_staff` acts in a role that `from_staff` holds; it lapses when the giver's own role does."""

    from_staff: str
    to_staff: str
    role: str
    start: date
    until: date


class DelegationEnded(Event, frozen=True):
    """Nothing of the delegation remains after `on`; one not yet begun falls away."""

    from_staff: str
    to_staff: str
    role: str
    on: date


class PinSet(Event, frozen=True):
    """A PIN was set or changed."""

    staff: str


class PinFailed(Event, frozen=True):
    """A wrong PIN was given; `attempt` counts the wrong ones in a row for the person, this one included."""

    staff: str
    attempt: int


class PinLocked(Event, frozen=True):
    """Too many wrong PINs in a row: the person cannot sign until somebody else unlocks."""

    staff: str


class PinUnlocked(Event, frozen=True):
    """Another person vouches, with an own PIN, that the locked-out one may try again."""

    staff: str
    by: Annotated[str, Signs()]


class PinCleared(Event, frozen=True):
    """The right PIN ended a run of wrong ones, before it became a lock-out."""

    staff: str


class OsUserBound(Event, frozen=True):
    """The operating-system user acts as this staff id by default; "" unbinds."""

    staff: str
    os_user: str


EVENTS: dict[str, type[Event]] = {
    "staff.added": StaffAdded,
    "staff.role-given": RoleGiven,
    "staff.role-ended": RoleEnded,
    "staff.on-leave": OnLeave,
    "staff.left": StaffLeft,
    "staff.delegated": Delegated,
    "staff.delegation-ended": DelegationEnded,
    "staff.pin-set": PinSet,
    "staff.pin-failed": PinFailed,
    "staff.pin-locked": PinLocked,
    "staff.pin-unlocked": PinUnlocked,
    "staff.pin-cleared": PinCleared,
    "staff.bound": OsUserBound,
}

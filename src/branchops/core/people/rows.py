"""One row a staff id, and the pure folds that make it from events.

Invariant: `fold` is total and deterministic. It judges nothing (rules.py did, before the event was stored) and it never
fails on a history with voided events in it: what concerns an id that is not there changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Protocol, TypeVar

import msgspec

from branchops.core.people import events as ev
from branchops.core.rulebook.fields import Event


class RoleSpan(msgspec.Struct, frozen=True):
    """A role from `start` to the last day `end` (None: for good), recorded by `by`."""

    role: str
    start: date
    end: date | None = None
    by: str = ""


class LeaveSpan(msgspec.Struct, frozen=True):
    """Away from `start` to the last day `end`."""

    start: date
    end: date
    reason: str = "other"


class Delegation(msgspec.Struct, frozen=True):
    """A role of `from_staff` that the row's id acts in, from `start` to the last day `end`."""

    from_staff: str
    role: str
    start: date
    end: date


class Staff(msgspec.Struct, frozen=True, kw_only=True):
    """A staff id as it stands. `added_at` is a stamp; `left_on` the last working day."""

    id: str
    name: str
    person: str
    kind: str = "employee"
    os_user: str = ""
    added_at: str = ""
    left_on: date | None = None
    roles: tuple[RoleSpan, ...] = ()
    leaves: tuple[LeaveSpan, ...] = ()
    delegations_in: tuple[Delegation, ...] = ()
    pin_set: bool = False
    pin_failures: int = 0
    pin_locked: bool = False


class Span(Protocol):
    """Anything that lasts from a first to a last day."""

    @property
    def start(self) -> date: ...
    @property
    def end(self) -> date | None: ...


S = TypeVar("S", RoleSpan, Delegation)


def covers(span: Span, day: date) -> bool:
    """Whether the day is in the span, both ends included."""
    return span.start <= day and (span.end is None or day <= span.end)


def overlap(start: date, end: date | None, other_start: date, other_end: date | None) -> bool:
    """Whether two closed spans share a day; None is no end."""
    return (end is None or other_start <= end) and (other_end is None or start <= other_end)


def row_key(event: Event) -> str:
    """The staff id whose row the event changes; the receiver's for a delegation."""
    if isinstance(event, ev.StaffAdded):
        return event.id
    if isinstance(event, ev.Delegated | ev.DelegationEnded):
        return event.to_staff
    return str(event.staff)  # type: ignore[attr-defined]


def fold(row: Staff | None, event: Event, *, at: str, by: str) -> Staff | None:
    """The row after the event. `at` is the event's occurred_at stamp, `by` its actor.

    None stays None until the id is added. Raises TypeError for an event that is not about people.
    """
    if isinstance(event, ev.StaffAdded):
        return fold_added(row, event, at=at)
    step = _STEPS.get(type(event))
    if step is None:
        raise TypeError(f"not an event about people: {type(event).__name__}")
    return None if row is None else step(row, event, by)


def fold_added(row: Staff | None, event: ev.StaffAdded, *, at: str) -> Staff:
    """A fresh row; an id that was added before keeps what it is."""
    if row is not None:
        return row
    return Staff(id=event.id, name=event.name, person=event.person, kind=event.kind, added_at=at)


def fold_role_given(row: Staff, event: ev.RoleGiven, by: str) -> Staff:
    span = RoleSpan(event.role, event.start, event.until, by)
    return msgspec.structs.replace(row, roles=(*row.roles, span))


def fold_role_ended(row: Staff, event: ev.RoleEnded, _by: str) -> Staff:
    return msgspec.structs.replace(row, roles=_trim(row.roles, event.on, lambda span: span.role == event.role))


def fold_on_leave(row: Staff, event: ev.OnLeave, _by: str) -> Staff:
    return msgspec.structs.replace(row, leaves=(*row.leaves, LeaveSpan(event.start, event.until, event.reason)))


def fold_left(row: Staff, event: ev.StaffLeft, _by: str) -> Staff:
    return msgspec.structs.replace(row, left_on=event.on)


def fold_delegated(row: Staff, event: ev.Delegated, _by: str) -> Staff:
    span = Delegation(event.from_staff, event.role, event.start, event.until)
    return msgspec.structs.replace(row, delegations_in=(*row.delegations_in, span))


def fold_delegation_ended(row: Staff, event: ev.DelegationEnded, _by: str) -> Staff:
    def meant(span: Delegation) -> bool:
        return (span.from_staff, span.role) == (event.from_staff, event.role)

    return msgspec.structs.replace(row, delegations_in=_trim(row.delegations_in, event.on, meant))


def fold_pin_set(row: Staff, _event: ev.PinSet, _by: str) -> Staff:
    """A new PIN ends a run of wrong ones; it does not lift a lock."""
    return msgspec.structs.replace(row, pin_set=True, pin_failures=0)


def fold_pin_failed(row: Staff, _event: ev.PinFailed, _by: str) -> Staff:
    return msgspec.structs.replace(row, pin_failures=row.pin_failures + 1)


def fold_pin_locked(row: Staff, _event: ev.PinLocked, _by: str) -> Staff:
    return msgspec.structs.replace(row, pin_locked=True)


def fold_pin_unlocked(row: Staff, _event: ev.PinUnlocked, _by: str) -> Staff:
    return msgspec.structs.replace(row, pin_locked=False, pin_failures=0)


def fold_pin_cleared(row: Staff, _event: ev.PinCleared, _by: str) -> Staff:
    return msgspec.structs.replace(row, pin_failures=0)


def fold_bound(row: Staff, event: ev.OsUserBound, _by: str) -> Staff:
    return msgspec.structs.replace(row, os_user=event.os_user)


def _trim(spans: Iterable[S], on: date, meant: Callable[[S], bool]) -> tuple[S, ...]:
    """The spans, those meant cut off after the day `on`; one that would begin later is gone."""
    kept = []
    for span in spans:
        if not meant(span):
            kept.append(span)
        elif span.start <= on:
            kept.append(msgspec.structs.replace(span, end=on if span.end is None else min(span.end, on)))
    return tuple(kept)


_STEPS: dict[type[Event], Callable[[Staff, Any, str], Staff]] = {
    ev.RoleGiven: fold_role_given,
    ev.RoleEnded: fold_role_ended,
    ev.OnLeave: fold_on_leave,
    ev.StaffLeft: fold_left,
    ev.Delegated: fold_delegated,
    ev.DelegationEnded: fold_delegation_ended,
    ev.PinSet: fold_pin_set,
    ev.PinFailed: fold_pin_failed,
    ev.PinLocked: fold_pin_locked,
    ev.PinUnlocked: fold_pin_unlocked,
    ev.PinCleared: fold_pin_cleared,
    ev.OsUserBound: fold_bound,
}

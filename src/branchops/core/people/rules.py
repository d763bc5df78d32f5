"""Judgements on what is claimed about people, before it is stored.

Invariant: pure functions of the staff book and the claim. An objection means the claim is impossible or would leave the
book contradicting itself, so it is rejected; each one names the lawful way. Texts are msgids: translated when shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from branchops.core.output.messages import N_, _
from branchops.core.people import events as ev
from branchops.core.people.roles import LEAVES, ROLES, SOLE_ROLES, nearest
from branchops.core.people.rows import overlap
from branchops.core.people.staff import People
from branchops.core.rulebook.fields import Event

STAFF_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")


class Objection(msgspec.Struct, frozen=True):
    """Why a claim is rejected. `text` and `hint` are msgids with the placeholders of `facts`; `code` is stable."""

    code: str
    text: str
    hint: str
    facts: dict[str, str]

    def message(self) -> str:
        """The reason in the language of the output."""
        return _(self.text).format(**self.facts)

    def advice(self) -> str:
        """The way out in the language of the output."""
        return _(self.hint).format(**self.facts)


def judge(people: People, event: Event, *, known_roles: Iterable[str] = ROLES) -> tuple[Objection, ...]:
    """All objections to one event about people, judged against the book as it stands; () is fine.

    `known_roles` are the role names in use at this outlet. Events without a rule of their own only need known ids.
    """
    strangers = tuple(_strangers(people, event))
    if strangers:
        return strangers
    if isinstance(event, ev.RoleGiven):
        return (*judge_role(event.role, known_roles), *judge_role_given(people, event))
    judgement = _JUDGEMENTS.get(type(event))
    return tuple(judgement(people, event)) if judgement else ()


def judge_role(role: str, known_roles: Iterable[str] = ROLES) -> Iterator[Objection]:
    """A role nobody knows is most likely misspelt."""
    known = sorted(known_roles)
    if role in known:
        return
    close = nearest(role, known)
    if close:
        yield _no("unknown-role", N_("There is no role {role}."), N_("Did you mean {close}?"), role=role, close=close)
    else:
        hint = N_("The roles: {known}.")
        yield _no("unknown-role", N_("There is no role {role}."), hint, role=role, known=", ".join(known))


def judge_added(people: People, event: ev.StaffAdded) -> Iterator[Objection]:
    """A new id is well formed and not in use; a tie to a person names a person there is."""
    if not STAFF_ID.fullmatch(event.id):
        text = N_("{id} cannot be a staff id.")
        hint = N_("Use up to 32 of the letters A-Z, digits, dot, hyphen and underscore, a letter or digit first.")
        yield _no("bad-id", text, hint, id=event.id)
    twin = next((row for row in people if row.id.casefold() == event.id.casefold()), None)
    if twin is not None:
        text = N_("The staff id {id} is taken by {name}.")
        hint = N_("Choose another id; ids are never used twice, not even after somebody left.")
        yield _no("id-taken", text, hint, id=twin.id, name=twin.name)
    if not event.name.strip():
        yield _no("no-name", N_("{id} has no name."), N_("Give the name as people say it."), id=event.id)
    if event.person == event.id or people.ids_of(event.person):
        return
    text = N_("There is no person {person} to tie {id} to.")
    if people.knows(event.person):
        hint = N_("{person} is itself tied to a person: use {close}.")
        yield _no("unknown-person", text, hint, person=event.person, id=event.id, close=people.person(event.person))
        return
    close = nearest(event.person, (row.person for row in people))
    hint = N_("Did you mean {close}?") if close else N_("Name the first staff id of the same human.")
    yield _no("unknown-person", text, hint, person=event.person, id=event.id, close=close or "")


def judge_role_given(people: People, event: ev.RoleGiven) -> Iterator[Objection]:
    """A role goes to somebody who is here, once at a time, and a sole role to one holder at any instant."""
    facts = {"staff": event.staff, "role": event.role}
    yield from _backwards(event.start, event.until)
    yield from _departed(people, event.staff, event.until or event.start)
    for span in people.get(event.staff).roles:
        if span.role == event.role and overlap(span.start, span.end, event.start, event.until):
            text = N_("{staff} holds the role {role} already, from {since}.")
            hint = N_("End it first, or let the new one begin after it.")
            yield _no("role-held", text, hint, **facts, since=span.start.isoformat())
            break
    if event.role not in SOLE_ROLES:
        return
    for holder in _holders_between(people, event.role, event.start, event.until):
        if holder != event.staff:
            text = N_("Only one may hold the role {role} at a time, and {holder} holds it then.")
            hint = N_("End the role of {holder} first (its last day before {start}), or delegate it for a while.")
            yield _no("second-holder", text, hint, **facts, holder=holder, start=event.start.isoformat())


def judge_role_ended(people: People, event: ev.RoleEnded) -> Iterator[Objection]:
    """Only a role that runs on or after the day can end, and not before its first day."""
    spans = [span for span in people.get(event.staff).roles if span.role == event.role]
    if not any(span.end is None or event.on <= span.end for span in spans):
        text = N_("{staff} does not hold the role {role} on {on}.")
        hint = N_("See who holds what: branchops staff list")
        yield _no("role-not-held", text, hint, staff=event.staff, role=event.role, on=event.on.isoformat())
    elif event.on < min(span.start for span in spans):
        text = N_("The role {role} of {staff} begins on {start}, after {on}.")
        hint = N_("A role given by mistake is voided, not ended: branchops void EVENT --reason TEXT")
        start = min(span.start for span in spans)
        facts = {"staff": event.staff, "role": event.role, "on": event.on.isoformat()}
        yield _no("role-not-begun", text, hint, **facts, start=start.isoformat())


def judge_leave(people: People, event: ev.OnLeave) -> Iterator[Objection]:
    """Leave is of a known kind, ends after it begins, and is for people who are here. Overlaps are fine."""
    yield from _backwards(event.start, event.until)
    yield from _departed(people, event.staff, event.start)
    if event.reason not in LEAVES:
        text = N_("There is no kind of leave {reason}.")
        yield _no("unknown-leave", text, N_("The kinds: {known}."), reason=event.reason, known=", ".join(LEAVES))


def judge_left(people: People, event: ev.StaffLeft) -> Iterator[Objection]:
    """Nobody leaves twice."""
    left_on = people.get(event.staff).left_on
    if left_on is not None:
        text = N_("{staff} left already; the last day was {on}.")
        hint = N_("A wrong day is voided and recorded anew: branchops void EVENT --reason TEXT")
        yield _no("left-already", text, hint, staff=event.staff, on=left_on.isoformat())


def judge_delegated(people: People, event: ev.Delegated) -> Iterator[Objection]:
    """A role is lent by one who holds it in own right, to another human; a sole role to one at a time."""
    facts = {"giver": event.from_staff, "to": event.to_staff, "role": event.role}
    yield from _backwards(event.start, event.until)
    yield from _departed(people, event.from_staff, event.start)
    yield from _departed(people, event.to_staff, event.until)
    if people.same_person(event.from_staff, event.to_staff):
        text = N_("{giver} and {to} are the same person ({name}).")
        hint = N_("Delegate to somebody else.")
        yield _no("same-person", text, hint, **facts, name=people.name(event.to_staff))
    if not people.holds_in_own_right(event.from_staff, event.role, event.start):
        text = N_("{giver} does not hold the role {role} in own right on {start}, so cannot delegate it.")
        holders = [row.id for row in people if people.holds_in_own_right(row.id, event.role, event.start)]
        hint = N_("It can be delegated by: {holders}.") if holders else N_("Give the role to somebody first.")
        yield _no("not-holder", text, hint, **facts, start=event.start.isoformat(), holders=", ".join(holders))
    if event.role not in SOLE_ROLES:
        return
    for row in people:
        for span in row.delegations_in:
            mine = (span.from_staff, span.role) == (event.from_staff, event.role)
            if mine and overlap(span.start, span.end, event.start, event.until):
                text = N_("{deputy} acts in the role {role} then, from {since} to {end}; one person at a time.")
                hint = N_("End that delegation first.")
                dates = {"since": span.start.isoformat(), "end": span.end.isoformat()}
                yield _no("second-deputy", text, hint, **facts, deputy=row.id, **dates)


def judge_delegation_ended(people: People, event: ev.DelegationEnded) -> Iterator[Objection]:
    """Only a delegation there is, not over yet on the day, can be ended."""
    for span in people.get(event.to_staff).delegations_in:
        if (span.from_staff, span.role) == (event.from_staff, event.role) and event.on <= span.end:
            return
    text = N_("{giver} has not delegated the role {role} to {to} on {on} or later.")
    hint = N_("See who holds what: branchops staff list")
    facts = {"giver": event.from_staff, "to": event.to_staff, "role": event.role, "on": event.on.isoformat()}
    yield _no("not-delegated", text, hint, **facts)


def judge_unlocked(people: People, event: ev.PinUnlocked) -> Iterator[Objection]:
    """Another human vouches for the locked-out one; nobody vouches for themselves, heads included."""
    if people.same_person(event.staff, event.by):
        text = N_("{by} and {staff} are the same person ({name}): nobody unlocks an own PIN.")
        hint = N_("Ask a colleague to unlock it, with the colleague's own PIN.")
        yield _no("self-unlock", text, hint, by=event.by, staff=event.staff, name=people.name(event.staff))
    elif people.pin_locked(event.by):
        hint = N_("Ask a colleague whose PIN works.")
        yield _no("unlocker-locked", N_("The PIN of {by} is locked."), hint, by=event.by)


def judge_bound(people: People, event: ev.OsUserBound) -> Iterator[Objection]:
    """One operating-system user stands for one staff id."""
    for row in people:
        if event.os_user and row.os_user == event.os_user and row.id != event.staff and row.left_on is None:
            text = N_("The system user {os_user} is bound to {holder}.")
            hint = N_("Unbind {holder} first, or say who acts with --as.")
            yield _no("os-user-bound", text, hint, os_user=event.os_user, holder=row.id)


def _holders_between(people: People, role: str, start: date, end: date | None) -> Iterator[str]:
    """Ids that hold the role in own right on some day of the span; a departed one until the last day."""
    for row in people:
        for span in row.roles:
            until = min((day for day in (span.end, row.left_on) if day is not None), default=None)
            lasts = until is None or span.start <= until
            if span.role == role and lasts and overlap(span.start, until, start, end):
                yield row.id
                break


def _strangers(people: People, event: Event) -> Iterator[Objection]:
    for field in ("staff", "from_staff", "to_staff", "by"):
        staff = getattr(event, field, None)
        if staff is None or people.knows(staff):
            continue
        close = nearest(staff, (row.id for row in people))
        hint = N_("Did you mean {close}?") if close else N_("The list: branchops staff list")
        yield _no("unknown-staff", N_("No such staff member: {id}."), hint, id=staff, close=close or "")


def _backwards(start: date, until: date | None) -> Iterator[Objection]:
    if until is not None and until < start:
        text = N_("The last day {until} is before the first day {start}.")
        hint = N_("Give the first day with --from and the last with --until.")
        yield _no("backwards", text, hint, start=start.isoformat(), until=until.isoformat())


def _departed(people: People, staff: str, day: date) -> Iterator[Objection]:
    left_on = people.get(staff).left_on
    if left_on is not None and day > left_on:
        text = N_("{staff} left; the last day was {on}.")
        hint = N_("Choose somebody who works here, or a span that ends by then.")
        yield _no("departed", text, hint, staff=staff, on=left_on.isoformat())


def _no(code: str, text: str, hint: str, **facts: str) -> Objection:
    return Objection(f"people.{code}", text, hint, facts)


_JUDGEMENTS: dict[type[Event], Callable[[People, Any], Iterator[Objection]]] = {
    ev.StaffAdded: judge_added,
    ev.RoleEnded: judge_role_ended,
    ev.OnLeave: judge_leave,
    ev.StaffLeft: judge_left,
    ev.Delegated: judge_delegated,
    ev.DelegationEnded: judge_delegation_ended,
    ev.PinUnlocked: judge_unlocked,
    ev.OsUserBound: judge_bound,
}

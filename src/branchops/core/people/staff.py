"""`People`: everybody at the outlet as one immutable value, answered by day.

Invariant: questions about *humans* (same person, on leave, PIN locked) look through the staff ids of one person;
questions about *entitlement* (roles, active) look at the one id asked for. Nobody is exempt from either.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from branchops.core.errors import NotFound, UsageError
from branchops.core.memo import Memo
from branchops.core.output.messages import _
from branchops.core.people.roles import HEAD, LEAVES, ROLES, nearest, role_title
from branchops.core.people.rows import Delegation, LeaveSpan, RoleSpan, Staff, covers, fold, overlap, row_key

__all__ = [
    "HEAD", "LEAVES", "ROLES", "Delegation", "LeaveSpan", "People", "RoleSpan", "Staff",
    "covers", "fold", "nearest", "overlap", "role_title", "row_key",
]  # fmt: skip


class People:
    """The staff book at one instant. Built from rows, never changed; `with_row` gives a new one.

    Who holds a role on a day is worked out once, however many duties ask.
    """

    __slots__ = ("_by_person", "_heads", "_holders", "_roles", "_rows")

    def __init__(self, rows: Iterable[Staff] = ()) -> None:
        self._rows: dict[str, Staff] = {row.id: row for row in sorted(rows, key=lambda row: row.id)}
        by_person: dict[str, list[str]] = {}
        for row in self._rows.values():
            by_person.setdefault(row.person, []).append(row.id)
        self._by_person = {person: tuple(ids) for person, ids in by_person.items()}
        self._roles = Memo(self._roles_on)
        self._holders = Memo(self._holders_on)
        self._heads = Memo(self._head_on)

    def __iter__(self) -> Iterator[Staff]:
        """The rows in order of id."""
        return iter(self._rows.values())

    def __len__(self) -> int:
        return len(self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, People) and self._rows == other._rows

    __hash__ = None  # type: ignore[assignment]

    def with_row(self, row: Staff) -> People:
        """The same people with this row added or in the place of the one with its id."""
        return People([*(old for old in self if old.id != row.id), row])

    # --- who is who ---

    def knows(self, staff: str) -> bool:
        return staff in self._rows

    def get(self, staff: str) -> Staff:
        """The row of an id. Raises NotFound, with the likeliest id in the hint."""
        row = self._rows.get(staff)
        if row is None:
            raise self._unknown(staff)
        return row

    def name(self, staff: str) -> str:
        return self.get(staff).name

    def person(self, staff: str) -> str:
        """The human behind the id: the first id that human ever had."""
        return self.get(staff).person

    def ids_of(self, person: str) -> tuple[str, ...]:
        """All ids of one human, sorted, departed ones included; empty for an unknown person."""
        return self._by_person.get(person, ())

    def same_person(self, a: str, b: str) -> bool:
        """Whether two ids are one human. Raises NotFound for an unknown id, even when both are equal."""
        return self.person(a) == self.person(b)

    def resolve(self, text: str) -> str:
        """The id meant by an id or a full name, letter case and width aside.

        Raises UsageError when several ids answer to the name, NotFound when none does.
        """
        if text in self._rows:
            return text
        wanted = _plain(text)
        found = [row for row in self if wanted == _plain(row.id)] or [row for row in self if wanted == _plain(row.name)]
        if not found:
            raise self._unknown(text)
        if len(found) > 1:
            candidates = ", ".join(f"{row.id} ({row.name})" for row in found)
            raise UsageError(
                _("{text} can mean several people: {candidates}.").format(text=text, candidates=candidates),
                _("Give the staff id instead of the name."),
                candidates=[row.id for row in found],
            )
        return found[0].id

    def bound_to(self, os_user: str) -> str | None:
        """The one open staff id bound to an operating-system user; None when there is none, or more than one."""
        ids = [row.id for row in self if os_user and row.os_user == os_user and row.left_on is None]
        return ids[0] if len(ids) == 1 else None

    # --- who is there ---

    def active(self, staff: str, day: date) -> bool:
        """Whether the id was not yet closed on the day. The day it was entered into the book does not matter:
        a record about the past may name somebody the book learned of later."""
        left_on = self.get(staff).left_on
        return left_on is None or day <= left_on

    def on_leave(self, staff: str, day: date) -> bool:
        """Whether the human behind the id is on leave, whichever id the leave was entered for."""
        return any(covers(leave, day) for twin in self.ids_of(self.person(staff)) for leave in self._rows[twin].leaves)

    def present(self, day: date) -> tuple[str, ...]:
        """Ids that are active and not on leave, sorted."""
        return tuple(row.id for row in self if self._present(row.id, day))

    # --- who may do what ---

    def roles(self, staff: str, day: date) -> frozenset[str]:
        """Own roles and those delegated to the id; none after its last day.

        Leave takes no role away: somebody called in from leave may act.
        """
        return self._roles[staff, day]

    def _roles_on(self, asked: tuple[str, date]) -> frozenset[str]:
        staff, day = asked
        row = self.get(staff)
        if not self.active(row.id, day):
            return frozenset()
        own = {span.role for span in row.roles if covers(span, day)}
        lent = {span.role for span in row.delegations_in if self._lent(span, day)}
        return frozenset(own | lent)

    def holds(self, staff: str, role: str, day: date) -> bool:
        """Whether the id has the role on the day, in its own right or by delegation."""
        return role in self.roles(staff, day)

    def holds_in_own_right(self, staff: str, role: str, day: date) -> bool:
        """Whether the id has the role on the day without anybody's delegation."""
        row = self._rows.get(staff)
        if row is None or not self.active(staff, day):
            return False
        return any(span.role == role and covers(span, day) for span in row.roles)

    def holders(self, role: str, day: date) -> tuple[str, ...]:
        """Whom to turn to: holders in their own right who are not on leave, then delegates who are not; no id twice."""
        return self._holders[role, day]

    def _holders_on(self, asked: tuple[str, date]) -> tuple[str, ...]:
        role, day = asked
        own = [row.id for row in self if self._present(row.id, day) and self.holds_in_own_right(row.id, role, day)]
        lent = [
            row.id
            for row in self
            if self._present(row.id, day) and any(s.role == role and self._lent(s, day) for s in row.delegations_in)
        ]
        return tuple(dict.fromkeys([*own, *lent]))

    def appointed_head(self, day: date) -> str | None:
        """The one head in own right, on leave or not; None when there is none or, in a damaged history, several."""
        heads = [row.id for row in self if self.holds_in_own_right(row.id, HEAD, day)]
        return heads[0] if len(heads) == 1 else None

    def head(self, day: date) -> str | None:
        """Who acts as head: the appointed one, or on leave the delegate. None when nobody can act."""
        return self._heads[day]

    def _head_on(self, day: date) -> str | None:
        appointed = self.appointed_head(day)
        if appointed is None or not self.on_leave(appointed, day):
            return appointed
        acting = [row for row in self if self._present(row.id, day)]
        for row in acting:
            if any(s.role == HEAD and s.from_staff == appointed and self._lent(s, day) for s in row.delegations_in):
                return row.id
        return None

    # --- whose PIN ---

    def pin_failures(self, staff: str) -> int:
        """Wrong PINs in a row, summed over all ids of the human."""
        return sum(self._rows[twin].pin_failures for twin in self.ids_of(self.person(staff)))

    def pin_locked(self, staff: str) -> bool:
        """Whether any id of the human is locked out: they share one PIN."""
        return any(self._rows[twin].pin_locked for twin in self.ids_of(self.person(staff)))

    def pin_set(self, staff: str) -> bool:
        """Whether the human has a PIN, whichever id it was set for."""
        return any(self._rows[twin].pin_set for twin in self.ids_of(self.person(staff)))

    def _present(self, staff: str, day: date) -> bool:
        return self.active(staff, day) and not self.on_leave(staff, day)

    def _lent(self, span: Delegation, day: date) -> bool:
        return covers(span, day) and self.holds_in_own_right(span.from_staff, span.role, day)

    def _unknown(self, text: str) -> NotFound:
        close = nearest(text, [*self._rows, *(row.name for row in self)])
        hint = _("The list: branchops staff list")
        if close is not None:
            hint = _("Did you mean {close}?").format(close=close) + " " + hint
        return NotFound(_("No such staff member: {id}.").format(id=text), hint, **({"close": close} if close else {}))


def _plain(text: str) -> str:
    """Letter case, width and outer or repeated spaces aside."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())

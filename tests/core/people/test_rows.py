"""Folding the staff book, against a model that keeps a set of days for everything."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchops.core.people import events as ev
from branchops.core.people.rows import Delegation, LeaveSpan, RoleSpan, Staff, fold, row_key
from branchops.core.people.staff import HEAD, People
from branchops.core.rulebook.fields import Event

FIRST = date(2026, 11, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(12)]
IDS = {"a": "a", "a2": "a", "b": "b", "c": "c"}
ROLES = [HEAD, "teller"]
AT = "2026-11-01T00:00:00.000000Z"


def book(events: list[Event]) -> People:
    """All events folded, by the id each one concerns."""
    rows: dict[str, Staff | None] = {}
    for event in events:
        key = row_key(event)
        rows[key] = fold(rows.get(key), event, at=AT, by="boss")
    return People(row for row in rows.values() if row is not None)


class Model:
    """The same, the slow and obvious way: which days, one by one."""

    def __init__(self) -> None:
        self.own: dict[tuple[str, str], set[date]] = {}
        self.lent: dict[tuple[str, str, str], set[date]] = {}
        self.away: dict[str, set[date]] = {}
        self.gone: dict[str, date] = {}

    def apply(self, event: Event) -> None:
        match event:
            case ev.RoleGiven():
                self.own.setdefault((event.staff, event.role), set()).update(_days(event.start, event.until))
            case ev.RoleEnded():
                _cut(self.own.get((event.staff, event.role), set()), event.on)
            case ev.OnLeave():
                self.away.setdefault(IDS[event.staff], set()).update(_days(event.start, event.until))
            case ev.StaffLeft():
                self.gone[event.staff] = event.on
            case ev.Delegated():
                days = self.lent.setdefault((event.from_staff, event.to_staff, event.role), set())
                days.update(_days(event.start, event.until))
            case ev.DelegationEnded():
                _cut(self.lent.get((event.from_staff, event.to_staff, event.role), set()), event.on)

    def active(self, staff: str, day: date) -> bool:
        return staff not in self.gone or day <= self.gone[staff]

    def own_role(self, staff: str, role: str, day: date) -> bool:
        return self.active(staff, day) and day in self.own.get((staff, role), set())

    def lent_role(self, staff: str, role: str, day: date, giver: str) -> bool:
        lent = day in self.lent.get((giver, staff, role), set())
        return lent and self.active(staff, day) and self.own_role(giver, role, day)

    def roles(self, staff: str, day: date) -> frozenset[str]:
        return frozenset(
            role
            for role in ROLES
            if self.own_role(staff, role, day) or any(self.lent_role(staff, role, day, giver) for giver in IDS)
        )

    def present(self, day: date) -> tuple[str, ...]:
        return tuple(s for s in IDS if self.active(s, day) and day not in self.away.get(IDS[s], set()))

    def holders(self, role: str, day: date) -> tuple[str, ...]:
        here = self.present(day)
        own = [s for s in here if self.own_role(s, role, day)]
        lent = [s for s in here if s not in own and any(self.lent_role(s, role, day, giver) for giver in IDS)]
        return (*own, *lent)

    def head(self, day: date) -> str | None:
        heads = [s for s in IDS if self.own_role(s, HEAD, day)]
        if len(heads) != 1:
            return None
        here = self.present(day)
        if heads[0] in here:
            return heads[0]
        return next((s for s in here if self.lent_role(s, HEAD, day, heads[0])), None)


def _days(start: date, until: date | None) -> set[date]:
    return {day for day in DAYS if start <= day and (until is None or day <= until)}


def _cut(days: set[date], on: date) -> None:
    days.difference_update([day for day in days if day > on])


staff_ids = st.sampled_from(sorted(IDS))
days = st.sampled_from(DAYS)
roles = st.sampled_from(ROLES)
happenings: st.SearchStrategy[Any] = st.one_of(
    st.builds(ev.RoleGiven, staff=staff_ids, role=roles, start=days, until=st.none() | days),
    st.builds(ev.RoleEnded, staff=staff_ids, role=roles, on=days),
    st.builds(ev.OnLeave, staff=staff_ids, start=days, until=days, reason=st.just("annual")),
    st.builds(ev.StaffLeft, staff=staff_ids, on=days),
    st.builds(ev.Delegated, from_staff=staff_ids, to_staff=staff_ids, role=roles, start=days, until=days),
    st.builds(ev.DelegationEnded, from_staff=staff_ids, to_staff=staff_ids, role=roles, on=days),
)
ADDED: list[Event] = [ev.StaffAdded(id=staff, name=staff.upper(), person=person) for staff, person in IDS.items()]


@given(st.lists(happenings, max_size=25))
def test_the_folded_book_answers_every_day_as_the_naive_model_does(history: list[Event]) -> None:
    """Roles, presence, holders and head agree with a day-by-day model after any history, even an unjudged one."""
    people, model = book([*ADDED, *history]), Model()
    for event in history:
        model.apply(event)
    for day in DAYS:
        assert people.present(day) == model.present(day)
        assert people.head(day) == model.head(day)
        for role in ROLES:
            assert people.holders(role, day) == model.holders(role, day)
        for staff in IDS:
            assert people.roles(staff, day) == model.roles(staff, day)
            assert people.active(staff, day) == model.active(staff, day)
            assert all(people.holds(staff, role, day) == (role in model.roles(staff, day)) for role in ROLES)


@given(st.lists(happenings, max_size=10))
def test_a_row_survives_its_json(history: list[Event]) -> None:
    """Rows live in a read model as JSON: reading one back gives the same row."""
    for row in book([*ADDED, *history]):
        assert msgspec.json.decode(msgspec.json.encode(row), type=Staff) == row


@given(st.lists(happenings, max_size=10))
def test_events_of_an_id_that_was_never_added_change_nothing(history: list[Event]) -> None:
    """When the adding itself was voided, the rest of the history still folds."""
    assert len(book(history)) == 0


def test_each_event_changes_its_own_part_of_the_row() -> None:
    added = ev.StaffAdded(id="b", name="Wang", person="b", kind="contractor")
    steps: list[Event] = [
        added,
        ev.RoleGiven(staff="b", role="guard", start=DAYS[0]),
        ev.RoleGiven(staff="b", role="teller", start=DAYS[0], until=DAYS[5]),
        ev.RoleEnded(staff="b", role="teller", on=DAYS[2]),
        ev.OnLeave(staff="b", start=DAYS[1], until=DAYS[2], reason="sick"),
        ev.Delegated(from_staff="a", to_staff="b", role=HEAD, start=DAYS[3], until=DAYS[6]),
        ev.DelegationEnded(from_staff="a", to_staff="b", role=HEAD, on=DAYS[4]),
        ev.PinSet(staff="b"),
        ev.PinFailed(staff="b", attempt=1),
        ev.PinLocked(staff="b"),
        ev.OsUserBound(staff="b", os_user="wang"),
        ev.StaffLeft(staff="b", on=DAYS[9]),
    ]
    assert {row_key(event) for event in steps} == {"b"}
    assert list(book(steps)) == [
        Staff(
            id="b",
            name="Wang",
            person="b",
            kind="contractor",
            os_user="wang",
            added_at=AT,
            left_on=DAYS[9],
            roles=(RoleSpan("guard", DAYS[0], None, "boss"), RoleSpan("teller", DAYS[0], DAYS[2], "boss")),
            leaves=(LeaveSpan(DAYS[1], DAYS[2], "sick"),),
            delegations_in=(Delegation("a", HEAD, DAYS[3], DAYS[4]),),
            pin_set=True,
            pin_failures=1,
            pin_locked=True,
        )
    ]


def test_what_is_ended_before_it_begins_leaves_nothing_behind() -> None:
    history: list[Event] = [
        *ADDED,
        ev.Delegated(from_staff="a", to_staff="b", role=HEAD, start=DAYS[3], until=DAYS[6]),
        ev.DelegationEnded(from_staff="a", to_staff="b", role=HEAD, on=DAYS[2]),
    ]
    assert book(history).get("b").delegations_in == ()


def test_only_another_persons_word_lifts_a_lock() -> None:
    locked = [ADDED[0], ev.PinFailed(staff="a", attempt=1), ev.PinLocked(staff="a")]

    def state(*more: Event) -> tuple[bool, int]:
        row = book([*locked, *more]).get("a")
        return row.pin_locked, row.pin_failures

    assert state(ev.PinSet(staff="a")) == (True, 0)
    assert state(ev.PinCleared(staff="a")) == (True, 0)
    assert state(ev.PinUnlocked(staff="a", by="b")) == (False, 0)


def test_an_event_that_is_not_about_people_is_refused() -> None:
    class Foreign(Event, frozen=True):
        staff: str

    with pytest.raises(TypeError, match="Foreign"):
        fold(None, Foreign(staff="a"), at=AT, by="")


def test_every_event_type_has_a_fold_and_survives_its_json() -> None:
    samples: dict[str, Any] = {"start": DAYS[0], "until": DAYS[1], "on": DAYS[1], "attempt": 1}
    for name, kind in ev.EVENTS.items():
        event = kind(**{field: samples.get(field, "a") for field in kind.__struct_fields__ if field != "kind"})
        assert msgspec.json.decode(msgspec.json.encode(event), type=kind) == event, name
        assert fold(Staff(id="a", name="A", person="a"), event, at=AT, by="x") is not None, name

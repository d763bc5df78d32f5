"""What may be claimed about people, and the way out of each refusal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchops.core.people import events as ev
from branchops.core.people.rows import Delegation, RoleSpan, Staff
from branchops.core.people.rules import Objection, judge
from branchops.core.people.staff import HEAD, People
from branchops.core.rulebook.fields import Event

D = [date(2026, 11, 1) + timedelta(days=n) for n in range(30)]
HEAD_ROW = Staff(id="head", name="Zhao", person="head", roles=(RoleSpan(HEAD, D[0], D[20]), RoleSpan("teller", D[0])))
LI = Staff(id="li", name="Li Na", person="li", roles=(RoleSpan("teller", D[2]),), os_user="lina")
LI2 = Staff(id="li2", name="Li Na", person="li")
GONE = Staff(id="gone", name="Qian", person="gone", left_on=D[5], roles=(RoleSpan("guard", D[0]),))
BOOK = People([HEAD_ROW, LI, LI2, GONE])


def codes(event: Event, people: People = BOOK) -> list[str]:
    found = judge(people, event)
    for objection in found:  # every text and hint can be shown: no placeholder without its fact, none left empty
        assert objection.message()
        assert objection.advice()
        assert "{" not in objection.message() + objection.advice()
    return [objection.code.removeprefix("people.") for objection in found]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (ev.StaffAdded(id="new", name="Sun", person="new"), []),
        (ev.StaffAdded(id="li3", name="Li Na", person="li"), []),
        (ev.StaffAdded(id="LI", name="Other", person="LI"), ["id-taken"]),
        (ev.StaffAdded(id="gone", name="Qian", person="gone"), ["id-taken"]),
        (ev.StaffAdded(id="a,b", name="Sun", person="a,b"), ["bad-id"]),
        (ev.StaffAdded(id="new\n", name="Sun", person="new\n"), ["bad-id"]),
        (ev.StaffAdded(id="new", name="　", person="new"), ["no-name"]),
        (ev.StaffAdded(id="new", name="Sun", person="nobody"), ["unknown-person"]),
        (ev.StaffAdded(id="new", name="Sun", person="li2"), ["unknown-person"]),
        (ev.RoleGiven(staff="li", role="guard", start=D[0]), []),
        (ev.RoleGiven(staff="li", role="gaurd", start=D[0]), ["unknown-role"]),
        (ev.RoleGiven(staff="li", role="qzx", start=D[0]), ["unknown-role"]),
        (ev.RoleGiven(staff="li", role="teller", start=D[0]), ["role-held"]),
        (ev.RoleGiven(staff="li", role="teller", start=D[0], until=D[1]), []),
        (ev.RoleGiven(staff="li", role="guard", start=D[5], until=D[4]), ["backwards"]),
        (ev.RoleGiven(staff="gone", role="teller", start=D[6]), ["departed"]),
        (ev.RoleGiven(staff="gone", role="teller", start=D[1], until=D[5]), []),
        (ev.RoleGiven(staff="nobody", role="teller", start=D[1]), ["unknown-staff"]),
        (ev.RoleGiven(staff="li", role=HEAD, start=D[20]), ["second-holder"]),
        (ev.RoleGiven(staff="li", role=HEAD, start=D[21]), []),
        (ev.RoleEnded(staff="head", role=HEAD, on=D[3]), []),
        (ev.RoleEnded(staff="head", role=HEAD, on=D[21]), ["role-not-held"]),
        (ev.RoleEnded(staff="head", role="guard", on=D[3]), ["role-not-held"]),
        (ev.RoleEnded(staff="li", role="teller", on=D[1]), ["role-not-begun"]),
        (ev.OnLeave(staff="li", start=D[0], until=D[0], reason="sick"), []),
        (ev.OnLeave(staff="li", start=D[1], until=D[0], reason="sick"), ["backwards"]),
        (ev.OnLeave(staff="li", start=D[1], until=D[1], reason="hangover"), ["unknown-leave"]),
        (ev.OnLeave(staff="gone", start=D[7], until=D[8]), ["departed"]),
        (ev.StaffLeft(staff="li", on=D[0]), []),
        (ev.StaffLeft(staff="gone", on=D[9]), ["left-already"]),
        (ev.Delegated(from_staff="head", to_staff="li", role=HEAD, start=D[1], until=D[2]), []),
        (ev.Delegated(from_staff="head", to_staff="li", role=HEAD, start=D[2], until=D[1]), ["backwards"]),
        (ev.Delegated(from_staff="head", to_staff="head", role=HEAD, start=D[1], until=D[2]), ["same-person"]),
        (ev.Delegated(from_staff="li", to_staff="li2", role="teller", start=D[3], until=D[4]), ["same-person"]),
        (ev.Delegated(from_staff="li", to_staff="head", role=HEAD, start=D[1], until=D[2]), ["not-holder"]),
        (ev.Delegated(from_staff="li", to_staff="head", role="guard", start=D[9], until=D[9]), ["not-holder"]),
        (ev.Delegated(from_staff="head", to_staff="gone", role=HEAD, start=D[1], until=D[9]), ["departed"]),
        (ev.Delegated(from_staff="x", to_staff="y", role=HEAD, start=D[1], until=D[9]), ["unknown-staff"] * 2),
        (ev.DelegationEnded(from_staff="head", to_staff="li", role=HEAD, on=D[1]), ["not-delegated"]),
        (ev.PinUnlocked(staff="li", by="head"), []),
        (ev.PinUnlocked(staff="li", by="li"), ["self-unlock"]),
        (ev.PinUnlocked(staff="li", by="li2"), ["self-unlock"]),
        (ev.PinSet(staff="nobody"), ["unknown-staff"]),
        (ev.PinSet(staff="li"), []),
        (ev.OsUserBound(staff="li", os_user="lina"), []),
        (ev.OsUserBound(staff="head", os_user="lina"), ["os-user-bound"]),
        (ev.OsUserBound(staff="head", os_user=""), []),
    ],
)
def test_a_claim_is_judged_against_the_book(event: Event, expected: list[str]) -> None:
    assert codes(event) == expected


def test_a_second_head_is_refused_with_the_way_to_do_it() -> None:
    assert judge(BOOK, ev.RoleGiven(staff="li", role=HEAD, start=D[4])) == (
        Objection(
            "people.second-holder",
            "Only one may hold the role {role} at a time, and {holder} holds it then.",
            "End the role of {holder} first (its last day before {start}), or delegate it for a while.",
            {"staff": "li", "role": HEAD, "holder": "head", "start": "2026-11-05"},
        ),
    )


def test_roles_in_use_at_the_outlet_are_known_besides_the_usual_ones() -> None:
    event = ev.RoleGiven(staff="li", role="trainee", start=D[0])
    assert [objection.advice() for objection in judge(BOOK, event)] == ["Did you mean trainer?"]
    assert judge(BOOK, event, known_roles=["trainee"]) == ()


def test_a_borrowed_role_cannot_be_lent_on_nor_a_sole_role_lent_twice() -> None:
    acting = Staff(id="li", name="Li Na", person="li", delegations_in=(Delegation("head", HEAD, D[1], D[9]),))
    people = BOOK.with_row(acting).with_row(Staff(id="sun", name="Sun", person="sun"))
    assert codes(ev.Delegated(from_staff="li", to_staff="sun", role=HEAD, start=D[2], until=D[3]), people) == [
        "not-holder"
    ]
    again = ev.Delegated(from_staff="head", to_staff="sun", role=HEAD, start=D[9], until=D[10])
    assert codes(again, people) == ["second-deputy"]
    assert codes(ev.DelegationEnded(from_staff="head", to_staff="li", role=HEAD, on=D[9]), people) == []
    assert codes(ev.DelegationEnded(from_staff="head", to_staff="li", role=HEAD, on=D[10]), people) == ["not-delegated"]


def test_one_who_is_locked_out_unlocks_nobody() -> None:
    people = BOOK.with_row(Staff(id="head", name="Zhao", person="head", pin_locked=True))
    assert codes(ev.PinUnlocked(staff="li", by="head"), people) == ["unlocker-locked"]


def test_a_head_who_left_makes_room_from_the_next_day() -> None:
    people = People([Staff(id="h", name="H", person="h", roles=(RoleSpan(HEAD, D[0]),), left_on=D[9]), LI])
    assert codes(ev.RoleGiven(staff="li", role=HEAD, start=D[9]), people) == ["second-holder"]
    assert codes(ev.RoleGiven(staff="li", role=HEAD, start=D[10]), people) == []


spans = st.tuples(st.integers(0, 29), st.none() | st.integers(0, 29))


@given(st.lists(st.tuples(st.sampled_from("abc"), spans), max_size=12))
def test_what_passes_judgement_never_makes_two_heads_on_one_day(
    claims: list[tuple[str, tuple[int, int | None]]],
) -> None:
    """Give the head's role at random, keep what is accepted: no day ever has two holders."""
    people = People(Staff(id=staff, name=staff, person=staff) for staff in "abc")
    for staff, (start, until) in claims:
        event = ev.RoleGiven(staff=staff, role=HEAD, start=D[start], until=None if until is None else D[until])
        if not judge(people, event):
            row = people.get(staff)
            span = RoleSpan(HEAD, event.start, event.until)
            people = people.with_row(Staff(id=staff, name=staff, person=staff, roles=(*row.roles, span)))
    for day in D:
        assert len(people.holders(HEAD, day)) <= 1
        assert (people.head(day),) == (people.holders(HEAD, day) or (None,))

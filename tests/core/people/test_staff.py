"""Questions to the staff book."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchops.core.errors import NotFound, UsageError
from branchops.core.output.messages import set_language
from branchops.core.people.staff import HEAD, ROLES, LeaveSpan, People, RoleSpan, Staff, role_title

DAY = date(2026, 11, 2)
NA = Staff(id="0012", name="Li Na", person="0012", os_user="lina")
NA_AGAIN = Staff(id="0456", name="Li Na", person="0012", left_on=date(2026, 11, 1))
WANG = Staff(id="0031", name="王伟", person="0031")
BOOK = People([WANG, NA_AGAIN, NA])


def test_two_ids_of_one_human_are_the_same_person() -> None:
    assert BOOK.same_person("0012", "0456")
    assert not BOOK.same_person("0012", "0031")
    assert BOOK.ids_of("0012") == ("0012", "0456")
    assert BOOK.ids_of("0456") == ()
    assert (BOOK.person("0456"), BOOK.name("0031")) == ("0012", "王伟")


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.sampled_from("pqr"), min_size=1))
def test_same_person_is_an_equivalence_over_all_ids(persons: dict[str, str]) -> None:
    """However many ids a human has, comparison is reflexive, symmetric, transitive and agrees with ids_of."""
    people = People(Staff(id=staff, name=staff, person=person) for staff, person in persons.items())
    for a in persons:
        same = {b for b in persons if people.same_person(a, b)}
        assert same == {b for b in persons if people.same_person(b, a)} == set(people.ids_of(persons[a]))
        assert a in same


def test_an_unknown_id_is_not_found_with_the_likely_one_in_the_hint() -> None:
    with pytest.raises(NotFound) as caught:
        BOOK.get("0021")
    assert caught.value.message == "No such staff member: 0021."
    assert caught.value.details["close"] in {"0012", "0031"}
    assert caught.value.hint.startswith("Did you mean 00")
    with pytest.raises(NotFound) as caught:
        BOOK.same_person("zzz", "zzz")
    assert (caught.value.hint, caught.value.details) == ("The list: branchops staff list", {})


def test_a_person_is_meant_by_id_or_by_unique_name_in_any_width_and_case() -> None:
    assert [BOOK.resolve(text) for text in ("0012", "０４５６", "王伟", " 王伟 ")] == ["0012", "0456", "0031", "0031"]
    assert People([NA]).resolve("ＬＩ  na") == "0012"
    assert not BOOK.knows("Li Na")


def test_a_name_shared_by_several_ids_names_the_candidates() -> None:
    with pytest.raises(UsageError) as caught:
        BOOK.resolve("li na")
    assert caught.value.message == "li na can mean several people: 0012 (Li Na), 0456 (Li Na)."
    assert caught.value.details == {"candidates": ["0012", "0456"]}
    with pytest.raises(NotFound) as missing:
        BOOK.resolve("王维")
    assert missing.value.message == "No such staff member: 王维."


def test_an_id_wins_over_a_namesake() -> None:
    assert People([NA, Staff(id="x", name="0012", person="x")]).resolve("0012") == "0012"


def test_leave_entered_for_one_id_counts_for_the_human() -> None:
    away = NA.__class__(id="0012", name="Li Na", person="0012", leaves=(LeaveSpan(DAY, DAY),))
    people = People([away, Staff(id="0456", name="Li Na", person="0012"), WANG])
    assert people.on_leave("0456", DAY)
    assert people.present(DAY) == ("0031",)


def test_the_last_working_day_is_still_a_working_day() -> None:
    assert [BOOK.active("0456", day) for day in (date(2026, 11, 1), DAY)] == [True, False]


def test_a_new_row_makes_a_new_book_and_leaves_the_old_one() -> None:
    head = Staff(id="0031", name="王伟", person="0031", roles=(RoleSpan(HEAD, DAY),))
    newer = BOOK.with_row(head)
    assert (BOOK.head(DAY), newer.head(DAY)) == (None, "0031")
    assert newer == People([NA, NA_AGAIN, head])
    assert [row.id for row in newer] == ["0012", "0031", "0456"]


def test_two_heads_in_a_damaged_history_are_no_head() -> None:
    heads = [Staff(id=i, name=i, person=i, roles=(RoleSpan(HEAD, DAY),)) for i in "ab"]
    assert (People(heads).head(DAY), People(heads).holders(HEAD, DAY)) == (None, ("a", "b"))


def test_a_system_user_stands_for_one_open_id_or_nobody() -> None:
    assert (BOOK.bound_to("lina"), BOOK.bound_to("root"), BOOK.bound_to("")) == ("0012", None, None)
    twice = BOOK.with_row(Staff(id="x", name="X", person="x", os_user="lina"))
    assert twice.bound_to("lina") is None


def test_pin_state_is_the_humans_over_all_ids() -> None:
    people = People(
        [
            Staff(id="a", name="A", person="a", pin_failures=3, pin_set=True),
            Staff(id="a2", name="A", person="a", pin_failures=1, pin_locked=True),
            Staff(id="b", name="B", person="b"),
        ]
    )
    assert [(people.pin_failures(i), people.pin_locked(i), people.pin_set(i)) for i in ("a", "a2", "b")] == [
        (4, True, True),
        (4, True, True),
        (0, False, False),
    ]


def test_every_role_has_a_title_in_both_languages() -> None:
    assert all(en and zh and en.isascii() and not zh.isascii() for en, zh in ROLES.values())
    assert role_title("guard") == "Security guard"
    set_language("zh")
    try:
        assert (role_title("guard"), role_title("barista")) == ("保安员", "barista")
    finally:
        set_language("en")

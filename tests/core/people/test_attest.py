"""Signing with an own PIN, and being locked out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from branchops.core.errors import Exit, NotFound, UsageError
from branchops.core.people.attest import (
    ATTEMPTS,
    Authenticated,
    PinFailure,
    authenticate,
    pin_weakness,
    reset_pin,
    set_pin,
    unlocking,
)
from branchops.core.people.events import PinCleared, PinFailed, PinLocked, PinSet, PinUnlocked
from branchops.core.people.keys import KeyStore
from branchops.core.people.rows import Staff, fold, row_key
from branchops.core.people.secrets import NoSecrets
from branchops.core.people.staff import People
from branchops.core.rulebook.fields import Event

NOW = datetime(2026, 11, 2, 8, 10, tzinfo=UTC)
STAMP = "2026-11-02T08:10:00.000000Z"
BOOK = People(
    [
        Staff(id="li", name="Li Na", person="li"),
        Staff(id="li2", name="Li Na", person="li"),
        Staff(id="wang", name="Wang", person="wang"),
        Staff(id="gone", name="Qian", person="gone", left_on=date(2026, 11, 1)),
    ]
)


class Says:
    """Everybody gives the same PIN; counts how often it is asked."""

    def __init__(self, pin: str | None) -> None:
        self.pin = pin
        self.asked: list[str] = []

    def pin_for(self, staff: str) -> str | None:
        self.asked.append(staff)
        return self.pin


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> KeyStore:
    """A store in which Li and Wang have PINs; for tests that change none."""
    store = KeyStore(tmp_path_factory.mktemp("pins") / "keys.db")
    set_pin(store, BOOK, "li2", "84-li")
    set_pin(store, BOOK, "wang", "7301")
    return store


def after(people: People, events: tuple[Event, ...]) -> People:
    for event in events:
        row = fold(people.get(row_key(event)), event, at=STAMP, by="x")
        assert row is not None
        people = people.with_row(row)
    return people


def failure(store: KeyStore, people: People, staff: str, pin: str | None) -> PinFailure:
    with pytest.raises(PinFailure) as caught:
        authenticate(store, people, staff, Says(pin), NOW)
    assert caught.value.exit is Exit.NOT_ENTITLED
    assert caught.value.hint
    assert not pin or pin not in f"{caught.value.as_dict()}{caught.value!r}"
    return caught.value


def test_two_ids_of_one_human_share_one_pin(prepared: KeyStore) -> None:
    signed = [authenticate(prepared, BOOK, staff, Says("84-li"), NOW) for staff in ("li", "li2")]
    assert signed == [Authenticated(staff=staff, person="li", at=STAMP) for staff in ("li", "li2")]
    assert failure(prepared, BOOK, "wang", "84-li").message == "Wrong PIN for wang."


def test_digits_typed_full_width_are_the_same_pin(prepared: KeyStore) -> None:
    assert authenticate(prepared, BOOK, "wang", Says("７３０１"), NOW).staff == "wang"


def test_a_wrong_pin_is_handed_over_as_an_event_and_five_lock_the_human_out(prepared: KeyStore) -> None:
    """Failures add up over both ids of the person; the fifth locks, and then even the right PIN is not asked for."""
    people = BOOK
    for attempt in range(1, ATTEMPTS):
        staff = ("li", "li2")[attempt % 2]
        wrong = failure(prepared, people, staff, "0000")
        assert wrong.events == (PinFailed(staff=staff, attempt=attempt),)
        assert wrong.hint == f"{ATTEMPTS - attempt} more and the PIN is locked."
        people = after(people, wrong.events)
    last = failure(prepared, people, "li", "0000")
    assert last.events == (PinFailed(staff="li", attempt=5), PinLocked(staff="li"))
    assert last.message == "Wrong PIN for li, number 5 in a row: locked out."
    people = after(people, last.events)
    for staff in ("li", "li2"):
        says = Says("84-li")
        with pytest.raises(PinFailure, match="locked out") as caught:
            authenticate(prepared, people, staff, says, NOW)
        assert (caught.value.events, says.asked) == ((), [])
        with pytest.raises(PinFailure, match="locked out"):
            set_pin(prepared, people, staff, "9472", old="84-li")
    assert authenticate(prepared, people, "wang", Says("7301"), NOW).person == "wang"
    freed = unlocking(people, "li2", "wang")
    assert freed == (PinUnlocked(staff="li", by="wang"), PinUnlocked(staff="li2", by="wang"))
    assert authenticate(prepared, after(people, freed), "li2", Says("84-li"), NOW).events == ()


def test_the_right_pin_ends_a_run_of_wrong_ones(prepared: KeyStore) -> None:
    people = after(BOOK, failure(prepared, BOOK, "li2", "0000").events)
    signed = authenticate(prepared, people, "li", Says("84-li"), NOW)
    assert signed.events == (PinCleared(staff="li2"),)
    assert after(people, signed.events) == BOOK


@pytest.mark.parametrize(
    ("staff", "pin", "message"),
    [
        ("gone", "7301", "gone (Qian) no longer works here and cannot sign."),
        ("wang", None, "wang (Wang) has to sign, and no PIN was given."),
    ],
)
def test_absence_is_refused_and_is_no_wrong_guess(
    prepared: KeyStore, staff: str, pin: str | None, message: str
) -> None:
    refused = failure(prepared, BOOK, staff, pin)
    assert (refused.message, refused.events) == (message, ())


def test_one_without_a_pin_is_told_to_set_it(tmp_path: Path) -> None:
    with KeyStore(tmp_path / "keys.db") as store:
        refused = failure(store, BOOK, "li", "84-li")
    assert (refused.message, refused.events) == ("li (Li Na) has no PIN yet.", ())
    assert refused.hint == "Set one: branchops staff pin li"


def test_an_unknown_signer_is_not_found(prepared: KeyStore) -> None:
    with pytest.raises(NotFound):
        authenticate(prepared, BOOK, "nobody", NoSecrets(), NOW)


def test_the_day_of_the_branch_decides_who_works_here(tmp_path: Path) -> None:
    with KeyStore(tmp_path / "keys.db") as store:
        set_pin(store, BOOK, "gone", "7301")
        assert authenticate(store, BOOK, "gone", Says("7301"), NOW, day=date(2026, 11, 1)).staff == "gone"


def test_a_pin_is_changed_on_proof_of_the_old_one_or_a_colleagues_word(tmp_path: Path) -> None:
    with KeyStore(tmp_path / "keys.db") as store:
        assert set_pin(store, BOOK, "li", "84-li") == (PinSet(staff="li"), PinSet(staff="li2"))
        with pytest.raises(PinFailure, match="has a PIN already") as caught:
            set_pin(store, BOOK, "li2", "stolen")
        assert caught.value.events == ()
        with pytest.raises(PinFailure, match="Wrong PIN") as caught:
            set_pin(store, BOOK, "li2", "stolen", old="guess")
        assert caught.value.events == (PinFailed(staff="li2", attempt=1),)
        set_pin(store, BOOK, "li2", "9472", old="84-li")
        assert authenticate(store, BOOK, "li", Says("9472"), NOW).person == "li"
        reset_pin(store, BOOK, "li", "6158")
        assert failure(store, BOOK, "li", "9472").events
        assert authenticate(store, BOOK, "li", Says("6158"), NOW).person == "li"


def test_only_a_salted_argon2id_hash_is_stored(tmp_path: Path) -> None:
    with KeyStore(tmp_path / "keys.db") as store:
        set_pin(store, BOOK, "li", "84-li")
        set_pin(store, BOOK, "wang", "84-li")
        hashes = [store.pin_hash(person) or "" for person in ("li", "wang")]
    assert [text.rsplit("$", 2)[0] for text in hashes] == ["$argon2id$v=19$m=47104,t=1,p=1"] * 2
    assert hashes[0] != hashes[1]
    assert b"84-li" not in (tmp_path / "keys.db").read_bytes()


def test_a_damaged_hash_matches_no_pin(tmp_path: Path) -> None:
    with KeyStore(tmp_path / "keys.db") as store:
        store.set_pin_hash("li", "$argon2id$nonsense")
        assert failure(store, BOOK, "li", "nonsense").events


@pytest.mark.parametrize(
    ("pin", "reason"),
    [
        ("123", "it has fewer than 4 characters"),
        ("7" * 129, "it has more than 128 characters"),
        ("", "it has fewer than 4 characters"),
        ("7777", "all its characters are the same"),
        ("aAaA", "all its characters are the same"),
        ("1234", "it is a run of neighbours"),
        ("7890", "it is a run of neighbours"),
        ("98765", "it is a run of neighbours"),
        ("１２３４", "it is a run of neighbours"),
        ("Abcd", "it is a run of neighbours"),
        ("qwerty", "it is a run of neighbours"),
        ("00\x0012", "it has characters that cannot be typed"),
        ("LI-0031", "it is the staff id"),
        ("7301", None),
        ("1235", None),
        ("密码四字", None),
    ],
)
def test_a_pin_that_is_easily_guessed_is_refused_with_the_reason(pin: str, reason: str | None) -> None:
    assert pin_weakness(pin, staff="li-0031") == reason


def test_a_refused_pin_is_neither_stored_nor_repeated(tmp_path: Path) -> None:
    with KeyStore(tmp_path / "keys.db") as store:
        with pytest.raises(UsageError) as caught:
            set_pin(store, BOOK, "li", "4321")
        assert caught.value.message == "That PIN is refused: it is a run of neighbours."
        assert store.pin_hash("li") is None

"""Sealing personal data, and destroying it."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import stat
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branchops.core.errors import Busy, IntegrityError, Rejected, UsageError
from branchops.core.people.keys import KeyStore, Subject, is_sealed, normalised, subject_of

NASTY = Path(__file__).resolve().parents[4] / "shared" / "data" / "nasty" / "blns.json"
posix = pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
shared_store = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.db"


@pytest.fixture
def store(path: Path) -> Iterator[KeyStore]:
    with KeyStore(path) as opened:
        yield opened


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def stored_key(path: Path, subject: str) -> bytes:
    db = sqlite3.connect(path)
    try:
        key = db.execute("SELECT key FROM subjects WHERE subject = ?", (subject,)).fetchone()[0]
    finally:
        db.close()
    assert isinstance(key, bytes)
    return key


# --- sealing ---


@shared_store
@given(st.text())
def test_what_is_sealed_opens_unchanged(store: KeyStore, text: str) -> None:
    token = store.seal("C-1", text)
    assert store.unseal(token) == text
    assert token.isascii()
    assert is_sealed(token)
    assert subject_of(token) == "C-1"


def test_the_naughty_strings_open_unchanged_in_another_process(path: Path) -> None:
    if not NASTY.exists():
        pytest.skip("the shared test data is not here")
    strings = json.loads(NASTY.read_text(encoding="utf-8"))
    with KeyStore(path) as store:
        tokens = store.seal_many((f"C-2026-{n % 7:04}", text) for n, text in enumerate(strings))
    with KeyStore(path) as again:
        assert [again.unseal(token) for token in tokens] == strings
    assert len(set(tokens)) == len(strings)


def test_the_same_text_never_seals_to_the_same_token(store: KeyStore) -> None:
    assert store.seal("C-1", "Zhang San") != store.seal("C-1", "Zhang San")


@shared_store
@given(st.data())
def test_any_change_to_a_token_fails_closed(store: KeyStore, data: st.DataObject) -> None:
    """Whatever byte of nonce, ciphertext or tag is changed, nothing is opened."""
    token = store.seal("C-1", "Zhang San, 13800138000")
    head, _, coded = token.rpartition(":")
    raw = bytearray(urlsafe_b64decode(coded))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(IntegrityError, match="was changed or belongs to somebody else"):
        store.unseal(f"{head}:{urlsafe_b64encode(raw).decode()}")


@shared_store
@given(st.data())
def test_any_other_character_in_a_token_never_gives_a_text(store: KeyStore, data: st.DataObject) -> None:
    """One character replaced: refused, or None where it now names a subject without a key; never a text."""
    token = store.seal("C-1", "Zhang San")
    at = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.characters().filter(lambda c: c != token[at]))
    opened = None
    with contextlib.suppress(IntegrityError):
        opened = store.unseal(token[:at] + letter + token[at + 1 :])
    assert opened is None


@pytest.mark.parametrize("text", ["", "a", "ab"])
def test_a_token_has_one_spelling_only(store: KeyStore, text: str) -> None:
    """Base64 leaves spare bits in its last letter: other letters that decode to the same bytes are refused too."""
    token = store.seal("C-1", text)
    bare = token.rstrip("=")
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_":
        other = bare[:-1] + letter + token[len(bare) :]
        if other != token:
            with pytest.raises(IntegrityError):
                store.unseal(other)


def test_a_token_moved_to_another_subject_does_not_open(store: KeyStore) -> None:
    mine, other = store.seal("C-1", "mine"), store.seal("C-2", "other")
    with pytest.raises(IntegrityError):
        store.unseal(other.replace("C-2", "C-1"))
    with pytest.raises(IntegrityError):
        store.unseal(mine[: mine.rindex(":") + 1] + other[other.rindex(":") + 1 :])


@pytest.mark.parametrize("text", ["", "sealed:v1:", "sealed:v1:C-1:AAAA", "sealed:v2:C-1:" + "A" * 40, "hello", "a\n"])
def test_what_is_no_token_is_refused(store: KeyStore, text: str) -> None:
    assert not is_sealed(text)
    with pytest.raises(IntegrityError):
        store.unseal(text)


@pytest.mark.parametrize("subject", ["", "a:b", "a b", "客户", "-a", "a" * 129, "a\n"])
def test_a_subject_that_would_break_the_token_is_refused(store: KeyStore, subject: str) -> None:
    with pytest.raises(ValueError, match="not a subject"):
        store.seal(subject, "text")
    assert list(store.subjects()) == []


def test_text_that_is_no_unicode_is_a_usage_error(store: KeyStore) -> None:
    with pytest.raises(UsageError, match="cannot be stored"):
        store.seal("C-1", "\udcff")


def test_without_its_key_file_a_token_is_just_unreadable(store: KeyStore, tmp_path: Path) -> None:
    token = store.seal("C-1", "text")
    with KeyStore(tmp_path / "other.db") as empty:
        assert empty.unseal(token) is None
        assert (list(empty.subjects()), empty.destroy("C-1"), empty.pin_hash("p")) == ([], False, None)
    assert not (tmp_path / "other.db").exists()


# --- batches ---


def test_a_batch_that_fails_leaves_no_key_and_remembers_none(store: KeyStore) -> None:
    kept = store.seal("old", "kept")
    lost = ""
    with contextlib.suppress(ZeroDivisionError), store.batch():
        lost = store.seal("new", "lost")
        assert store.unseal(lost) == "lost"
        raise ZeroDivisionError
    assert list(store.subjects()) == [Subject("old", False)]
    assert (store.unseal(kept), store.unseal(lost)) == ("kept", None)
    assert store.unseal(store.seal("new", "again")) == "again"


def test_a_batch_inside_a_batch_ends_with_the_outer_one(store: KeyStore, path: Path) -> None:
    with store.batch():
        with store.batch():
            first = store.seal("C-1", "a")
        second = store.seal("C-1", "b")
        with KeyStore(path) as other:
            assert other.unseal(first) is None
    with KeyStore(path) as other:
        assert [other.unseal(first), other.unseal(second)] == ["a", "b"]


def test_more_subjects_than_are_remembered_keep_their_keys(store: KeyStore) -> None:
    subjects = [f"C-{n}" for n in range(4200)]
    tokens = store.seal_many((subject, subject) for subject in subjects)
    tokens += store.seal_many((subject, subject) for subject in subjects[:50])
    assert [store.unseal(token) for token in tokens] == subjects + subjects[:50]
    assert [subject.name for subject in store.subjects()] == sorted(subjects)


def at_once(workers: int, act: Callable[[int], list[str]]) -> list[str]:
    """What several workers answer that start together, each with a connection of its own."""
    start = threading.Barrier(workers)

    def work(worker: int) -> list[str]:
        start.wait()
        return act(worker)

    with ThreadPoolExecutor(workers) as pool:
        return [answer for answers in pool.map(work, range(workers)) for answer in answers]


def test_workers_that_create_the_file_and_the_same_keys_at_once_agree_on_them(tmp_path: Path) -> None:
    for attempt in range(40):
        path = tmp_path / f"{attempt}.db"

        def seal(worker: int, path: Path = path) -> list[str]:
            with KeyStore(path) as store:
                return [store.seal(f"C-{n}", f"{worker}/{n}") for n in range(2)]

        tokens = at_once(4, seal)
        with KeyStore(path) as store:
            texts = [store.unseal(token) for token in tokens]
        assert texts == [f"{worker}/{n}" for worker in range(4) for n in range(2)]


def test_destroying_while_others_seal_disturbs_neither(path: Path) -> None:
    """Other subjects seal on; the destroyed ones are refused from then on; no error but that refusal."""
    doomed = [f"D-{n}" for n in range(8)]
    with KeyStore(path) as store:
        store.seal_many((subject, "x") for subject in doomed)

    def act(worker: int) -> list[str]:
        with KeyStore(path) as store:
            if worker == 0:
                return [str(store.destroy(subject)) for subject in doomed]
            tokens = []
            for n in range(20):
                tokens.append(store.seal(f"C-{worker}-{n}", "kept"))
                with contextlib.suppress(Rejected):
                    store.seal(doomed[n % 8], "x")
            return tokens

    answers = at_once(3, act)
    assert answers[:8] == ["True"] * 8
    with KeyStore(path) as store:
        assert {store.unseal(token) for token in answers[8:]} == {"kept"}
        assert [subject.name for subject in store.subjects() if subject.destroyed] == doomed


def test_a_file_that_stays_locked_is_busy(store: KeyStore, path: Path) -> None:
    store.seal("C-1", "a")
    with store.batch(), KeyStore(path, timeout=0.05) as other, pytest.raises(Busy, match="in use"):
        other.seal("C-2", "b")


# --- destroying ---


def test_a_destroyed_subject_stays_destroyed(store: KeyStore, path: Path) -> None:
    token, other = store.seal("C-1", "gone"), store.seal("C-2", "stays")
    assert store.destroy("C-1")
    for opened in (store, KeyStore(path)):
        assert opened.unseal(token) is None
        assert opened.unseal(other) == "stays"
        assert not opened.destroy("C-1")
        assert list(opened.subjects()) == [Subject("C-1", True), Subject("C-2", False)]
        with pytest.raises(Rejected, match="The data of C-1 was erased"):
            opened.seal("C-1", "again")
        with pytest.raises(Rejected), opened.batch():
            opened.seal("C-1", "again")
    opened.close()


def test_a_key_destroyed_by_another_process_is_forgotten_here(store: KeyStore, path: Path) -> None:
    token = store.seal("C-1", "text")
    assert store.unseal(token) == "text"
    with KeyStore(path) as other:
        assert other.destroy("C-1")
    assert store.unseal(token) is None
    with pytest.raises(Rejected):
        store.seal("C-1", "text")


def test_destroying_leaves_no_trace_of_the_key_in_the_file_or_its_journal(store: KeyStore, path: Path) -> None:
    store.seal_many((f"C-{n}", "x") for n in range(300))
    key = stored_key(path, "C-150")
    store.seal("C-151x", "a write whose journal holds the page with the key")
    journal = path.with_name("keys.db-journal")
    assert key in path.read_bytes()
    assert key in journal.read_bytes()
    assert store.destroy("C-150")
    assert [file.name for file in path.parent.iterdir() if key in file.read_bytes()] == []
    assert set(journal.read_bytes()) == {0}
    assert store.unseal(store.seal("C-149", "still works")) == "still works"


def test_an_unknown_subject_is_not_destroyed_and_not_blocked(store: KeyStore) -> None:
    store.seal("C-1", "x")
    assert not store.destroy("C-9")
    assert store.unseal(store.seal("C-9", "first")) == "first"


def test_nothing_is_destroyed_inside_a_batch(store: KeyStore) -> None:
    with store.batch(), pytest.raises(RuntimeError):
        store.destroy("C-1")


# --- the file ---


@posix
def test_the_key_file_is_private_under_a_lax_umask(store: KeyStore, path: Path) -> None:
    old = os.umask(0)
    try:
        store.seal("C-1", "text")
    finally:
        os.umask(old)
    assert {file.name: oct(mode(file)) for file in path.parent.iterdir()} == {
        "keys.db": "0o600",
        "keys.db-journal": "0o600",
    }
    assert not store.file.found_open


@posix
def test_a_key_file_found_open_is_closed_and_remembered(store: KeyStore, path: Path) -> None:
    store.seal("C-1", "text")
    path.chmod(0o644)
    with KeyStore(path) as again:
        assert list(again.subjects()) == [Subject("C-1", False)]
        assert (oct(mode(path)), again.file.found_open) == ("0o600", True)


def test_opening_the_store_touches_nothing(path: Path) -> None:
    KeyStore(path).close()
    assert list(path.parent.iterdir()) == []


def test_a_foreign_a_newer_and_a_damaged_file_are_refused(tmp_path: Path) -> None:
    foreign, newer, damaged = tmp_path / "foreign.db", tmp_path / "newer.db", tmp_path / "damaged.db"
    db = sqlite3.connect(foreign)
    db.execute("CREATE TABLE mine (x)")
    db.close()
    with KeyStore(newer) as store:
        store.seal("C-1", "x")
    db = sqlite3.connect(newer)
    db.execute("PRAGMA user_version = 2")
    db.close()
    damaged.write_bytes(b"not a database at all" * 100)
    for file, reason in ((foreign, "not a key file"), (newer, "newer format 2"), (damaged, "damaged")):
        before = file.read_bytes()
        for act in (lambda store: store.seal("C-1", "x"), lambda store: list(store.subjects())):
            with KeyStore(file) as store, pytest.raises(IntegrityError, match=reason):
                act(store)
        assert file.read_bytes() == before


def test_an_empty_file_left_by_a_crash_is_no_obstacle(path: Path) -> None:
    path.touch(0o600)
    with KeyStore(path) as store:
        assert list(store.subjects()) == []
        assert store.unseal(store.seal("C-1", "x")) == "x"


def test_a_missing_folder_is_an_error_with_a_way_out(tmp_path: Path) -> None:
    with KeyStore(tmp_path / "nowhere" / "keys.db") as store, pytest.raises(IntegrityError) as caught:
        store.seal("C-1", "x")
    assert "folder" in caught.value.hint


# --- recognising ---


def test_spellings_of_one_name_or_number_have_one_digest(store: KeyStore) -> None:
    names = {store.keyed_digest(text) for text in ("Zhang San", "zhang-san", "ＺＨＡＮＧ　ＳＡＮ", " Zhang  San. ")}
    assert len(names) == 1
    assert len(names.pop()) == 64
    assert store.keyed_digest("138 0013 8000") == store.keyed_digest("１３８００１３８０００")
    assert store.keyed_digest("张三") != store.keyed_digest("张四")
    assert [store.keyed_digest(text) for text in ("", "—", "😀 !")] == ["", "", ""]


def test_a_digest_is_the_stores_own_and_lasts(store: KeyStore, path: Path, tmp_path: Path) -> None:
    digest = store.keyed_digest("张三")
    with KeyStore(path) as again, KeyStore(tmp_path / "other.db") as other:
        assert again.keyed_digest("张三") == digest
        assert other.keyed_digest("张三") != digest


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


def test_the_short_way_to_the_cipher_leads_to_the_public_one() -> None:
    """Sealing uses the very class that the library publishes, not a look-alike."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from branchops.core.people.keys import _aes_gcm

    assert _aes_gcm() is AESGCM

"""Who signs proves it, at that moment, with an own secret.

Invariant: one human has one PIN, whichever staff id signs. Without the right PIN there is no `Authenticated`, and every
wrong one is handed to the caller as an event to record, so that guessing is visible and ends in a lock-out.

The hash is Argon2id (RFC 9106), cheaper than the RFC's low-memory profile (64 MiB, 3 passes, 4 lanes): 46 MiB, 1 pass,
1 lane, about 50 ms on an ordinary terminal, because two signers wait for it one after the other at every count. It
slows down who stole keys.db; it cannot save a four-digit PIN from a patient thief, which is why keys.db stays out of
exports. The parameters are part of each hash.
"""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

import msgspec

from branchops.core.clock import stamp
from branchops.core.errors import NotEntitled, UsageError
from branchops.core.output.messages import _
from branchops.core.people.events import PinCleared, PinFailed, PinLocked, PinSet, PinUnlocked
from branchops.core.people.keys import KeyStore
from branchops.core.people.secrets import FirstOf, NoSecrets, Prompt, Secrets, SecretsFile
from branchops.core.people.staff import People
from branchops.core.rulebook.fields import Event

__all__ = [
    "ATTEMPTS", "Authenticated", "FirstOf", "NoSecrets", "PinFailure", "Prompt", "Secrets", "SecretsFile",
    "authenticate", "pin_weakness", "reset_pin", "set_pin", "unlocking",
]  # fmt: skip

ATTEMPTS = 5
SHORTEST = 4
LONGEST = 128
MEMORY_KIB, PASSES, LANES = 46 * 1024, 1, 1
_ROWS_OF_KEYS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")


class Authenticated(msgspec.Struct, frozen=True, kw_only=True):
    """A staff id whose human just proved to be there. `at` is a stamp; `events` are to be recorded with the act."""

    staff: str
    person: str
    at: str
    events: tuple[Event, ...] = ()


class PinFailure(NotEntitled):
    """A signature failed. `events` are facts to record although the act itself is refused; () for a mere absence."""

    def __init__(self, message: str, hint: str, *, staff: str, events: tuple[Event, ...] = ()) -> None:
        super().__init__(message, hint, staff=staff)
        self.staff = staff
        self.events = events


def authenticate(
    keys: KeyStore, people: People, staff: str, secrets: Secrets, now: datetime, *, day: date | None = None
) -> Authenticated:
    """Proves that the human behind `staff` is there. `day` is the branch's day (default: that of `now`).

    Raises NotFound for an unknown id and PinFailure for all else: the id is closed, the person is locked out, has no
    PIN, gave none, or a wrong one. `people` must be the present state, so that failures add up.
    """
    person, name = people.person(staff), people.name(staff)
    if not people.active(staff, day or now.date()):
        text = _("{staff} ({name}) no longer works here and cannot sign.").format(staff=staff, name=name)
        raise PinFailure(text, _("Let somebody sign who does."), staff=staff)
    if people.pin_locked(staff):
        raise _locked(staff, name)
    stored = keys.pin_hash(person)
    if stored is None:
        text = _("{staff} ({name}) has no PIN yet.").format(staff=staff, name=name)
        raise PinFailure(text, _("Set one: branchops staff pin {staff}").format(staff=staff), staff=staff)
    pin = secrets.pin_for(staff)
    if pin is None:
        text = _("{staff} ({name}) has to sign, and no PIN was given.").format(staff=staff, name=name)
        hint = _('Answer the prompt on a terminal, or give --pins FILE with the line: {staff} = "PIN"')
        raise PinFailure(text, hint.format(staff=staff), staff=staff)
    if not _matches(stored, pin):
        raise _wrong(people, staff)
    clear = tuple(PinCleared(staff=twin) for twin in people.ids_of(person) if people.get(twin).pin_failures)
    return Authenticated(staff=staff, person=person, at=stamp(now), events=clear)


def pin_weakness(pin: str, *, staff: str = "") -> str | None:
    """Why a PIN is refused, in the language of the output; None for an acceptable one."""
    plain = _plain(pin)
    folded = plain.casefold()
    if len(plain) < SHORTEST:
        return _("it has fewer than {count} characters").format(count=SHORTEST)
    if len(plain) > LONGEST:
        return _("it has more than {count} characters").format(count=LONGEST)
    if any(unicodedata.category(letter)[0] == "C" for letter in plain):
        return _("it has characters that cannot be typed")
    if len(set(folded)) == 1:
        return _("all its characters are the same")
    if any(folded in row or folded in row[::-1] for row in _ROWS_OF_KEYS):
        return _("it is a run of neighbours")
    if staff and folded == _plain(staff).casefold():
        return _("it is the staff id")
    return None


def set_pin(keys: KeyStore, people: People, staff: str, pin: str, *, old: str | None = None) -> tuple[PinSet, ...]:
    """Sets the first PIN of a person, or changes it on proof of the old one; returns the events to record.

    Raises UsageError for a weak PIN, PinFailure for a wrong or missing old one or a locked-out person.
    """
    person = people.person(staff)
    stored = keys.pin_hash(person)
    if people.pin_locked(staff):
        raise _locked(staff, people.name(staff))
    if stored is not None:
        if old is None:
            hint = _("Give the old one too; if it is forgotten, a colleague has to vouch.")
            raise PinFailure(_("{staff} has a PIN already.").format(staff=staff), hint, staff=staff)
        if not _matches(stored, old):
            raise _wrong(people, staff)
    return reset_pin(keys, people, staff, pin)


def reset_pin(keys: KeyStore, people: People, staff: str, pin: str) -> tuple[PinSet, ...]:
    """Replaces a PIN without the old one; returns the events to record, one for each id of the person.

    Only for a caller who holds another person's signature under `unlocking(...)`. Raises UsageError for a weak PIN.
    """
    person = people.person(staff)
    why = pin_weakness(pin, staff=staff)
    if why is not None:
        raise UsageError(_("That PIN is refused: {reason}.").format(reason=why), _("Choose one that is hard to guess."))
    from argon2 import PasswordHasher, Type

    hasher = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES, type=Type.ID)
    keys.set_pin_hash(person, hasher.hash(_plain(pin)))
    return tuple(PinSet(staff=twin) for twin in people.ids_of(person))


def unlocking(people: People, staff: str, by: str) -> tuple[PinUnlocked, ...]:
    """The events by which `by` vouches for the human behind `staff`: one for each id with failures or a lock.

    At least one, so that there is something to sign also when a PIN was only forgotten. `rules.judge` judges them.
    """
    twins = people.ids_of(people.person(staff))
    troubled = [twin for twin in twins if people.get(twin).pin_failures or people.get(twin).pin_locked]
    return tuple(PinUnlocked(staff=twin, by=by) for twin in troubled or [staff])


def _matches(stored: str, pin: str) -> bool:
    """Whether the PIN has the hash. A damaged hash matches nothing."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(stored, _plain(pin))
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


def _plain(pin: str) -> str:
    """Full-width digits from an input method count as the plain ones."""
    return unicodedata.normalize("NFKC", pin)


def _wrong(people: People, staff: str) -> PinFailure:
    """The failure of one wrong PIN, with the events that make it count for every id of the person."""
    attempt = people.pin_failures(staff) + 1
    events: tuple[Event, ...] = (PinFailed(staff=staff, attempt=attempt),)
    if attempt >= ATTEMPTS:
        hint = _locked(staff, people.name(staff)).hint
        text = _("Wrong PIN for {staff}, number {attempt} in a row: locked out.")
        events = (*events, PinLocked(staff=staff))
    else:
        hint = _("{left} more and the PIN is locked.").format(left=ATTEMPTS - attempt)
        text = _("Wrong PIN for {staff}.")
    return PinFailure(text.format(staff=staff, attempt=attempt), hint, staff=staff, events=events)


def _locked(staff: str, name: str) -> PinFailure:
    text = _("{staff} ({name}) is locked out after too many wrong PINs.").format(staff=staff, name=name)
    return PinFailure(text, _("A colleague can unlock it with an own PIN: see branchops staff pin --help"), staff=staff)

"""Per-subject keys that make personal data separable from the ledger, and erasable without breaking a proof.

Invariant: a sealed text can be opened only with its subject's key, in one piece and under its own subject; a subject
whose key was destroyed never gets another. Hashes in the ledger cover the sealed form.

AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce, a random key a subject, and the subject as associated data.
"""

from __future__ import annotations

import os
import re
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from branchops.core.errors import IntegrityError, Rejected, UsageError
from branchops.core.output.messages import _
from branchops.core.people.keydb import TIMEOUT, TRANSLATED, KeyFile

if TYPE_CHECKING:
    import sqlite3

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PREFIX = "sealed:v1:"
SUBJECT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,127}")
TOKEN = re.compile(r"sealed:v1:([A-Za-z0-9][A-Za-z0-9._/-]{0,127}):([A-Za-z0-9_-]{38,}={0,2})")
NONCE = 12
REMEMBERED = 4096


class Subject(NamedTuple):
    """A subject that has or had a key."""

    name: str
    destroyed: bool


def is_sealed(text: str) -> bool:
    """Whether a *stored* text has the form of a sealed one. Typed text may imitate it: that is always sealed."""
    return text.startswith(PREFIX) and TOKEN.fullmatch(text) is not None


def subject_of(token: str) -> str:
    """The subject a sealed text belongs to. Raises IntegrityError for any other text."""
    return _take_apart(token)[0]


def _aes_gcm() -> type[AESGCM]:
    """The library's AES-GCM. Its public module imports every other cipher first, 13 ms that a person waits for; where
    the library has moved the class, the public way is taken."""
    try:
        from cryptography.hazmat.bindings._rust import openssl

        cipher: type[AESGCM] = openssl.aead.AESGCM
    except (ImportError, AttributeError):
        from cryptography.hazmat.primitives.ciphers import aead

        cipher = aead.AESGCM
    return cipher


class KeyStore:
    """keys.db as one process uses it: seals, unseals, destroys; keeps PIN hashes and the digest secret.

    Nothing is opened or created before the first call that needs it. Several processes may use one file. Not for use
    by several threads at once. Commit keys before the ledger: leave `batch()` before the ledger's transaction ends.
    """

    def __init__(self, path: Path, timeout: float = TIMEOUT) -> None:
        self.file = KeyFile(Path(path), timeout)
        self._ciphers: dict[str, AESGCM] = {}
        self._depth = 0
        self._digest_secret: bytes | None = None

    def close(self) -> None:
        self._ciphers.clear()
        self.file.close()

    def __enter__(self) -> KeyStore:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    # --- sealing ---

    @contextmanager
    def batch(self) -> Iterator[KeyStore]:
        """One transaction around many seals: new keys reach the disk together at the end, or not at all."""
        if self._depth:
            self._depth += 1
            try:
                yield self
            finally:
                self._depth -= 1
            return
        try:
            with self.file.transaction():
                self._forget_if_stale()
                self._depth = 1
                yield self
        except BaseException:
            self._ciphers.clear()  # keys made in here do not exist
            raise
        finally:
            self._depth = 0

    def seal(self, subject: str, text: str) -> str:
        """The text as `sealed:v1:<subject>:<base64url of nonce and ciphertext>`, ASCII, different at every call.

        The subject's key is made and on disk when this returns (inside `batch()`: when that ends). Raises Rejected for
        a destroyed subject, ValueError for a subject that is not 1-128 of `A-Za-z0-9._/-`, UsageError for text that is
        not valid Unicode.
        """
        cipher = self._cipher(subject, look_up=not self._depth) or self._new_cipher(subject)
        try:
            plain = text.encode()
        except UnicodeEncodeError:
            hint = _("Enter the text again; a part of it is not valid Unicode.")
            raise UsageError(_("The text cannot be stored."), hint) from None
        nonce = os.urandom(NONCE)
        sealed = nonce + cipher.encrypt(nonce, plain, subject.encode())
        return f"{PREFIX}{subject}:{urlsafe_b64encode(sealed).decode()}"

    def seal_many(self, items: Iterable[tuple[str, str]]) -> list[str]:
        """Seals (subject, text) pairs in order, in one batch."""
        with self.batch():
            return [self.seal(subject, text) for subject, text in items]

    def unseal(self, token: str) -> str | None:
        """The text, exactly as it was sealed; None when its key is destroyed or not in this file.

        Raises IntegrityError when the token is malformed, changed, or moved to another subject.
        """
        subject, sealed = _take_apart(token)
        cipher = self._cipher(subject)
        if cipher is None:
            return None
        from cryptography.exceptions import InvalidTag

        try:
            return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], subject.encode()).decode()
        except (InvalidTag, UnicodeDecodeError):
            raise _damaged(subject) from None

    # --- subjects ---

    def destroy(self, subject: str) -> bool:
        """Destroys a subject's key for good; true when there was one. Leaves a tombstone and no trace of the key.

        Raises RuntimeError inside `batch()`.
        """
        if self._depth:
            raise RuntimeError("a key cannot be destroyed inside a batch")
        if self._load(subject) is None:
            return False
        self._ciphers.pop(subject, None)
        self.file.overwrite("UPDATE subjects SET key = NULL WHERE subject = ?", (subject,))
        return True

    def subjects(self) -> Iterator[Subject]:
        """Every subject with its state, in order of name."""
        page = "SELECT subject, key IS NULL FROM subjects WHERE subject > ? ORDER BY subject LIMIT 1000"
        last = ""
        while (db := self.file.reader()) is not None:
            with TRANSLATED:
                rows = db.execute(page, (last,)).fetchall()  # no read lock is held while the caller works
            yield from (Subject(name, bool(destroyed)) for name, destroyed in rows)
            if not rows:
                return
            last = rows[-1][0]

    # --- recognising without storing ---

    def keyed_digest(self, text: str) -> str:
        """HMAC-SHA-256 (hex) of the text with width, case, spaces and punctuation set aside; "" when nothing is left.

        Equal for spellings of one name or number in this store, useless in any other. It survives the destruction of a
        subject's key, so store it sealed or in a read model where an erased person must not be recognised again.
        """
        import hashlib
        import hmac

        plain = normalised(text)
        if not plain:
            return ""
        if self._digest_secret is None:
            self.file.writer()
            self._digest_secret = self._one("SELECT value FROM secrets WHERE name = ?", "digest")
        if not self._digest_secret:
            raise IntegrityError(_("The key file has lost its secret."), _("Restore keys.db from a backup."))
        return hmac.new(self._digest_secret, plain.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    # --- PIN hashes, by person ---

    def pin_hash(self, person: str) -> str | None:
        """The stored hash of a person's PIN; None when none was set."""
        hash_: str | None = self._one("SELECT hash FROM pins WHERE person = ?", person)
        return hash_

    def set_pin_hash(self, person: str, hash_: str) -> None:
        """Stores or replaces the hash. Who may do so is decided in attest.py."""
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO pins VALUES (?, ?)", (person, hash_))

    # --- inside ---

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if self._depth:
            yield self.file.writer()
        else:
            with self.file.transaction() as db:
                yield db

    def _forget_if_stale(self) -> None:
        """Drops remembered keys that another process may have destroyed. Inside a batch nobody can."""
        if not self._depth and self.file.changed_elsewhere():
            self._ciphers.clear()

    def _cipher(self, subject: str, *, look_up: bool = True) -> AESGCM | None:
        """The remembered cipher of a subject, else (if `look_up`) the one of its stored key; None without a key."""
        self._forget_if_stale()
        cipher = self._ciphers.get(subject)
        if cipher is None and look_up:
            key = self._load(subject)
            cipher = self._remember(subject, key) if key else None
        return cipher

    def _remember(self, subject: str, key: bytes) -> AESGCM:
        AESGCM = _aes_gcm()  # noqa: N806 - the class's own name
        if len(self._ciphers) >= REMEMBERED:
            self._ciphers.clear()
        cipher = self._ciphers[subject] = AESGCM(key)
        return cipher

    def _new_cipher(self, subject: str) -> AESGCM:
        """The cipher of a subject that gets its key now, unless another process or this batch gave it one before."""
        if not SUBJECT.fullmatch(subject):
            raise ValueError(f"not a subject: {subject!r}")
        with self._writing() as db:
            key = os.urandom(32)
            made = db.execute("INSERT OR IGNORE INTO subjects VALUES (?, ?)", (subject, key)).rowcount
            stored = key if made else self._load(subject)
        if stored is None:
            hint = _("Open a new record under a new number.")
            text = _("The data of {subject} was erased: nothing more can be kept on it.")
            raise Rejected(text.format(subject=subject), hint)
        return self._remember(subject, stored)

    def _load(self, subject: str) -> bytes | None:
        key: bytes | None = self._one("SELECT key FROM subjects WHERE subject = ?", subject)
        return key

    def _one(self, sql: str, key: str) -> Any:
        db = self.file.reader()
        if db is None:
            return None
        with TRANSLATED:
            row = db.execute(sql, (key,)).fetchone()
        return row[0] if row else None


def normalised(text: str) -> str:
    """Letters, digits and marks of the text, width and case folded: what two spellings of one name share."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFKC", "".join(one for one in folded if unicodedata.category(one)[0] in "LNM"))


def _take_apart(token: str) -> tuple[str, bytes]:
    match = TOKEN.fullmatch(token)
    if match is None:
        raise _damaged("?")
    subject, coded = match.groups()
    try:
        sealed = urlsafe_b64decode(coded)
    except ValueError:  # binascii.Error is one
        raise _damaged(subject) from None
    if urlsafe_b64encode(sealed).decode() != coded:
        raise _damaged(subject)
    return subject, sealed


def _damaged(subject: str) -> IntegrityError:
    text = _("Sealed data of {subject} was changed or belongs to somebody else.").format(subject=subject)
    return IntegrityError(text, _("Find the place: branchops verify --full"), subject=subject)

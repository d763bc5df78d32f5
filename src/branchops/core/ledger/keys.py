"""Command keys: which key led to which events, and what was asked under it.

Invariant: the table `keys` says nothing that the events do not say. An event belongs to a key when its metadata holds
both `key` and `asked` (the digest of what was asked); the table keeps the first and last position of each key.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

INSERT = "INSERT INTO keys (key, digest, first, last) VALUES (?, ?, ?, ?)"
CONFLICT = " ON CONFLICT (key) DO UPDATE SET last = excluded.last"
MARK = b'"asked":"'
"""Bytes without which a canonical body cannot claim a key."""


class Claim(NamedTuple):
    """An event's own words about the command it came from."""

    key: str
    asked: str


class _Meta(msgspec.Struct):
    key: str | None = None
    asked: str | None = None


class _Body(msgspec.Struct):
    meta: _Meta


_decode = msgspec.json.Decoder(_Body).decode
_decode_meta = msgspec.json.Decoder(_Meta).decode


def claim(body: bytes) -> Claim | None:
    """The key and digest that an event's body claims; None when it claims none, or not in this form."""
    if MARK not in body:
        return None
    try:
        return _claimed(_decode(body).meta)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def claims(metas: Iterable[bytes]) -> list[Claim | None]:
    """`claim` for many events, of their metadata alone."""
    return list(map(_claimed, map(_decode_meta, metas)))


def _claimed(meta: _Meta) -> Claim | None:
    return None if meta.key is None or meta.asked is None else Claim(meta.key, meta.asked)


def rebuild(connection: sqlite3.Connection) -> int:
    """Derive the table again from the events, inside the caller's transaction. Returns how many keys there are."""
    connection.execute("DELETE FROM keys")
    for pos, body in connection.execute("SELECT pos, body FROM events ORDER BY pos"):
        made = claim(body)
        if made is not None:
            connection.execute(INSERT + CONFLICT, (made.key, made.asked, pos, pos))
    count: int = connection.execute("SELECT count(*) FROM keys").fetchone()[0]
    return count

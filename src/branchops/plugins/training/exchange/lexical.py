"""The forms of xAPI's texts: IRIs, UUIDs, language tags, times, durations. Predicates, total over any value.

Sources: RFC 3987 (only what every IRI has: a scheme and no spaces), RFC 4122, RFC 5646, RFC 3339 over ISO 8601:2004.
"""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}")
_MBOX = re.compile(r"mailto:[^\s@]+@[^\s@]+\.[^\s@]+|mailto:[^\s@]+@[A-Za-z0-9-]+")
_SHA1 = re.compile(r"[0-9a-fA-F]{40}")
_SHA2 = re.compile(r"(?:[0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128})")
_VERSION = re.compile(r"1\.0(?:\.[0-9]+)?")
_MEDIA = re.compile(r"[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(?:\s*;\s*[^;=\s]+=[^;]+)*")
_TIME = re.compile(r"(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(Z|z|[+-]\d{2}(?::?\d{2})?)?")
_N = r"\d+(?:[.,]\d+)?"
_DURATION = re.compile(
    rf"P(?=.)(?:(?P<week>{_N}W)|(?:{_N}Y)?(?:{_N}M)?(?:{_N}D)?(?:T(?=\d)(?:{_N}H)?(?:{_N}M)?(?:{_N}S)?)?)"
)
_TAG = re.compile(
    r"(?:(?P<lang>[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}|[A-Za-z]{4}|[A-Za-z]{5,8})"
    r"(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?(?:-(?:[A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))*"
    r"(?:-[0-9A-WY-Za-wy-z](?:-[A-Za-z0-9]{2,8})+)*(?:-[xX](?:-[A-Za-z0-9]{1,8})+)?"
    r"|[xX](?:-[A-Za-z0-9]{1,8})+|[iI](?:-[A-Za-z0-9]{2,8})+)"
)


def _full(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def is_iri(value: Any) -> bool:
    """An absolute IRI (or URI, or IRL: their difference is not one of form)."""
    return _full(_IRI, value)


def is_uuid(value: Any) -> bool:
    """A UUID in its standard string form, of a version and variant that RFC 4122 and its successor know."""
    return _full(_UUID, value)


def is_mbox(value: Any) -> bool:
    """`mailto:` and one address."""
    return _full(_MBOX, value)


def is_sha1(value: Any) -> bool:
    """40 hexadecimal digits."""
    return _full(_SHA1, value)


def is_sha2(value: Any) -> bool:
    """A digest of the SHA-2 family in hexadecimal."""
    return _full(_SHA2, value)


def is_version(value: Any) -> bool:
    """`1.0` or `1.0.x`."""
    return _full(_VERSION, value)


def is_media_type(value: Any) -> bool:
    """An internet media type such as `text/plain; charset=ascii`."""
    return _full(_MEDIA, value)


def is_language(value: Any) -> bool:
    """A language tag by RFC 5646."""
    return _full(_TAG, value)


def is_number(value: Any) -> bool:
    """A JSON number."""
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)


def is_duration(value: Any) -> bool:
    """A duration such as `PT1H30M` or `P2W`; a fraction only in its last part."""
    if not _full(_DURATION, value):
        return False
    fraction = re.search(r"[.,]\d+[YMWDHS](?=.)", value)
    return fraction is None


def is_timestamp(value: Any) -> bool:
    """A date and a time that exist; a zone may follow, but `-00:00` and its short forms are none (RFC 3339, 4.3)."""
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return False
    zone = match[7] or ""
    if zone.startswith("-") and not zone[1:].replace(":", "").strip("0"):
        return False
    try:
        datetime(*(int(part or 0) for part in match.groups()[:6]))  # type: ignore[arg-type]
    except ValueError:
        return False
    return True

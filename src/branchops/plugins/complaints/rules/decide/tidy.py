"""What customers' words look like before they are kept: trimmed, and without the numbers that never belong in a register."""

from __future__ import annotations

import re

from branchops.api import Policy

_LONG_NUMBER = re.compile(r"(?<![0-9])[0-9](?:[ -]?[0-9]){11,18}[Xx]?(?![0-9])")


def tidy(text: str) -> str:
    """The text trimmed; numbers of twelve digits and more (cards, accounts, identity documents) keep their last four."""
    return _LONG_NUMBER.sub(lambda found: f"****{_plain(found.group())[-4:]}", text.strip())


def _plain(number: str) -> str:
    return re.sub(r"[ -]", "", number)


def kept(name: str, text: str, policy: Policy) -> str | None:
    """A customer's field if the bank keeps it (`complaints.pii.fields`), tidied; None if it does not, or is empty."""
    return (tidy(text) or None) if name in policy.get("complaints.pii.fields", ()) else None

"""What customers' words look like before they are kept: trimmed, and without numbers that have no place there."""

from __future__ import annotations

from branchops.api import Policy, tidy

__all__ = ["kept", "tidy"]


def kept(name: str, text: str, policy: Policy) -> str | None:
    """A customer's field if the bank keeps it (`complaints.pii.fields`), tidied; None if it does not, or is empty."""
    return (tidy(text) or None) if name in policy.get("complaints.pii.fields", ()) else None

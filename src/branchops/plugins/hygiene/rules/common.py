"""What the rules of both packs share: which pack is on, and what a pack's word is worth where both speak.

Invariant: a rule of a pack that is off says nothing; where both packs are on the stricter prohibition stands.
"""

from __future__ import annotations

from branchops.api import Policy

DOC2 = "doc2"
DOC3 = "doc3"
PACKS = "hygiene.packs"


def packs(policy: Policy) -> frozenset[str]:
    """The packs switched on."""
    return frozenset(policy.get(PACKS, (DOC2, DOC3)))


def on(policy: Policy, pack: str) -> bool:
    """Whether a pack is switched on."""
    return pack in packs(policy)

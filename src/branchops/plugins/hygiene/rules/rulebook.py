"""How hygiene is judged: decisions in `decide`, validators by subject, in the order of the articles."""

from __future__ import annotations

from pathlib import Path

from branchops.api import Rulebook, Validator, gather, markers
from branchops.plugins.hygiene.rules import (
    cleanups,
    daily,
    funding,
    inspecting,
    penalty,
    rota,
    spotting,
    violating,
    zoning,
)

ROOMS = (violating, penalty, funding, rota, cleanups, daily, inspecting, spotting, zoning)


def rulebook(pack: Path) -> Rulebook:
    """The plugin's rulebook."""
    return Rulebook(
        pack=pack,
        validators=tuple(check for room in ROOMS for check in gather(room, Validator)),
        markers=tuple(mark for room in ROOMS for mark in markers(room)),
    )

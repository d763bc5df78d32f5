"""How findings and plans are judged: decisions in `decide`, validators in the order of the articles, reactions last."""

from __future__ import annotations

from pathlib import Path

from branchops.api import Reaction, Rulebook, Validator, gather, markers
from branchops.plugins.improve.rules import handling, opening, planning, reacting, standardising

ROOMS = (planning, standardising, opening, handling)


def rulebook(pack: Path) -> Rulebook:
    """The plugin's rulebook."""
    return Rulebook(
        pack=pack,
        validators=tuple(check for room in ROOMS for check in gather(room, Validator)),
        reactions=gather(reacting, Reaction),
        markers=tuple(mark for room in ROOMS for mark in markers(room)),
    )

"""How the counter is judged: decisions in `decide`, validators in the order of the document's three parts."""

from __future__ import annotations

from pathlib import Path

from branchops.api import Rulebook, Validator, gather, markers
from branchops.plugins.counter.rules import (
    bags,
    decide,
    differences,
    leaving_seat,
    managing,
    measure,
    registers,
    settings,
    tills,
    user_ids,
)

ROOMS = (leaving_seat, differences, user_ids, tills, bags, registers, managing, settings)


def rulebook(pack: Path) -> Rulebook:
    """The plugin's rulebook."""
    return Rulebook(
        pack=pack,
        validators=tuple(check for room in ROOMS for check in gather(room, Validator)),
        markers=tuple(mark for room in (decide, measure, *ROOMS) for mark in markers(room)),
    )

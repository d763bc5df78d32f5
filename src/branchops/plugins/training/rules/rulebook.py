"""How training is judged: decisions, validators in the order of the articles, and the pure parts they rest on."""

from __future__ import annotations

from pathlib import Path

from branchops.api import Rulebook, Validator, gather, markers
from branchops.plugins.training.rules import (
    agreement,
    caring,
    curriculum,
    following,
    learning,
    likeness,
    observing,
    saturday,
    sheet,
    studying,
)

ROOMS = (studying, learning, observing, caring, following, curriculum, saturday, sheet, agreement, likeness)


def rulebook(pack: Path) -> Rulebook:
    """The plugin's rulebook."""
    return Rulebook(
        pack=pack,
        validators=tuple(check for room in ROOMS for check in gather(room, Validator)),
        markers=tuple(mark for room in ROOMS for mark in markers(room)),
    )

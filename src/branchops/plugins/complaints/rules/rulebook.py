"""How complaints are judged: decisions in `decide`, validators in the order of the articles of the regulation."""

from __future__ import annotations

from pathlib import Path

from branchops.api import Rulebook, Validator, gather, markers
from branchops.plugins.complaints.rules import (
    accepting,
    book,
    decide,
    handing_over,
    handling,
    hotline,
    letters,
    linking,
    recording,
    remedying,
    replying,
    signing,
    speaking,
    words,
)

ROOMS = (
    recording, linking, accepting, handing_over, handling, replying, remedying,
    speaking, book, letters, hotline, signing, words,
)  # fmt: skip


def rulebook(pack: Path) -> Rulebook:
    """The plugin's rulebook."""
    return Rulebook(
        pack=pack,
        validators=tuple(check for room in ROOMS for check in gather(room, Validator)),
        markers=tuple(mark for room in (decide, *ROOMS) for mark in markers(room)),
    )

"""Complaints that belong together: linked, merged, taken apart. Nothing is ever deleted by it."""

from __future__ import annotations

from typing import Literal

from branchops.api import Event

Relation = Literal["related", "duplicate", "reopens"]


class Linked(Event, frozen=True):
    """It belongs with another complaint; both go on."""

    to: str
    relation: Relation = "related"


class Unlinked(Event, frozen=True):
    """The link was wrong."""

    to: str
    reason: str = ""


class Merged(Event, frozen=True):
    """It is the same matter as an earlier complaint, is handled there, and counts once."""

    into: str
    reason: str = ""


class Unmerged(Event, frozen=True):
    """The merging was wrong: it goes on by itself, under its own clock."""

    reason: str

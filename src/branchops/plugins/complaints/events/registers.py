"""The desk: who is designated, what was printed, what was reported upward."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from branchops.api import Event, Signs


class HandlerDesignated(Event, frozen=True):
    """The head designates who manages the outlet's complaints, from a day on."""

    staff: str
    start: date
    head: Annotated[str, Signs(role="outlet-head", rule="complaints.designated-handler")]
    until: date | None = None


class Printed(Event, frozen=True):
    """A register was printed: what, of which period, the how-manieth copy, its number of lines and their digest."""

    register: str
    period: str
    copy: int
    lines: int
    digest: str
    supplement: bool = False


class Reported(Event, frozen=True):
    """The statistics of a period went up: the digest of what was sent, and how many complaints it tells of."""

    period: str
    to: str
    n: int
    digest: str

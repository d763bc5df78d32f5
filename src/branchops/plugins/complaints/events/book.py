"""The opinion book (stream `opinion-book`): its volumes and pages, the daily look into it, the written reply."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from branchops.api import Event, Signs


class VolumeStarted(Event, frozen=True):
    """A new volume lies in the hall, with so many numbered pages."""

    volume: str
    pages: int
    first: int = 1


class VolumeEnded(Event, frozen=True):
    """A volume was taken away: full, or lost, or damaged. `last` is the last page written on."""

    volume: str
    last: int
    reason: str = "full"


class BookChecked(Event, frozen=True):
    """Somebody read the opinion book of a day. With no new entry that is a fact as well: `entries` is 0 then.

    `first` and `last` are the pages read (0: nothing new since the last time); `missing` are pages that are not there.
    """

    day: date
    by: str
    entries: int
    first: int = 0
    last: int = 0
    missing: tuple[int, ...] = ()


class BookReplied(Event, frozen=True):
    """The handler wrote the reply into the book and signed it. Every customer can read it: nobody's data is in it."""

    page: int
    text: str
    handler: Annotated[str, Signs(role="complaint-handler", rule="complaints.book-written-reply-signed")]

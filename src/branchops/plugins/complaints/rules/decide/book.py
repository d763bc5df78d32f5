"""Decisions about the opinion book."""

from __future__ import annotations

from datetime import date

import msgspec

from branchops.api import Policy
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.views import Book, Case


class StartVolume(msgspec.Struct, frozen=True, kw_only=True):
    """Lay out a new volume."""

    volume: str
    pages: int
    first: int = 1


def decide_volume_start(_book: Book | None, command: StartVolume, _policy: Policy) -> ev.VolumeStarted:
    """A new volume lies in the hall."""
    return ev.VolumeStarted(volume=command.volume, pages=command.pages, first=command.first)


class EndVolume(msgspec.Struct, frozen=True, kw_only=True):
    """Take a volume away."""

    volume: str
    last: int
    reason: str = "full"


def decide_volume_end(_book: Book | None, command: EndVolume, _policy: Policy) -> ev.VolumeEnded:
    """A volume was taken away."""
    return ev.VolumeEnded(volume=command.volume, last=command.last, reason=command.reason)


class CheckBook(msgspec.Struct, frozen=True, kw_only=True):
    """Read the book."""

    day: date
    by: str
    entries: int
    first: int = 0
    last: int = 0
    missing: tuple[int, ...] = ()


def decide_book_check(_book: Book | None, command: CheckBook, _policy: Policy) -> ev.BookChecked:
    """The book was read."""
    return ev.BookChecked(**msgspec.structs.asdict(command))


class ReplyInBook(msgspec.Struct, frozen=True, kw_only=True):
    """Write a reply into the book."""

    page: int
    text: str
    handler: str


def decide_book_reply(_case: Case, command: ReplyInBook, _policy: Policy) -> ev.BookReplied:
    """The reply stands in the book."""
    return ev.BookReplied(page=command.page, text=command.text.strip(), handler=command.handler)

"""What lies beside the cases: the book, its days, the outlet's reports, prints, remedies and complainants."""

from __future__ import annotations

from datetime import datetime

import msgspec

from branchops.api import Recorded


class Volume(msgspec.Struct, frozen=True):
    """A volume of the book: numbered pages `first` to `last`; `ended` is its last written page, 0 while in use."""

    name: str
    first: int
    last: int
    ended: int = 0
    reason: str = ""


class Book(msgspec.Struct, frozen=True, kw_only=True):
    """The opinion book: its volumes, the page up to which it was read, pages found missing."""

    id: str
    volumes: tuple[Volume, ...] = ()
    read_to: int = 0
    missing: tuple[int, ...] = ()

    @property
    def current(self) -> Volume | None:
        """The volume that lies in the hall."""
        last = self.volumes[-1] if self.volumes else None
        return last if last is not None and not last.ended else None


class BookDay(msgspec.Struct, frozen=True, kw_only=True):
    """The looks into the book that tell of one day: the first one recorded, and how many entries they found."""

    day: str
    by: str
    recorded_at: datetime
    occurred_at: datetime
    entries: int
    first: int = 0
    last: int = 0


class OpeningDay(msgspec.Struct, frozen=True, kw_only=True):
    """The opening checklist of one day: when it was gone through, and what was wanting."""

    day: str
    by: str
    at: datetime
    wanting: tuple[str, ...] = ()


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """An outlet's desk: since when it keeps its complaints here, and which periods it has reported, when."""

    outlet: str
    since: datetime
    reported: dict[str, str] = {}


class Print(msgspec.Struct, frozen=True, kw_only=True):
    """The prints of one register of one period: how many copies, the last one's digest and instant."""

    id: str
    copies: int
    digest: str
    at: datetime
    lines: int


class Remedy(msgspec.Struct, frozen=True, kw_only=True):
    """A cause at a unit that was remedied: by the closing of which upheld complaint, last when, how often by now."""

    id: str
    complaint: str
    closed_at: datetime
    times: int = 1


class Complainant(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody recognised by a keyed digest: their complaints in order, with the instants they were received."""

    id: str
    complaints: tuple[str, ...]
    last_at: datetime


class Misconduct(msgspec.Struct, frozen=True, kw_only=True):
    """An instance of bad conduct."""

    id: str
    stream: str
    conduct: str
    who: str
    at: datetime
    reported_by: str = ""
    observation: str = ""


BOOK = "opinion-book"


def volume_started(book: Book | None, event: Recorded) -> Book:
    """A new volume: reading starts before its first page."""
    data = event.data
    volume = Volume(data.volume, data.first, data.first + data.pages - 1)
    old = book or Book(id=event.stream)
    return msgspec.structs.replace(old, volumes=(*old.volumes, volume), read_to=data.first - 1, missing=())


def volume_ended(book: Book, event: Recorded) -> Book:
    """A volume was taken away."""
    data = event.data
    volumes = tuple(
        msgspec.structs.replace(volume, ended=data.last, reason=data.reason) if volume.name == data.volume else volume
        for volume in book.volumes
    )
    return msgspec.structs.replace(book, volumes=volumes)


def book_checked(book: Book | None, event: Recorded) -> Book:
    """Read up to a page; a page passed over, or said to be missing, is missing."""
    data = event.data
    old = book or Book(id=event.stream)
    passed = range(old.read_to + 1, data.first) if old.read_to and data.first else ()
    missing = tuple(sorted({*old.missing, *data.missing, *passed}))
    return msgspec.structs.replace(old, read_to=max(old.read_to, data.last), missing=missing)


def book_day(row: BookDay | None, event: Recorded) -> BookDay:
    """The first look counts for the duty; the entries add up."""
    data = event.data
    if row is not None:
        pages = {"first": row.first or data.first, "last": max(row.last, data.last)}
        return msgspec.structs.replace(row, entries=row.entries + data.entries, **pages)
    return BookDay(
        day=data.day.isoformat(),
        by=data.by,
        recorded_at=event.recorded_at,
        occurred_at=event.occurred_at,
        entries=data.entries,
        first=data.first,
        last=data.last,
    )


def opening(event: Recorded) -> OpeningDay | None:
    """The opening checklist; other checklists make no row."""
    data = event.data
    if data.checklist != "opening":
        return None
    wanting = tuple(item.rule for item in data.items if item.answer == "no")
    return OpeningDay(day=opening_key(event), by=event.actor, at=event.recorded_at, wanting=wanting)


def opening_key(event: Recorded) -> str:
    """The day in the stream's name: `opening-2026-11-24`."""
    return event.stream.removeprefix("opening-")


def reported(desk: Desk, event: Recorded) -> Desk:
    """A period went up; what is reported twice was reported when it was first."""
    first = desk.reported.get(event.data.period, event.recorded_at.isoformat())
    return msgspec.structs.replace(desk, reported={**desk.reported, event.data.period: first})


def printed(row: Print | None, event: Recorded) -> Print:
    """One more copy."""
    data = event.data
    return Print(
        id=event.stream,
        copies=(row.copies if row else 0) + 1,
        digest=data.digest,
        at=event.recorded_at,
        lines=data.lines,
    )


def remedied(row: Remedy | None, event: Recorded) -> Remedy | None:
    """An upheld complaint with a cause was closed: from here on the cause should be gone."""
    data = event.data
    if data.outcome not in ("upheld", "partly") or not data.cause:
        return row
    times = row.times + 1 if row else 1
    return Remedy(id=remedy_key(event), complaint=event.stream, closed_at=event.occurred_at, times=times)


def remedy_key(event: Recorded) -> str:
    """Cause and unit."""
    return f"{event.data.cause}@{event.data.unit}"


def complained(row: Complainant | None, event: Recorded) -> Complainant | None:
    """One more complaint of the same person; without a digest nobody is recognised."""
    if not event.data.complainant:
        return row
    known = row.complaints if row else ()
    return Complainant(id=event.data.complainant, complaints=(*known, event.stream), last_at=event.occurred_at)


def misbehaved(event: Recorded) -> Misconduct:
    """One instance."""
    data = event.data
    told = {"conduct": data.conduct, "who": data.who, "reported_by": data.reported_by, "observation": data.observation}
    return Misconduct(id=event.id, stream=event.stream, at=event.occurred_at, **told)

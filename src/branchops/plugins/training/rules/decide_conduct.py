"""Decisions about how customers were served, and the registers beside it."""

from __future__ import annotations

from datetime import date

import msgspec

from branchops.api import Policy
from branchops.plugins.training.events import conduct as ev


class Observe(msgspec.Struct, frozen=True, kw_only=True):
    """Hand in the sheet of a visit."""

    staff: str
    observer: str
    visit: ev.Visit
    scores: tuple[ev.Score, ...]
    complaint: str = ""
    note: str = ""


def decide_observe(_row: object, command: Observe, _policy: Policy) -> ev.Observed:
    """A visit was observed."""
    fields = {name: getattr(command, name) for name in command.__struct_fields__}
    return ev.Observed(**fields)


class ObserveToo(msgspec.Struct, frozen=True, kw_only=True):
    """Hand in a second sheet of the same visit."""

    observer: str
    scores: tuple[ev.Score, ...]


def decide_observe_too(_row: object, command: ObserveToo, _policy: Policy) -> ev.SecondSheet:
    """A second observer's sheet came in."""
    return ev.SecondSheet(observer=command.observer, scores=command.scores)


class Accommodate(msgspec.Struct, frozen=True, kw_only=True):
    """Take items off somebody's sheet."""

    staff: str
    items: tuple[str, ...]
    reason: str
    until: date | None = None


def decide_accommodate(_row: object, command: Accommodate, _policy: Policy) -> ev.Accommodated:
    """Items no longer apply to somebody."""
    return ev.Accommodated(**msgspec.structs.asdict(command))


class CheckAppearance(msgspec.Struct, frozen=True, kw_only=True):
    """Check before opening, two pairs of eyes."""

    staff: str
    peer: str
    missing: tuple[str, ...] = ()


def decide_appearance(_row: object, command: CheckAppearance, _policy: Policy) -> ev.AppearanceChecked:
    """Somebody's appearance was checked."""
    return ev.AppearanceChecked(**msgspec.structs.asdict(command))


class Refuse(msgspec.Struct, frozen=True, kw_only=True):
    """Record that small business was refused."""

    staff: str
    business: str
    ground: str = ""
    explained: bool = False
    complaint: str = ""
    note: str = ""


def decide_refuse(_row: object, command: Refuse, _policy: Policy) -> ev.RefusalRecorded:
    """Small business was refused."""
    return ev.RefusalRecorded(**msgspec.structs.asdict(command))


class NoteDeed(msgspec.Struct, frozen=True, kw_only=True):
    """Note a good deed."""

    staff: str
    what: str
    anticipated: bool = False


def decide_good_deed(_row: object, command: NoteDeed, _policy: Policy) -> ev.GoodDeedNoted:
    """Somebody did more than was asked."""
    return ev.GoodDeedNoted(**msgspec.structs.asdict(command))


class Care(msgspec.Struct, frozen=True, kw_only=True):
    """Note that somebody was cared for."""

    kind: ev.CareKind
    staff: str
    after: str = ""


def decide_care(_row: object, command: Care, _policy: Policy) -> ev.CareGiven:
    """Somebody was cared for."""
    return ev.CareGiven(kind=command.kind, staff=command.staff, after=command.after)


class NoteIncident(msgspec.Struct, frozen=True, kw_only=True):
    """Note that a customer was abusive."""

    staff: str
    gist: str
    complaint: str = ""


def decide_incident(_row: object, command: NoteIncident, _policy: Policy) -> ev.IncidentNoted:
    """A customer was abusive."""
    return ev.IncidentNoted(**msgspec.structs.asdict(command))


class CheckIn(msgspec.Struct, frozen=True, kw_only=True):
    """Note one's own mood."""

    mood: str
    note: str = ""


def decide_check_in(_row: object, command: CheckIn, _policy: Policy) -> ev.CheckedIn:
    """Somebody noted the day's mood for oneself."""
    return ev.CheckedIn(mood=command.mood, note=command.note or None)

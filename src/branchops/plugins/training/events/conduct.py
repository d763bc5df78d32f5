"""How customers were served: observations (`TO-2026-0001`), refusals (`TR-2026-0001`), and the registers beside them.

Registers have one stream each: `good-deeds`, `care`, `incidents`, `appearance`, and `checkin-<staff>` for what
somebody tells only oneself. Whom care was for, and what somebody feels, is sealed.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from branchops.api import Event, Personal

Visit = Literal["announced", "mystery", "routine"]
CareKind = Literal["talk", "rotation", "break"]


class Score(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One item of the sheet: points by its anchors, or None when it does not apply, for the reason `na`."""

    item: str
    points: int | None = None
    na: str = ""
    note: str = ""


class Observed(Event, frozen=True):
    """Somebody watched somebody serve, and filled in the sheet."""

    staff: str
    observer: str
    visit: Visit
    scores: tuple[Score, ...]
    complaint: str = ""
    note: str = ""


class SecondSheet(Event, frozen=True):
    """A second observer's sheet of the same visit."""

    observer: str
    scores: tuple[Score, ...]


class Accommodated(Event, frozen=True):
    """Items of the sheet do not apply to somebody, for a coded reason, until a day (None: for good)."""

    staff: str
    items: tuple[str, ...]
    reason: str
    until: date | None = None


class AppearanceChecked(Event, frozen=True):
    """Before opening: neat by one's own eyes and by a colleague's. `missing` are coded points, never remarks."""

    staff: str
    peer: str
    missing: tuple[str, ...] = ()


class RefusalRecorded(Event, frozen=True):
    """Small business was refused. `ground` is the code of a lawful ground; without one it is a breach."""

    staff: str
    business: str
    ground: str = ""
    explained: bool = False
    complaint: str = ""
    note: str = ""


class GoodDeedNoted(Event, frozen=True):
    """Somebody did more than was asked; `anticipated` when a wish was met before it was spoken."""

    staff: str
    what: str
    anticipated: bool = False


class CareGiven(Event, frozen=True):
    """A teller was cared for after a hard moment. Counted, never shown by person."""

    kind: CareKind
    staff: Personal
    after: str = ""


class IncidentNoted(Event, frozen=True):
    """A customer was abusive. Kept apart, so that nobody is blamed; it lifts the reflection owed for `complaint`."""

    staff: str
    gist: Personal
    complaint: str = ""


class CheckedIn(Event, frozen=True):
    """Somebody's own note of the day's mood: nobody else reads it, nothing is counted."""

    mood: Personal
    note: Personal | None = None

"""Small registers: reflections, rule changes, accommodations, appearance, good deeds, care, records from elsewhere."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from branchops.api import Recorded, View


class Reflection(msgspec.Struct, frozen=True, kw_only=True):
    """One essay: `id` is `staff/sha256`, `sketch` what near copies are recognised by."""

    id: str
    staff: str
    sha256: str
    sketch: tuple[str, ...]
    length: int
    session: str
    complaint: str
    theme: str
    at: datetime
    alike: str = ""
    reviewer: str = ""
    comment: str = ""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """The latest setting of one policy key."""

    key: str
    at: datetime
    by: str
    reason: str


class Accommodation(msgspec.Struct, frozen=True, kw_only=True):
    """What does not apply to somebody: `id` is `staff/item`."""

    id: str
    staff: str
    item: str
    reason: str
    until: date | None
    at: datetime


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a register: good deed, care, appearance check, incident. `staff` is empty where it is sealed."""

    id: str
    register: str
    staff: str
    what: str
    flag: bool
    at: datetime
    complaint: str = ""


class Foreign(msgspec.Struct, frozen=True, kw_only=True):
    """A record imported from elsewhere: `id` is `source/record`."""

    id: str
    source: str
    learner: str
    course: str
    title: str
    status: str
    score: Decimal | None
    hours: Decimal | None
    ended: date | None
    expires: date | None


def _written(event: Recorded) -> Reflection:
    data = event.data
    alike = next((v.facts.get("percent", "") for v in event.meta.breaches if "percent" in v.facts), "")
    return Reflection(
        id=_reflection_key(event),
        staff=data.staff,
        sha256=data.sha256,
        sketch=data.sketch,
        length=data.length,
        session=data.session,
        complaint=data.complaint,
        theme=data.theme,
        at=event.occurred_at,
        alike=alike,
    )


def _reviewed(row: Reflection, event: Recorded) -> Reflection:
    return msgspec.structs.replace(row, reviewer=event.data.reviewer, comment=event.data.comment)


def _reflection_key(event: Recorded) -> str:
    return f"{event.data.staff}/{event.data.sha256}"


def _set(event: Recorded) -> Change:
    return Change(key=event.data.key, at=event.recorded_at, by=event.actor, reason=event.data.reason)


def _note(event: Recorded) -> Note:
    data = event.data
    line: dict[str, Any] = {"id": event.id, "register": event.type.partition(".")[2], "at": event.occurred_at}
    if event.type == "training.good-deed-noted":
        return Note(**line, staff=data.staff, what=data.what, flag=data.anticipated)
    if event.type == "training.care-given":
        return Note(**line, staff="", what=data.kind, flag=bool(data.after), complaint=data.after)
    if event.type == "training.incident-noted":
        return Note(**line, staff=data.staff, what="", flag=False, complaint=data.complaint)
    return Note(**line, staff=data.staff, what=" ".join(data.missing), flag=not data.missing)


def _accommodated(event: Recorded) -> Accommodation:
    data = event.data
    return Accommodation(
        id=event.id,
        staff=data.staff,
        item=" ".join(data.items),
        reason=data.reason,
        until=data.until,
        at=event.occurred_at,
    )


def _imported(event: Recorded) -> Foreign:
    data = event.data
    return Foreign(
        id=f"{data.source}/{data.record}",
        source=data.source,
        learner=data.learner,
        course=data.course,
        title=data.title,
        status=data.status,
        score=data.score,
        hours=data.hours,
        ended=data.ended,
        expires=data.expires,
    )


_NOTES = (
    "training.good-deed-noted",
    "training.care-given",
    "training.incident-noted",
    "training.appearance-checked",
)

REGISTERS = (
    View(
        name="training.reflection",
        row=Reflection,
        opens={"training.reflection-written": _written},
        folds={"training.reflection-reviewed": _reviewed},
        key=_reflection_key,
        index=("staff",),
    ),
    View(
        name="training.change",
        row=Change,
        opens={"policy.set": _set},
        folds={"policy.set": lambda _row, event: _set(event)},
        key=lambda event: event.data.key,
    ),
    View(
        name="training.accommodation",
        row=Accommodation,
        opens={"training.accommodated": _accommodated},
        key=lambda event: event.id,
        index=("staff",),
    ),
    View(
        name="training.note",
        row=Note,
        opens=dict.fromkeys(_NOTES, _note),
        key=lambda event: event.id,
        index=("register", "at"),
    ),
    View(
        name="training.record",
        row=Foreign,
        opens={"training.record-imported": _imported},
        key=lambda event: f"{event.data.source}/{event.data.record}",
        index=("source", "course"),
    ),
)

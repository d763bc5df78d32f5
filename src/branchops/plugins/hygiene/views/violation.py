"""A violation as a row."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from branchops.api import Recorded, View


class Violation(msgspec.Struct, frozen=True, kw_only=True):
    """A violation as it stands. `status`: reported, confirmed, appealed, dropped (appeal granted) or merged."""

    id: str
    kind: str
    offender: str
    who: str
    person: str
    at: datetime
    recorded: datetime
    reporter: str
    status: str = "reported"
    zone: str = ""
    day: date | None = None
    with_guest: bool = False
    pieces: int = 1
    note: str = ""
    evidence: str = ""
    sha256: str = ""
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    appeal: str = ""
    decision: str = ""
    merged_into: str = ""
    event: str = ""

    @property
    def standing(self) -> bool:
        """Whether it counts as long as nothing else is decided."""
        return self.status in ("reported", "confirmed", "appealed")


def added(event: Recorded) -> Violation:
    """A new violation."""
    data = event.data
    return Violation(
        id=event.stream,
        kind=data.kind,
        offender=data.offender,
        who=data.who,
        person=data.person,
        at=event.occurred_at,
        recorded=event.recorded_at,
        reporter=event.actor,
        zone=data.zone,
        day=data.day,
        with_guest=data.with_guest,
        pieces=data.pieces,
        note=data.note,
        evidence=data.evidence,
        sha256=data.sha256,
        event=event.id,
    )


def confirmed(row: Violation, event: Recorded) -> Violation:
    """Confirmed by the administration."""
    return msgspec.structs.replace(row, status="confirmed", confirmed_by=event.data.by, confirmed_at=event.recorded_at)


def appealed(row: Violation, event: Recorded) -> Violation:
    """Contested: pending until it is decided."""
    return msgspec.structs.replace(row, status="appealed", appeal=event.data.reason)


def decided(row: Violation, event: Recorded) -> Violation:
    """The appeal was granted (it never counted) or turned down (it stands as before)."""
    data = event.data
    if data.granted:
        return msgspec.structs.replace(row, status="dropped", decision=data.reason or "granted")
    before = "confirmed" if row.confirmed_at is not None else "reported"
    return msgspec.structs.replace(row, status=before, decision=data.reason or "refused")


def merged(row: Violation, event: Recorded) -> Violation:
    """The same occasion as another one."""
    return msgspec.structs.replace(row, status="merged", merged_into=event.data.of)


VIOLATION = View(
    name="hygiene.violation",
    row=Violation,
    opens={"hygiene.violation-added": added},
    folds={
        "hygiene.violation-confirmed": confirmed,
        "hygiene.violation-appealed": appealed,
        "hygiene.appeal-decided": decided,
        "hygiene.violation-merged": merged,
    },
    index=("status", "person", "offender", "kind"),
)

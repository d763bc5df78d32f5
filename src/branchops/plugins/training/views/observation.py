"""Visits observed, and small business refused."""

from __future__ import annotations

from datetime import datetime

import msgspec

from branchops.api import Recorded, View
from branchops.plugins.training.events.conduct import Score


class Observation(msgspec.Struct, frozen=True, kw_only=True):
    """One visit: whom, by whom, announced or not, and one or two sheets."""

    id: str
    staff: str
    observer: str
    visit: str
    at: datetime
    scores: tuple[Score, ...]
    complaint: str = ""
    note: str = ""
    second: str = ""
    second_scores: tuple[Score, ...] = ()
    failed: tuple[str, ...] = ()


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """One refusal of small business."""

    id: str
    staff: str
    business: str
    ground: str
    explained: bool
    complaint: str
    note: str
    at: datetime
    unlawful: bool


def observed(event: Recorded) -> Observation:
    """The first sheet. `failed` are the rules it shows broken."""
    data = event.data
    return Observation(
        id=event.stream,
        staff=data.staff,
        observer=data.observer,
        visit=data.visit,
        at=event.occurred_at,
        scores=data.scores,
        complaint=data.complaint,
        note=data.note,
        failed=tuple(verdict.rule for verdict in event.meta.breaches),
    )


def second_sheet(row: Observation, event: Recorded) -> Observation:
    """The second sheet: it serves to compare, the first one counts."""
    data = event.data
    return msgspec.structs.replace(row, second=data.observer, second_scores=data.scores)


def refused(event: Recorded) -> Refusal:
    """A refusal."""
    data = event.data
    return Refusal(
        id=event.stream,
        staff=data.staff,
        business=data.business,
        ground=data.ground,
        explained=data.explained,
        complaint=data.complaint,
        note=data.note,
        at=event.occurred_at,
        unlawful=bool(event.meta.breaches),
    )


OBSERVATION = View(
    name="training.observation",
    row=Observation,
    opens={"training.observed": observed},
    folds={"training.second-sheet": second_sheet},
    index=("staff", "at"),
)
REFUSAL = View(
    name="training.refusal", row=Refusal, opens={"training.refusal-recorded": refused}, index=("staff", "at")
)

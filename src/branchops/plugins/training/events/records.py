"""Training recorded elsewhere and brought in by an import. Stream: `records-<source>`; learners are not staff ids."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from branchops.api import Event


class RecordImported(Event, frozen=True):
    """One learner's record in one course or assessment, as its source tells it. `offset` is a day within the course."""

    source: str
    record: str
    learner: str
    course: str
    title: str = ""
    status: str = ""
    score: Decimal | None = None
    hours: Decimal | None = None
    started: date | None = None
    ended: date | None = None
    expires: date | None = None
    offset: int | None = None
    mandatory: bool | None = None
    certified: bool | None = None

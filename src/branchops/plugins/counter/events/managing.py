"""Management: controls, inspections, assessments, rewards and sanctions, suggestions (articles III.1 to III.3).

Streams: a control is `CL-<key>`; inspections `IN-2026-0001`, assessments `AS-...`, rewards and sanctions `RS-...`,
suggestions `SG-...`; readings of the statement lie in `ack-<staff>`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

import msgspec

from branchops.api import Event, Signs

ASSESSMENT = "counter.assessment"
MERIT = "counter.reward-good-punish-bad"
ACK = "counter.internal-control-first"
SUGGEST = "counter.improve-and-obey-rules"

Component = Literal["oversight", "risk-assessment", "control-activities", "information", "monitoring"]


class ControlSet(Event, frozen=True):
    """A control with the names on it. `every` is the expected number of days between uses (0: only on rare events)."""

    key: str
    title: str
    responsible: str
    implementer: str
    rules: tuple[str, ...] = ()
    every: int = 30
    component: Component = "control-activities"


class ControlExercised(Event, frozen=True):
    """A control was carried out."""

    by: str
    note: str = ""


class ControlRetired(Event, frozen=True):
    """A control is no longer in use."""

    reason: str


class InspectionPlanned(Event, frozen=True):
    """A review was planned: `sample` is what `seed` draws out of `population`, so that anybody can draw it again."""

    template: str
    area: str
    checker: str
    due: date
    population: tuple[str, ...]
    size: int
    seed: str
    sample: tuple[str, ...]


class InspectionDone(Event, frozen=True):
    """A planned review was carried out. `failed` maps sampled units to what was wrong; empty is a result too."""

    checker: Annotated[str, Signs(rule="counter.review-work-done")]
    checked: tuple[str, ...]
    failed: dict[str, str] = msgspec.field(default_factory=dict)
    note: str = ""


class Assessed(Event, frozen=True):
    """Somebody's work of a period was assessed; `marks` are out of 100 for each headline, `total` is weighted."""

    period: str
    person: Annotated[str, Signs(rule=ASSESSMENT)]
    assessor: Annotated[str, Signs(rule=ASSESSMENT)]
    marks: dict[str, Decimal]
    total: Decimal
    note: str = ""


class AssessmentAppealed(Event, frozen=True):
    """The person assessed does not agree."""

    by: str
    reason: str


class MeritRecorded(Event, frozen=True):
    """A reward or a sanction, resting on a record or an entry. The document names no money, so there is none."""

    kind: Literal["reward", "sanction"]
    person: str
    basis: str
    approver: Annotated[str, Signs(role="outlet-head", rule=MERIT)]
    text: str


class Suggested(Event, frozen=True):
    """Somebody proposed to change a rule or a setting."""

    by: str
    rule: str
    text: str


class SuggestionDecided(Event, frozen=True):
    """The head decided; an accepted change says from when it holds and which setting was changed."""

    head: Annotated[str, Signs(role="outlet-head", rule=SUGGEST)]
    accepted: bool
    reason: str = ""
    effective: date | None = None
    policy_key: str = ""


class StatementRead(Event, frozen=True):
    """Somebody read and signed the statement that internal control comes first. `quiz` is a score out of 100."""

    staff: Annotated[str, Signs(rule=ACK)]
    version: str
    quiz: int | None = None

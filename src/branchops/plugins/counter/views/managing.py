"""Controls, inspections, assessments, rewards and sanctions, suggestions, readings of the statement."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec

from branchops.api import Recorded, View
from branchops.plugins.counter.views.shared import Done, changed, done


class Control(msgspec.Struct, frozen=True, kw_only=True):
    """A control with the names on it. `used` is when it was last carried out."""

    id: str
    key: str
    title: str
    responsible: str
    implementer: str
    rules: tuple[str, ...]
    every: int
    component: str
    set_at: datetime
    used: datetime | None = None
    times: int = 0
    open: bool = True


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """A review planned, and what came of it."""

    id: str
    template: str
    area: str
    checker: str
    due: date
    planned_at: datetime
    population: tuple[str, ...]
    size: int
    seed: str
    sample: tuple[str, ...]
    done: Done | None = None
    checked: tuple[str, ...] = ()
    failed: dict[str, str] = msgspec.field(default_factory=dict)
    open: bool = True


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """An assessment."""

    id: str
    period: str
    person: str
    assessor: str
    marks: dict[str, Decimal]
    total: Decimal
    at: datetime
    note: str = ""
    appeal: str = ""


class Merit(msgspec.Struct, frozen=True, kw_only=True):
    """A reward or a sanction."""

    id: str
    kind: str
    person: str
    basis: str
    approver: str
    text: str
    at: datetime


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal to change a rule or a setting."""

    id: str
    by: str
    rule: str
    text: str
    at: datetime
    status: str = "open"
    decided: Done | None = None
    reason: str = ""
    effective: date | None = None
    policy_key: str = ""


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """The last signed reading of the statement by somebody."""

    id: str
    staff: str
    version: str
    at: datetime
    quiz: int | None = None
    times: int = 1


def control(row: Control | None, event: Recorded) -> Control:
    """A control with new names; its use is not forgotten."""
    data = event.data
    return Control(
        id=event.stream,
        key=data.key,
        title=data.title,
        responsible=data.responsible,
        implementer=data.implementer,
        rules=data.rules,
        every=data.every,
        component=data.component,
        set_at=row.set_at if row else event.recorded_at,
        used=row.used if row else None,
        times=row.times if row else 0,
    )


def exercised(row: Control, event: Recorded) -> Control:
    """It was carried out."""
    last = max(row.used, event.occurred_at) if row.used else event.occurred_at
    return changed(row, used=last, times=row.times + 1)  # type: ignore[no-any-return]


def planned(event: Recorded) -> Inspection:
    """A review was planned."""
    data = event.data
    return Inspection(
        id=event.stream,
        template=data.template,
        area=data.area,
        checker=data.checker,
        due=data.due,
        planned_at=event.recorded_at,
        population=data.population,
        size=data.size,
        seed=data.seed,
        sample=data.sample,
    )


def inspected(row: Inspection, event: Recorded) -> Inspection:
    """It was carried out."""
    data = event.data
    return changed(  # type: ignore[no-any-return]
        row, done=done(event, data.checker), checked=data.checked, failed=data.failed, open=False
    )


def assessed(event: Recorded) -> Assessment:
    """An assessment."""
    data = event.data
    return Assessment(
        id=event.stream,
        period=data.period,
        person=data.person,
        assessor=data.assessor,
        marks=data.marks,
        total=data.total,
        at=event.occurred_at,
        note=data.note,
    )


def merit(event: Recorded) -> Merit:
    """A reward or a sanction."""
    data = event.data
    return Merit(
        id=event.stream,
        kind=data.kind,
        person=data.person,
        basis=data.basis,
        approver=data.approver,
        text=data.text,
        at=event.occurred_at,
    )


def suggested(event: Recorded) -> Suggestion:
    """A proposal."""
    data = event.data
    return Suggestion(id=event.stream, by=data.by, rule=data.rule, text=data.text, at=event.occurred_at)


def decided(row: Suggestion, event: Recorded) -> Suggestion:
    """It was decided."""
    data = event.data
    return changed(  # type: ignore[no-any-return]
        row,
        status="accepted" if data.accepted else "declined",
        decided=done(event, data.head),
        reason=data.reason,
        effective=data.effective,
        policy_key=data.policy_key,
    )


def read(row: Read | None, event: Recorded) -> Read:
    """The newest reading counts."""
    data = event.data
    times = row.times + 1 if row else 1
    return Read(
        id=event.stream, staff=data.staff, version=data.version, at=event.occurred_at, quiz=data.quiz, times=times
    )


VIEWS = (
    View(
        name="counter.control",
        row=Control,
        opens={"counter.control-set": lambda event: control(None, event)},
        folds={
            "counter.control-set": control,
            "counter.control-exercised": exercised,
            "counter.control-retired": lambda row, _event: changed(row, open=False),
        },
        index=("open",),
    ),
    View(
        name="counter.inspection",
        row=Inspection,
        opens={"counter.inspection-planned": planned},
        folds={"counter.inspection-done": inspected},
        index=("open",),
    ),
    View(
        name="counter.assessment",
        row=Assessment,
        opens={"counter.assessed": assessed},
        folds={"counter.assessment-appealed": lambda row, event: changed(row, appeal=event.data.reason)},
        index=("person",),
    ),
    View(name="counter.merit", row=Merit, opens={"counter.merit-recorded": merit}, index=("person",)),
    View(
        name="counter.suggestion",
        row=Suggestion,
        opens={"counter.suggested": suggested},
        folds={"counter.suggestion-decided": decided},
        index=("status",),
    ),
    View(
        name="counter.reading",
        row=Read,
        opens={"counter.statement-read": lambda event: read(None, event)},
        folds={"counter.statement-read": read},
        index=("staff",),
    ),
)

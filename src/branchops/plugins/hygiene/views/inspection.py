"""Inspections with their results, spot check plans, and visits read in from other registers."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from branchops.api import Recorded, View
from branchops.plugins.hygiene.events.inspections import Result

TENTH = Decimal("0.1")


def reached(result: Result) -> int:
    """The points of one answer: all of them for a pass, what was given for a scored row."""
    return result.points if result.answer == "pass" else result.got if result.answer == "scored" else 0


class Fixed(msgspec.Struct, frozen=True, kw_only=True):
    """A fail that was put right."""

    by: str
    at: datetime
    recorded: datetime
    verified_by: str = ""


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """An inspection as it stands. `open` while a fail waits to be put right."""

    id: str
    zone: str
    inspector: str
    at: datetime
    recorded: datetime
    announced: bool
    owners: tuple[str, ...]
    contractor: bool
    plan: str
    template: str
    results: tuple[Result, ...]
    fixed: dict[str, Fixed] = {}
    note: str = ""
    open: bool = False

    @property
    def reached(self) -> int:
        """Points of what passed, and what scored rows got."""
        return sum(reached(one) for one in self.results)

    @property
    def possible(self) -> int:
        """Points of all that applied: what is not applicable is left out."""
        return sum(one.points for one in self.results if one.answer != "na")

    @property
    def score(self) -> Decimal | None:
        """Per cent of the points that applied, one decimal; None when nothing did."""
        if not self.possible:
            return None
        return (Decimal(100 * self.reached) / self.possible).quantize(TENTH, ROUND_HALF_UP)

    @property
    def failed(self) -> tuple[Result, ...]:
        """What failed."""
        return tuple(one for one in self.results if one.answer == "fail")

    @property
    def critical(self) -> bool:
        """Whether something critical failed: then the inspection is not passed, whatever the score."""
        return any(one.critical for one in self.failed)


class SpotPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A spot check plan. `seed` is the sealed seed, `revealed` the seed once it was shown."""

    id: str
    days: tuple[date, ...]
    zones: tuple[str, ...]
    checks: int
    start: time
    end: time
    commitment: str
    seed: str
    planner: str
    planned_at: datetime
    revealed: str = ""
    open: bool = True


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """An inspection of another register."""

    id: str
    source: str
    site: str
    name: str
    on: date
    kind: str
    result: str
    outcome: str
    score: Decimal | None
    critical: int | None
    serious: int | None
    minor: int | None
    findings: int | None


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A finding of another register."""

    id: str
    source: str
    site: str
    on: date
    severity: str


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """A place of another register."""

    id: str
    source: str
    site: str
    name: str
    address: str
    kind: str


def _inspected(event: Recorded) -> Inspection:
    data = event.data
    row = Inspection(
        id=event.stream,
        zone=data.zone,
        inspector=data.inspector,
        at=event.occurred_at,
        recorded=event.recorded_at,
        announced=data.announced,
        owners=data.owners,
        contractor=data.contractor,
        plan=data.plan,
        template=data.template,
        results=data.results,
        note=data.note,
    )
    return msgspec.structs.replace(row, open=bool(row.failed))


def _fixed(row: Inspection, event: Recorded) -> Inspection:
    data = event.data
    done = Fixed(by=data.by, at=event.occurred_at, recorded=event.recorded_at, verified_by=data.verified_by)
    fixed = {**row.fixed, data.code: done}
    return msgspec.structs.replace(row, fixed=fixed, open=any(one.code not in fixed for one in row.failed))


def _planned(event: Recorded) -> SpotPlan:
    data = event.data
    return SpotPlan(
        id=event.stream,
        days=data.days,
        zones=data.zones,
        checks=data.checks,
        start=data.start,
        end=data.end,
        commitment=data.commitment,
        seed=data.seed,
        planner=event.actor,
        planned_at=event.recorded_at,
    )


def _visit(event: Recorded) -> Visit:
    data = event.data
    return Visit(
        id=event.stream,
        source=data.source,
        site=data.site,
        name=data.name,
        on=data.on,
        kind=data.kind,
        result=data.result,
        outcome=data.outcome,
        score=data.score,
        critical=data.critical,
        serious=data.serious,
        minor=data.minor,
        findings=data.findings,
    )


INSPECTION_VIEWS = (
    View(
        name="hygiene.inspection",
        row=Inspection,
        opens={"hygiene.inspected": _inspected},
        folds={"hygiene.action-done": _fixed},
        index=("open", "zone", "announced", "plan"),
    ),
    View(
        name="hygiene.spot-plan",
        row=SpotPlan,
        opens={"hygiene.spot-checks-planned": _planned},
        folds={
            "hygiene.spot-checks-revealed": lambda row, e: msgspec.structs.replace(
                row, revealed=e.data.seed, open=False
            )
        },
        index=("open",),
    ),
    View(
        name="hygiene.visit",
        row=Visit,
        opens={"hygiene.visit-imported": _visit},
        index=("source", "outcome"),
    ),
    View(
        name="hygiene.finding",
        row=Finding,
        opens={
            "hygiene.finding-imported": lambda e: Finding(
                id=e.stream, source=e.data.source, site=e.data.site, on=e.data.on, severity=e.data.severity
            )
        },
        index=("source",),
    ),
    View(
        name="hygiene.site",
        row=Site,
        opens={
            "hygiene.site-imported": lambda e: Site(
                id=e.stream,
                source=e.data.source,
                site=e.data.site,
                name=e.data.name,
                address=e.data.address,
                kind=e.data.kind,
            )
        },
        index=("source",),
    ),
)

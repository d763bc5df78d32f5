"""What happens on the way to something better. Streams: a finding `F-2026-0001`, a plan `P-…`, a measure `M-…`."""

from __future__ import annotations

from branchops.api import event_types
from branchops.plugins.improve.events.findings import (
    AnaloguesExcused,
    Assigned,
    Closed,
    Extended,
    LookedAcross,
    Notified,
    Opened,
    Origin,
    Raised,
    Rectified,
    Severity,
    Verified,
)
from branchops.plugins.improve.events.plans import (
    MeasureReclassified,
    MeasureTaken,
    Observed,
    PlanMade,
    PrincipleStated,
    Target,
    TargetAdded,
    TaskAdded,
    TaskAssigned,
    TaskDone,
    TaskDropped,
)

WORK: tuple[type, ...] = (
    Notified, Assigned, Extended, Raised, Rectified, LookedAcross, AnaloguesExcused, Verified, Closed,
)  # fmt: skip
"""What is done about a finding."""

PLANNING: tuple[type, ...] = (
    PlanMade, TargetAdded, Observed, PrincipleStated, TaskAdded, TaskAssigned, TaskDone, TaskDropped,
)  # fmt: skip
"""What stands in a plan."""

EVENTS = (
    *event_types("improve", Opened, *WORK, state="improve.finding"),
    *event_types("improve", *PLANNING, state="improve.plan"),
    *event_types("improve", MeasureTaken, MeasureReclassified, state="improve.measure"),
)

__all__ = [
    "EVENTS",
    "PLANNING",
    "WORK",
    "AnaloguesExcused",
    "Assigned",
    "Closed",
    "Extended",
    "LookedAcross",
    "MeasureReclassified",
    "MeasureTaken",
    "Notified",
    "Observed",
    "Opened",
    "Origin",
    "PlanMade",
    "PrincipleStated",
    "Raised",
    "Rectified",
    "Severity",
    "Target",
    "TargetAdded",
    "TaskAdded",
    "TaskAssigned",
    "TaskDone",
    "TaskDropped",
    "Verified",
]

"""Improvement as rows: findings, what recurs, plans, measures."""

from __future__ import annotations

from branchops.api import View
from branchops.plugins.improve.views import finding, plan, series
from branchops.plugins.improve.views.finding import Done, Due, Finding, Fix, Look
from branchops.plugins.improve.views.plan import Measure, Plan, Principle, Seen, Task, Wording
from branchops.plugins.improve.views.series import Mark, Series, series_key

VIEWS = (
    View(
        name="improve.finding",
        row=Finding,
        opens={"improve.opened": finding.opened},
        folds={
            "improve.notified": finding.notified,
            "improve.assigned": finding.assigned,
            "improve.extended": finding.extended,
            "improve.raised": finding.raised,
            "improve.rectified": finding.rectified,
            "improve.looked-across": finding.looked_across,
            "improve.analogues-excused": finding.excused,
            "improve.verified": finding.verified,
            "improve.closed": finding.closed,
        },
        index=("open", "owner", "opened_at", "closed_at", "rule", "record", "reopens", "series"),
    ),
    View(
        name="improve.series",
        row=Series,
        opens={"improve.opened": series.started},
        folds={"improve.opened": series.came, "improve.closed": series.went},
        key=series.key_of,
    ),
    View(
        name="improve.mark",
        row=Mark,
        opens={"improve.opened": lambda event: Mark(mark=event.data.mark, finding=event.stream)},
        key=lambda event: event.data.mark or (),
    ),
    View(
        name="improve.plan",
        row=Plan,
        opens={"improve.plan-made": plan.made},
        folds={
            "improve.target-added": plan.target_added,
            "improve.observed": plan.observed,
            "improve.principle-stated": plan.principle_stated,
            "improve.task-added": plan.task_added,
            "improve.task-assigned": plan.task_assigned,
            "improve.task-done": plan.task_done,
            "improve.task-dropped": plan.task_dropped,
        },
        index=("open", "last"),
    ),
    View(
        name="improve.measure",
        row=Measure,
        opens={"improve.measure-taken": plan.measure_taken},
        folds={"improve.measure-reclassified": plan.measure_reclassified},
        index=("problem", "plan", "taken_at"),
    ),
)

__all__ = [
    "VIEWS",
    "Done",
    "Due",
    "Finding",
    "Fix",
    "Look",
    "Mark",
    "Measure",
    "Plan",
    "Principle",
    "Seen",
    "Series",
    "Task",
    "Wording",
    "series_key",
]

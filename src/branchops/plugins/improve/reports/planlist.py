"""The plans as a list."""

from __future__ import annotations

from branchops.api import Column, Reading, Table, _


def listed(reading: Reading) -> Table:
    """All plans, newest first, with how many of their tasks are still open."""
    columns = (
        Column("id", _("Id")),
        Column("title", _("Plan")),
        Column("first", _("From"), kind="date"),
        Column("last", _("To"), kind="date"),
        Column("owner", _("Owner")),
        Column("targets", _("Targets"), kind="number"),
        Column("tasks", _("Tasks"), kind="number"),
        Column("open_tasks", _("Open"), kind="number"),
    )
    lines = [
        {
            "id": plan.id,
            "title": plan.title,
            "first": plan.first,
            "last": plan.last,
            "owner": plan.owner,
            "targets": len(plan.targets),
            "tasks": len(plan.tasks),
            "open_tasks": sum(task.open for task in plan.tasks),
        }
        for plan in reading.rows("improve.plan", order="id DESC")
    ]
    return Table(columns, lines, title=_("Plans"))

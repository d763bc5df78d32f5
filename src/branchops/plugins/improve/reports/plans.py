"""Plans: target against actual, and the plan as a document in the order targets, principles, tasks."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from branchops.api import Column, Page, Reading, Said, Table, _
from branchops.plugins.improve.events import Target
from branchops.plugins.improve.reports.figures import Figure, figure, metrics
from branchops.plugins.improve.reports.measures import is_real, returned
from branchops.plugins.improve.reports.queries import rows
from branchops.plugins.improve.reports.words import MEASURES, TASKS, outlet_line
from branchops.plugins.improve.views import Measure, Plan, Task


def actual(plan: Plan, target: Target, reading: Reading) -> Figure:
    """What a target stands at: counted over the plan's span up to today, or as last observed."""
    last = min(plan.last, target.due, reading.today)
    metric = next((row for row in metrics(reading) if row["code"] == target.metric), None)
    if metric is not None:
        return figure(reading.over(plan.first, max(plan.first, last)), metric)
    seen = [one for one in plan.seen if one.code == target.code]
    return Figure(
        code=target.metric,
        title=target.title,
        unit=target.unit,
        better=target.direction,
        value=seen[-1].value if seen else None,
        n=len(seen),
        source=f"{target.observable}: {seen[-1].source} ({seen[-1].on})" if seen else target.observable,
    )


def reached(target: Target, value: Decimal | None) -> bool | None:
    """Whether the goal is reached; None without data."""
    if value is None:
        return None
    return value >= target.goal if target.direction == "up" else value <= target.goal


def _mark(target: Target, value: Decimal | None, today: date) -> Said:
    done = reached(target, value)
    if done is None:
        return Said("no-data", _("no data"))
    if done:
        return Said("reached", _("reached"))
    return Said("missed", _("missed")) if target.due < today else Said("under-way", _("under way"))


def _amount(value: Decimal | None, unit: str) -> str | Said:
    return Said(None, _("no data")) if value is None else f"{value} {unit}".strip()


def _columns() -> tuple[Column, ...]:
    return (
        Column("plan", _("Plan"), shown=False),
        Column("code", _("No.")),
        Column("title", _("Target")),
        Column("metric", _("Metric"), shown=False),
        Column("baseline", _("Baseline"), align="right"),
        Column("goal", _("Goal"), align="right"),
        Column("actual", _("Actual"), align="right"),
        Column("value", _("Value"), kind="number", shown=False),
        Column("n", _("n"), kind="number"),
        Column("due", _("Due"), kind="date"),
        Column("owner", _("Owner")),
        Column("state", _("Status")),
        Column("source", _("Source"), shown=False),
    )


def target_rows(plan: Plan, reading: Reading) -> list[dict[str, Any]]:
    """The targets of a plan with what they stand at."""
    lines = []
    for target in plan.targets:
        stands = actual(plan, target, reading)
        lines.append(
            {
                "plan": plan.id,
                "code": target.code,
                "title": target.title,
                "metric": target.metric,
                "baseline": _amount(target.baseline, target.unit),
                "goal": _amount(target.goal, target.unit),
                "actual": _amount(stands.value, target.unit),
                "value": stands.value,
                "n": stands.n,
                "due": target.due,
                "owner": target.owner,
                "state": _mark(target, stands.value, reading.today),
                "source": stands.source,
            }
        )
    return lines


def status_table(reading: Reading, plans: list[Plan] | None = None) -> Table:
    """Target against actual, of the plans whose span meets the period."""
    if plans is None:
        plans = list(rows(reading, "improve.plan", "last >= :first AND first <= :last", order="id"))
    lines = [line for plan in plans for line in target_rows(plan, reading)]
    columns = _columns()
    if len(plans) > 1:
        columns = (Column("plan", _("Plan")), *columns[1:])
    note = _("Actuals are counted from the ledger over the plan's span up to today; without entries: no data.")
    return Table(columns, lines, title=_("Plans: target against actual"), notes=(note,))


def end_of(day: date, reading: Reading) -> datetime:
    """The last instant of a day at the outlet."""
    return datetime.combine(day, time.max, reading.tz)


def document(plan: Plan, reading: Reading, on: date | None = None) -> Page:
    """The plan as an improvement-measures document; `on` prints the wordings in force at the end of that day."""
    moment = end_of(on, reading) if on else None
    facts: dict[str, Any] = {
        "id": plan.id,
        "outlet": outlet_line(reading),
        "from": plan.first,
        "to": plan.last,
        "owner": reading.name(plan.owner),
        "as_of": on or reading.today,
    }
    labels = (
        Column("id", _("Plan")),
        Column("outlet", _("Outlet")),
        Column("from", _("From"), kind="date"),
        Column("to", _("To"), kind="date"),
        Column("owner", _("Owner")),
        Column("as_of", _("As of"), kind="date"),
    )
    parts = (
        _targets(plan, reading),
        _principles(plan, moment),
        _tasks(plan, reading, moment),
        _measures(plan, reading),
    )
    return Page(plan.title, facts, tuple(part for part in parts if part is not None), labels)


def _targets(plan: Plan, reading: Reading) -> Table:
    return Table(
        tuple(column for column in _columns() if column.key != "plan"),
        target_rows(plan, reading),
        title=_("1. Targets"),
        key="targets",
    )


def _principles(plan: Plan, moment: datetime | None) -> Table:
    lines = [{"code": one.code, "text": text} for one in plan.principles if (text := one.on(moment))]
    notes = () if lines else (_("None stated."),)
    columns = (Column("code", _("No.")), Column("text", _("Principle")))
    return Table(columns, lines, title=_("2. Guiding principles"), notes=notes, key="principles")


def _tasks(plan: Plan, reading: Reading, moment: datetime | None) -> Table:
    columns = (
        Column("code", _("No.")),
        Column("kind", _("Kind"), shown=False),
        Column("kind_title", _("Kind")),
        Column("text", _("Task")),
        Column("owner", _("Owner")),
        Column("due", _("Due"), kind="date"),
        Column("state", _("Status")),
        Column("proof", _("Evidence")),
    )
    lines = [_task_line(plan.id, task, reading, moment) for task in plan.tasks if _there(task, moment)]
    for other in reading.rows("improve.plan"):
        shared = (task for task in other.tasks if plan.id in task.serves and other.id != plan.id)
        lines += [_task_line(other.id, task, reading, moment, shared=True) for task in shared if _there(task, moment)]
    return Table(columns, lines, title=_("3. Main tasks"), key="tasks")


def _there(task: Task, moment: datetime | None) -> bool:
    return moment is None or task.added_at <= moment


def _task_line(
    plan: str, task: Task, reading: Reading, moment: datetime | None, *, shared: bool = False
) -> dict[str, Any]:
    done = task.done_at is not None and (moment is None or task.done_at <= moment)
    late = task.open and task.due is not None and task.due < reading.today
    state = "dropped" if task.dropped else "done" if done else "overdue" if late else "open"
    words = {"dropped": _("dropped"), "done": _("done"), "overdue": _("overdue"), "open": _("open")}
    return {
        "code": f"{plan} {task.code}" if shared else task.code,
        "kind": task.kind,
        "kind_title": _(TASKS.get(task.kind, task.kind)),
        "text": task.text,
        "owner": reading.name(task.owner),
        "due": task.due,
        "state": Said(state, words[state]),
        "proof": task.proof if done else task.dropped,
    }


def _measures(plan: Plan, reading: Reading) -> Table | None:
    found: list[Measure] = list(reading.rows("improve.measure", {"plan": plan.id}))
    if not found:
        return None
    columns = (
        Column("id", _("No.")),
        Column("kind", _("Kind"), shown=False),
        Column("kind_title", _("Kind")),
        Column("text", _("Measure")),
        Column("problem", _("Problem")),
        Column("real", _("Answers a real problem"), kind="bool", shown=False),
        Column("principle", _("Principle")),
        Column("effect", _("Effect")),
    )
    lines = [
        {
            "id": one.id,
            "kind": one.kind,
            "kind_title": _(MEASURES.get(one.kind, one.kind)),
            "text": one.text,
            "problem": one.problem,
            "real": is_real(reading, one.problem),
            "principle": one.principle,
            "effect": Said("came-back", _("not effective: it came back")) if returned(reading, one) else "",
        }
        for one in found
    ]
    return Table(columns, lines, title=_("Measures"), key="measures")

"""The preface: goals that can be measured, guiding principles, main tasks, and measures by their kind."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Ask, Facts, Policy, Verdict, reject, validator, warn
from branchops.plugins.improve import events as ev
from branchops.plugins.improve.rules.common import MEASURES, PRINCIPLES, TARGETS, TASKS, here, proved
from branchops.plugins.improve.views import Finding, Measure, Plan

TASK_KINDS = ("marketing", "cost", "design", "method", "other")
MEASURE_KINDS = ("extraordinary", "contingency", "preventive", "compulsory", "safety")
OWN = "own."


def _metric_known(metric: str, facts: Facts) -> bool:
    return metric.startswith(OWN) or any(row.get("code") == metric for row in facts.table("improve", "metric"))


def _wrong_with(target: ev.Target, facts: Facts) -> Iterator[Verdict]:
    if not _metric_known(target.metric, facts):
        known = ", ".join(str(row["code"]) for row in facts.table("improve", "metric"))
        yield reject(
            N_("There is no metric {metric}."),
            N_("One of: {known}; or {own}<name> with --observable for what people observe."),
            metric=target.metric,
            known=known,
            own=OWN,
        )
    if target.metric.startswith(OWN) and (target.baseline is None or not target.observable.strip()):
        yield reject(
            N_("{metric} is not counted here: say where it stands today, and by what it is observed."),
            N_("baseline=...,observable=... (a checklist score, a count of the core system)"),
            metric=target.metric,
        )
    if not target.unit.strip() or not target.title.strip():
        yield reject(N_("A target has a title and a unit."), N_("title=...,unit=%"))
    if target.direction not in ("up", "down"):
        yield reject(N_("A target goes up or down."), N_("direction=up or direction=down"))
    if not here(facts, target.owner):
        yield reject(N_("{who} does not work here any more."), N_("Name somebody who does."), who=target.owner)
    if target.due < facts.calendar.day_of(facts.now):
        yield reject(N_("{due} has passed."), N_("Name a day to come."), due=target.due)


@validator(TARGETS, on=(ev.PlanMade, ev.TargetAdded))
def set_targets(
    event: ev.PlanMade | ev.TargetAdded, row: Plan | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Preface 1: a plan has at least one target, each with metric, baseline, goal, unit, day and owner."""
    if isinstance(event, ev.PlanMade):
        if not event.targets:
            yield reject(
                N_("A plan without a target is none."),
                N_("--target metric=complaints.on-time,goal=95,due=2027-03-31,owner=li"),
            )
        if event.last < event.first:
            yield reject(N_("The plan ends before it begins."))
        for target in event.targets:
            yield from _wrong_with(target, facts)
        return
    if row is not None and row.target(event.target.code) is not None:
        yield reject(N_("{code} is there already; a target is not edited."), N_("Add another."), code=event.target.code)
    yield from _wrong_with(event.target, facts)


@validator(TARGETS, on=ev.Observed)
def observed_only_what_is_not_counted(
    event: ev.Observed, row: Plan | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Preface 1: what the ledger counts is not typed in; what is typed in names its source."""
    target = row.target(event.code) if row is not None else None
    if target is None:
        yield reject(N_("The plan has no target {code}."), code=event.code)
    elif not target.metric.startswith(OWN):
        yield reject(
            N_("{metric} is counted from the ledger; it cannot be typed in."),
            N_("branchops improve plan status shows it."),
            metric=target.metric,
        )
    if not event.source.strip():
        yield reject(N_("Say where the value was read."), N_("--source “...”"))
    if event.on > facts.calendar.day_of(facts.now):
        yield reject(N_("{due} has not come yet."), due=event.on)


@validator(PRINCIPLES, on=(ev.PrincipleStated, ev.TaskAdded))
def state_principles(
    event: ev.PrincipleStated | ev.TaskAdded, row: Plan | None, _facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Preface 2: a principle is worded; a plan that goes on to tasks without any is told so."""
    if isinstance(event, ev.PrincipleStated):
        if not event.text.strip():
            yield reject(N_("A principle without words guides nobody."), N_("--text “...”"))
    elif row is not None and not row.principles:
        yield warn(
            N_("{id} names no guiding principle yet."),
            N_("branchops improve plan principle add {id} --text “...”"),
            id=row.id,
        )


@validator(TASKS, on=(ev.TaskAdded, ev.TaskAssigned))
def list_main_tasks(
    event: ev.TaskAdded | ev.TaskAssigned, row: Plan | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Preface 3: a task is of a known kind, has an owner who works here, and had better have a day."""
    if not here(facts, event.owner):
        yield reject(N_("{who} does not work here any more."), N_("Name somebody who does."), who=event.owner)
    if isinstance(event, ev.TaskAssigned):
        yield from _still_open(event.code, row)
        return
    if not event.text.strip():
        yield reject(N_("Say what is to be done."), N_("--text “...”"))
    if event.kind not in TASK_KINDS:
        yield reject(
            N_("There is no kind of task {kind}."), N_("One of: {kinds}."), kind=event.kind, kinds=", ".join(TASK_KINDS)
        )
    if event.due is None:
        yield warn(N_("{code} has no due date: nobody will be reminded."), N_("--due DATE"), code=event.code)
    elif event.due < facts.calendar.day_of(facts.now):
        yield reject(N_("{due} has passed."), N_("Name a day to come."), due=event.due)


@validator(TASKS, on=(ev.TaskDone, ev.TaskDropped))
def done_with_evidence(
    event: ev.TaskDone | ev.TaskDropped, row: Plan | None, _facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Preface 3: a task is done with evidence, or dropped with a reason; once only."""
    yield from _still_open(event.code, row)
    if isinstance(event, ev.TaskDone) and not proved(event):
        yield reject(
            N_("Nothing proves that {code} is done."),
            N_("Name a file (--evidence FILE) or a record of this ledger (--record ID)."),
            code=event.code,
        )
    if isinstance(event, ev.TaskDropped) and not event.reason.strip():
        yield reject(N_("Say why it will not be done."), N_("--reason “...”"))


def _still_open(code: str, row: Plan | None) -> Iterator[Verdict]:
    task = row.task(code) if row is not None else None
    if task is None:
        known = ", ".join(one.code for one in row.tasks) if row is not None else ""
        yield reject(N_("The plan has no task {code}."), N_("It has: {known}"), code=code, known=known or "-")
    elif not task.open:
        yield reject(N_("{code} is done or dropped already."), code=code)


@validator(
    MEASURES,
    on=(ev.MeasureTaken, ev.MeasureReclassified),
    asks={"problem": Ask("improve.finding", lambda event, _state: getattr(event, "problem", "") or None)},
)
def classify_measure(
    event: ev.MeasureTaken | ev.MeasureReclassified, row: Measure | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Preface: a measure is of one of five kinds and answers a problem; its kind changes by an entry of its own."""
    if event.kind not in MEASURE_KINDS:
        yield reject(
            N_("There is no kind of measure {kind}."), N_("One of: {kinds}."), kind=event.kind,
            kinds=", ".join(MEASURE_KINDS),
        )  # fmt: skip
    if isinstance(event, ev.MeasureReclassified):
        if row is not None and row.kind == event.kind:
            yield reject(N_("{id} is {kind} already."), id=row.id, kind=event.kind)
        if not event.reason.strip():
            yield reject(N_("Say why it is of another kind."), N_("--reason “...”"))
        return
    problem: Finding | None = facts["problem"]
    if not event.text.strip():
        yield reject(N_("Say what the measure is."), N_("--text “...”"))
    if event.problem.startswith("F-") and problem is None:
        yield reject(N_("There is no finding {id}."), N_("See: branchops improve finding list"), id=event.problem)
    if not event.problem:
        yield warn(N_("The measure names no problem that it answers."), N_("--problem F-1 or --problem C-1"))

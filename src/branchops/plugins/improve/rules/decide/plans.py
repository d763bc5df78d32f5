"""Decisions about plans and measures. Codes are given in order: targets T1, principles N1, tasks K1."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from branchops.api import Policy, tidy
from branchops.plugins.improve import events as ev
from branchops.plugins.improve.views import Measure, Plan


class MakePlan(msgspec.Struct, frozen=True, kw_only=True):
    """Make a plan. Targets without a code get the next one."""

    title: str
    first: date
    last: date
    owner: str
    targets: tuple[ev.Target, ...]


def decide_plan(_row: object, command: MakePlan, _policy: Policy) -> ev.PlanMade:
    """A plan was made."""
    targets = tuple(
        msgspec.structs.replace(target, code=target.code or f"T{place}")
        for place, target in enumerate(command.targets, 1)
    )
    return ev.PlanMade(
        title=tidy(command.title), first=command.first, last=command.last, owner=command.owner, targets=targets
    )


class AddTarget(msgspec.Struct, frozen=True, kw_only=True):
    """Add a target."""

    target: ev.Target


def decide_target(row: Plan, command: AddTarget, _policy: Policy) -> ev.TargetAdded:
    """One more target."""
    code = command.target.code or f"T{len(row.targets) + 1}"
    return ev.TargetAdded(target=msgspec.structs.replace(command.target, code=code))


class Observe(msgspec.Struct, frozen=True, kw_only=True):
    """Tell the value of a target that is not counted here."""

    code: str
    value: Decimal
    source: str
    on: date


def decide_observe(_row: Plan, command: Observe, _policy: Policy) -> ev.Observed:
    """A value was read off."""
    return ev.Observed(code=command.code.upper(), value=command.value, source=tidy(command.source), on=command.on)


class StatePrinciple(msgspec.Struct, frozen=True, kw_only=True):
    """State a principle, or word one anew."""

    text: str
    code: str = ""


def decide_principle(row: Plan, command: StatePrinciple, _policy: Policy) -> ev.PrincipleStated:
    """A principle was stated."""
    return ev.PrincipleStated(code=command.code.upper() or f"N{len(row.principles) + 1}", text=tidy(command.text))


class AddTask(msgspec.Struct, frozen=True, kw_only=True):
    """Add a main task."""

    kind: str
    text: str
    owner: str
    due: date | None = None
    serves: tuple[str, ...] = ()


def decide_task(row: Plan, command: AddTask, _policy: Policy) -> ev.TaskAdded:
    """One more task."""
    fields = {**msgspec.structs.asdict(command), "text": tidy(command.text)}
    return ev.TaskAdded(code=f"K{len(row.tasks) + 1}", **fields)


class AssignTask(msgspec.Struct, frozen=True, kw_only=True):
    """Hand a task to another."""

    code: str
    owner: str
    reason: str = ""


def decide_task_assign(_row: Plan, command: AssignTask, _policy: Policy) -> ev.TaskAssigned:
    """Another has it."""
    return ev.TaskAssigned(code=command.code.upper(), owner=command.owner, reason=tidy(command.reason))


class FinishTask(msgspec.Struct, frozen=True, kw_only=True):
    """Say that a task is done."""

    code: str
    by: str
    evidence: str = ""
    sha256: str = ""
    record: str = ""
    note: str = ""


def decide_task_done(_row: Plan, command: FinishTask, _policy: Policy) -> ev.TaskDone:
    """It is done."""
    fields = msgspec.structs.asdict(command)
    return ev.TaskDone(**{**fields, "code": command.code.upper(), "note": tidy(command.note)})


class DropTask(msgspec.Struct, frozen=True, kw_only=True):
    """Say that a task will not be done."""

    code: str
    by: str
    reason: str


def decide_task_drop(_row: Plan, command: DropTask, _policy: Policy) -> ev.TaskDropped:
    """It will not be done."""
    return ev.TaskDropped(code=command.code.upper(), by=command.by, reason=tidy(command.reason))


class TakeMeasure(msgspec.Struct, frozen=True, kw_only=True):
    """Take a measure against a problem."""

    kind: str
    text: str
    problem: str = ""
    plan: str = ""
    principle: str = ""
    owner: str = ""


def decide_measure(_row: object, command: TakeMeasure, _policy: Policy) -> ev.MeasureTaken:
    """A measure was taken."""
    return ev.MeasureTaken(**{**msgspec.structs.asdict(command), "text": tidy(command.text)})


class Reclassify(msgspec.Struct, frozen=True, kw_only=True):
    """Classify a measure anew."""

    kind: str
    reason: str


def decide_reclassify(_row: Measure, command: Reclassify, _policy: Policy) -> ev.MeasureReclassified:
    """It is of another kind."""
    return ev.MeasureReclassified(kind=command.kind, reason=tidy(command.reason))

"""What a plan still lacks: found by reading it, told as warnings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from branchops.api import N_, Column, Reading, Table, Verdict, _, warn
from branchops.plugins.improve.reports.plans import actual, reached
from branchops.plugins.improve.rules.common import MEASURES, PRINCIPLES, TARGETS, TASKS
from branchops.plugins.improve.views import Measure, Plan


class Fault(msgspec.Struct, frozen=True):
    """One thing a plan lacks, under one rule."""

    plan: str
    verdict: Verdict


def _fault(plan: Plan, rule: str, verdict: Verdict) -> Fault:
    return Fault(plan.id, msgspec.structs.replace(verdict, rule=rule))


def faults(plan: Plan, reading: Reading) -> Iterator[Fault]:
    """Everything a plan lacks: principles, days, owners, data, measures that serve a principle or answer a problem."""
    if not plan.principles:
        yield _fault(plan, PRINCIPLES, warn(N_("{id} names no guiding principle."), id=plan.id))
    yield from _targets(plan, reading)
    if not plan.tasks:
        yield _fault(plan, TASKS, warn(N_("{id} lists no main task."), id=plan.id))
    for task in plan.tasks:
        if task.open and task.due is None:
            yield _fault(plan, TASKS, warn(N_("{id} {code} has no due date."), id=plan.id, code=task.code))
        if task.open and not _here(reading, task.owner):
            yield _fault(
                plan, TASKS, warn(N_("{id} {code}: {who} has left."), id=plan.id, code=task.code, who=task.owner)
            )
    yield from _measures(plan, reading)


def _here(reading: Reading, staff: str) -> bool:
    return reading.people.knows(staff) and reading.people.active(staff, reading.today)


def _targets(plan: Plan, reading: Reading) -> Iterator[Fault]:
    for target in plan.targets:
        about = {"id": plan.id, "code": target.code}
        value = actual(plan, target, reading).value
        if not _here(reading, target.owner):
            yield _fault(plan, TARGETS, warn(N_("{id} {code}: {who} has left."), **about, who=target.owner))
        if value is None:
            yield _fault(plan, TARGETS, warn(N_("{id} {code} has no data yet."), **about))
        elif target.due < reading.today and not reached(target, value):
            yield _fault(plan, TARGETS, warn(N_("{id} {code} was not reached by {due}."), **about, due=target.due))


def _measures(plan: Plan, reading: Reading) -> Iterator[Fault]:
    found: list[Measure] = list(reading.rows("improve.measure", {"plan": plan.id}))
    if plan.principles and not any(one.principle for one in found):
        yield _fault(plan, PRINCIPLES, warn(N_("No measure of {id} serves one of its principles."), id=plan.id))
    for one in found:
        if not one.problem:
            yield _fault(plan, MEASURES, warn(N_("{id} names no problem that it answers."), id=one.id))


def table(found: Iterable[Fault]) -> Table:
    """The faults as a table."""
    columns = (Column("plan", _("Plan")), Column("message", _("What it lacks")), Column("rule", _("Rule")))
    lines = [
        {"plan": one.plan, "message": _(one.verdict.text).format(**one.verdict.facts), "rule": one.verdict.rule}
        for one in found
    ]
    return Table(columns, lines, title=_("What the plans lack"))

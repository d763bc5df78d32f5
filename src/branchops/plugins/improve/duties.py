"""What findings and plans make somebody owe. When an owner has left, the head owes it until it is assigned anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise

from branchops.api import N_, Duty, Facts, Policy, duty, within_business_days
from branchops.plugins.improve.rules.common import ANALOGY, NOTIFIED, RECTIFIED, TASKS, here
from branchops.plugins.improve.views import Done, Finding, Plan, Task

HEAD = "outlet-head"
OPEN = {"open": True}


def counted(at: datetime, recorded: datetime, facts: Facts) -> datetime:
    """When something counts as done: as claimed if recorded the same day, else when it was recorded."""
    same_day = facts.calendar.day_of(at) == facts.calendar.day_of(recorded)
    return at if same_day else recorded


def _met(done: Done | None, facts: Facts) -> datetime | None:
    return counted(done.at, done.recorded, facts) if done else None


def _head(facts: Facts) -> str:
    return facts.people.head(facts.calendar.day_of(facts.now)) or ""


def _end(day: date, facts: Facts) -> datetime:
    """Close of business of a due date; on a rest day its closing hour all the same: a date named by people is kept."""
    return facts.calendar.close_of(day)


def _policy(row: Finding, facts: Facts) -> Policy:
    return facts.policy_at(row.registered_at)


@duty(NOTIFIED, view="improve.finding", where=OPEN)
def made_known(row: Finding, facts: Facts) -> Iterator[Duty]:
    """Art. III.2: a finding is made known within so many working days of being recorded."""
    policy = _policy(row, facts)
    limit = within_business_days(row.registered_at, policy["improve.notify.within"], facts.calendar)
    yield Duty(
        rule=NOTIFIED,
        subject=row.id,
        title=N_("Tell those concerned of the finding"),
        born=row.registered_at,
        due=limit.due,
        who=_head(facts),
        role=HEAD,
        met=_met(row.notified, facts),
        policy=policy.version,
        steps=limit.steps,
    )


@duty(RECTIFIED, view="improve.finding", where=OPEN)
def put_right(row: Finding, facts: Facts) -> Iterator[Duty]:
    """Art. III.2: it is assigned, put right by its day, verified by another, and closed."""
    policy = _policy(row, facts)
    limit = within_business_days(row.registered_at, policy["improve.assign.within"], facts.calendar)
    yield Duty(
        rule=RECTIFIED,
        subject=f"{row.id}#assign",
        title=N_("Assign the finding an owner and a day"),
        born=row.registered_at,
        due=limit.due,
        who=_head(facts),
        role=HEAD,
        met=_met(row.assigned, facts) or (row.fixes[0].recorded if row.fixes else None),
        policy=policy.version,
        steps=limit.steps,
    )
    if row.assigned is not None and row.due is not None:
        left = not here(facts, row.owner)
        fix = row.fix
        yield Duty(
            rule=RECTIFIED,
            subject=row.id,
            title=N_("The owner has left: assign the finding anew") if left else N_("Put the finding right"),
            born=row.assigned.at,
            due=_end(row.due, facts),
            who=_head(facts) if left else row.owner,
            role=HEAD if left else "",
            met=counted(fix.at, fix.recorded, facts) if fix else None,
            policy=policy.version,
            critical=row.severity == "critical",
        )
        yield from _passed_days(row, facts, policy)
        if fix is None:
            yield from ladder(row, facts, policy)
    yield from _after(row, facts, policy)


def _passed_days(row: Finding, facts: Facts, policy: Policy) -> Iterator[Duty]:
    """Days that had passed before anybody gave more time: an extension moves what is due, it does not cure a miss."""
    fix = row.fix
    for number, (old, new) in enumerate(pairwise(row.dues), 1):
        end = _end(old.due, facts)
        if new.recorded > end:
            yield Duty(
                rule=RECTIFIED,
                subject=f"{row.id}#day-{number}",
                title=N_("The day that passed before the extension"),
                born=old.recorded,
                due=end,
                who=row.owner,
                met=counted(fix.at, fix.recorded, facts) if fix else None,
                policy=policy.version,
                curable=False,
            )


def ladder(row: Finding, facts: Facts, policy: Policy) -> Iterator[Duty]:
    """The steps by which an overdue finding goes up: after so many working days, to whom."""
    if row.due is None:
        return
    steps = sorted((int(days), role) for days, role in policy["improve.ladder"].items())
    for number, (days, role) in enumerate(steps, 1):
        born = within_business_days(_end(row.due, facts), days, facts.calendar).due
        if born > facts.now:
            return
        limit = within_business_days(born, 1, facts.calendar)
        holders = facts.people.holders(role, facts.calendar.day_of(facts.now))
        yield Duty(
            rule=RECTIFIED,
            subject=f"{row.id}#step-{number}",
            title=N_("Overdue, step {step}: take it up with {who}"),
            args={"step": str(number), "who": row.owner},
            born=born,
            due=limit.due,
            who=holders[0] if holders else _head(facts),
            role=role,
            met=_met(row.raised.get(str(number)), facts),
            policy=policy.version,
            steps=limit.steps,
        )


def _after(row: Finding, facts: Facts, policy: Policy) -> Iterator[Duty]:
    """What follows once it is put right: another one looks at it, and it is closed."""
    if row.fix is None:
        return
    limit = within_business_days(row.fix.recorded, policy["improve.verify.within"], facts.calendar)
    yield Duty(
        rule=RECTIFIED,
        subject=f"{row.id}#close",
        title=N_("Have it verified by another person, and close it"),
        born=row.fix.recorded,
        due=limit.due,
        who=_head(facts),
        role=HEAD,
        met=row.closed_at,
        policy=policy.version,
        steps=limit.steps,
    )


@duty(ANALOGY, view="improve.finding", where=OPEN)
def look_across(row: Finding, facts: Facts) -> Iterator[Duty]:
    """Art. III.3: once it is put right, somebody looks whether it is wrong elsewhere too."""
    if row.fix is None:
        return
    policy = _policy(row, facts)
    limit = within_business_days(row.fix.recorded, policy["improve.analogy.within"], facts.calendar)
    owner = row.owner or row.fix.by
    look = row.look
    yield Duty(
        rule=ANALOGY,
        subject=row.id,
        title=N_("Look whether it is wrong elsewhere too"),
        born=row.fix.recorded,
        due=limit.due,
        who=owner if here(facts, owner) else _head(facts),
        met=counted(look.at, look.recorded, facts) if look else None,
        policy=policy.version,
        steps=limit.steps,
    )


@duty(TASKS, view="improve.plan", where=OPEN)
def main_tasks(row: Plan, facts: Facts) -> Iterator[Duty]:
    """Preface 3: each task of a plan is owed by its day."""
    for task in row.tasks:
        if not task.dropped:
            yield _task(row, task, facts)


def _task(row: Plan, task: Task, facts: Facts) -> Duty:
    left = not here(facts, task.owner)
    done = task.done_at and task.done_recorded
    return Duty(
        rule=TASKS,
        subject=f"{row.id}#{task.code}",
        title=N_("The owner has left: give task {code} to another") if left else N_("Task {code}: {text}"),
        args={"code": task.code, "text": task.text},
        born=task.added_at,
        due=_end(task.due, facts) if task.due else None,
        who=_head(facts) if left else task.owner,
        role=HEAD if left else "",
        met=counted(task.done_at, task.done_recorded, facts) if done else None,  # type: ignore[arg-type]
        policy=facts.policy_at(row.made_at).version,
    )

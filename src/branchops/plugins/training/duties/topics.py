"""What the curriculum makes each person owe: first training, yearly renewal, and again when the rules change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from branchops.api import N_, Ask, Duty, Facts, Policy, Staff, duty, within_business_days
from branchops.plugins.training.rules.curriculum import OWING, RULE_CHANGED, Standing, Topic, standings, topics

TITLES = {
    "required": N_("Learn “{topic}”"),
    "booked": N_("Attend “{topic}”"),
    "due-soon": N_("Renew “{topic}”"),
    "expired": N_("Renew “{topic}”"),
    "missing-evidence": N_("Complete “{topic}”"),
}


@duty(
    "training.rules-study",
    "training.operation-skills",
    "training.service-is-lifeblood",
    "training.know-the-business",
    "training.ethics-and-skill",
    "training.reflection-essay",
    "counter.internal-control-first",
    view="core.staff",
    where={"left_on": None},
    asks={
        "learner": Ask("training.learner", lambda row, _: f"learner-{row.id}"),
        "changes": Ask("training.change", lambda _row, _: {}, many=True),
    },
)
def curriculum(row: Staff, facts: Facts) -> Iterator[Duty]:
    """Doc1 III, Doc4: each required topic is learnt in time, renewed in time, and again when its rules change.

    A duty shows from `training.soon.days` before it is due: what is a year away is in the matrix, not on the list.
    """
    book = topics(facts.table("training", "topic"))
    policy = facts.policy_at(facts.now)
    today = facts.calendar.day_of(facts.now)
    found = standings(
        row.id,
        facts["learner"],
        book,
        people=facts.people,
        changes=facts["changes"],
        calendar=facts.calendar,
        policy=policy,
        today=today,
    )
    for one in found:
        if one.state not in OWING or one.born is None:
            continue
        pinned = facts.policy_at(one.born)
        due = due_of(one, pinned, facts)
        if due - facts.now > timedelta(days=policy.get("training.soon.days", 30)):
            continue
        yield _owed(row.id, one, book[one.topic], due, pinned)


def due_of(one: Standing, policy: Policy, facts: Facts) -> datetime:
    """Until when: first training by the joiner's limit, a changed rule within its own, a renewal by the day it ends."""
    assert one.born is not None
    if one.reason == RULE_CHANGED:
        return within_business_days(one.born, policy.get("training.reopen.days", 10), facts.calendar).due
    if one.missing or one.until is None or one.done is None:
        joiner = one.born + timedelta(days=policy.get("training.joiner.days", 60))
        return facts.calendar.close_of(facts.calendar.day_of(joiner))
    return facts.calendar.close_of(one.until)


def _owed(staff: str, one: Standing, topic: Topic, due: datetime, policy: Policy) -> Duty:
    assert one.born is not None
    return Duty(
        rule=topic.rules[0] if topic.rules else "training.rules-study",
        subject=f"{staff}/{topic.code}",
        title=TITLES[one.state],
        born=one.born,
        due=due,
        who=staff,
        policy=policy.version,
        args={"topic": topic.title},
    )

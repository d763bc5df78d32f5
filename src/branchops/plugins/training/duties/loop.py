"""From an upheld complaint about attitude: reflect, be observed, regain competence. One step opens the next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from branchops.api import N_, Ask, Duty, Facts, Policy, duty, within_business_days
from branchops.plugins.training.views.loop import Loop, Steps

OPEN = {"open": True}


def concerned(row: Loop, facts: Facts) -> Iterator[tuple[str, Steps, Policy]]:
    """The people whose way a complaint opens: it was upheld, and its cause is one of those named by policy."""
    if row.upheld_at is None:
        return
    policy = facts.policy_at(row.upheld_at)
    if row.cause not in policy.get("training.loop.causes", ("C1",)):
        return
    for staff in row.about:
        steps = row.steps.get(staff, Steps())
        if not steps.lifted:
            yield staff, steps, policy


@duty("training.no-blaming-customers", view="training.loop", where=OPEN)
def reflect_after_a_complaint(row: Loop, facts: Facts) -> Iterator[Duty]:
    """Doc4 par. 3: who was complained about with reason looks at oneself first, in writing."""
    for staff, steps, policy in concerned(row, facts):
        yield _duty(
            facts, "training.no-blaming-customers", f"{row.id}/{staff}", N_("Reflect on the complaint"),
            row.upheld_at, policy, "training.loop.reflect", 5, steps.reflected, who=staff,
        )  # fmt: skip


@duty("training.not-cold-or-stiff", view="training.loop", where=OPEN)
def observe_after_reflection(row: Loop, facts: Facts) -> Iterator[Duty]:
    """Doc4 par. 2, 7: after the reflection somebody watches whether service has become warmer."""
    for staff, steps, policy in concerned(row, facts):
        if steps.reflected is None:
            continue
        yield _duty(
            facts, "training.not-cold-or-stiff", f"{row.id}/{staff}", N_("Observe {staff} at work"),
            steps.reflected, policy, "training.loop.observe", 10, steps.observed, role="service-observer", about=staff,
        )  # fmt: skip


@duty("training.customer-centred-empathy", view="training.loop", where=OPEN)
def competence_after_observation(row: Loop, facts: Facts) -> Iterator[Duty]:
    """Doc4 par. 2: a passed quiz or a sign-off after the observation closes the matter."""
    for staff, steps, policy in concerned(row, facts):
        if steps.observed is None:
            continue
        yield _duty(
            facts, "training.customer-centred-empathy", f"{row.id}/{staff}", N_("Renew the competence of {staff}"),
            steps.observed, policy, "training.loop.competence", 20, steps.competent, who=staff, about=staff,
        )  # fmt: skip


def _duty(
    facts: Facts, rule: str, subject: str, title: str, born: datetime | None, policy: Policy, key: str, days: int,
    met: datetime | None, who: str = "", role: str = "", about: str = "",
) -> Duty:  # fmt: skip
    assert born is not None
    limit = within_business_days(born, policy.get(key, days), facts.calendar)
    name = facts.people.name(about) if about and facts.people.knows(about) else about
    return Duty(
        rule=rule, subject=subject, title=title, born=born, due=limit.due, who=who, role=role, met=met,
        policy=policy.version, steps=limit.steps, args={"staff": name} if about else {},
    )  # fmt: skip


CARE = {"care": Ask("training.note", lambda _row, _: {"register": "care-given"}, many=True)}


@duty("training.care-for-tellers", view="training.loop", where=OPEN, asks=CARE)
def care_after_a_dispute(row: Loop, facts: Facts) -> Iterator[Duty]:
    """Doc4 par. 7: where the bank has chosen so, a teller is cared for after a hard dispute, once for each."""
    if row.upheld_at is None:
        return
    policy = facts.policy_at(row.upheld_at)
    if not policy.get("training.care.enabled", False):
        return
    given = min((note.at for note in facts["care"] if note.complaint == row.id), default=None)
    yield _duty(
        facts, "training.care-for-tellers", row.id, N_("Care for the colleague concerned"),
        row.upheld_at, policy, "training.care.within", 2, given, role="outlet-head",
    )  # fmt: skip

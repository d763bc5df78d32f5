"""What user ids and planned reviews make somebody owe."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from branchops.api import N_, Ask, Duty, Facts, _, duty, within_business_days
from branchops.plugins.counter.duties.shared import counted
from branchops.plugins.counter.events.ids import CORPORATE, SAVINGS
from branchops.plugins.counter.rules.common import HEAD
from branchops.plugins.counter.rules.user_ids import ELSEWHERE, foreign, since, unrelated
from branchops.plugins.counter.views.ids import IdList, UserId
from branchops.plugins.counter.views.managing import Inspection

OPEN = {"open": True}
LIST = {"list": Ask("counter.idlist", lambda row, _: row.system)}


def _purge(rule: str, row: UserId, facts: Facts, why: str) -> Duty:
    born = facts.calendar.local(row.seen)
    left = since(row, facts.people)
    if left is not None and left > facts.calendar.day_of(born):
        born = facts.calendar.open_of(left) - timedelta(days=1)
    policy = facts.policy_at(born)
    limit = within_business_days(born, policy["counter.ids.purge_days"], facts.calendar)
    return Duty(
        rule=rule,
        subject=row.id,
        title=N_("Purge the user id {user} in {system}: {why}"),
        born=born,
        due=limit.due,
        role=HEAD,
        met=counted(row.purged, facts.calendar),
        policy=policy.version,
        steps=limit.steps,
        args={"user": row.user, "system": row.system, "why": _(why)},
    )


def _gone(row: UserId, facts: Facts) -> bool:
    """Whether the newest list no longer holds an id that nobody purged here."""
    newest: IdList | None = facts["list"]
    return row.purged is None and newest is not None and row.listed < newest.listed


@duty(SAVINGS, view="counter.userid", where=OPEN, asks=LIST)
def purge_savings_id(row: UserId, facts: Facts) -> Iterator[Duty]:
    """I.3: an id of somebody without business in the savings system is purged a working day after that is known."""
    day = facts.calendar.day_of(facts.now) if row.purged is None else facts.calendar.day_of(row.purged.at)
    policy = facts.policy_at(facts.now)
    if row.system not in policy["counter.ids.savings_systems"] or _gone(row, facts):
        return
    why = unrelated(row, facts.people, policy, day)
    if why or row.purged is not None:
        yield _purge(SAVINGS, row, facts, why)


@duty(CORPORATE, view="counter.userid", where=OPEN, asks=LIST)
def purge_corporate_id(row: UserId, facts: Facts) -> Iterator[Duty]:
    """II.3: an id of a corporate teller in another system is removed, unless a dual role is approved and not over."""
    day = facts.calendar.day_of(facts.now) if row.purged is None else facts.calendar.day_of(row.purged.at)
    if not _gone(row, facts) and foreign(row, facts.people, facts.policy_at(facts.now), day):
        yield _purge(CORPORATE, row, facts, ELSEWHERE)


@duty("counter.review-work-done", view="counter.inspection", where=OPEN)
def carry_out(row: Inspection, facts: Facts) -> Iterator[Duty]:
    """III.2: what was planned to be reviewed is reviewed by its day."""
    policy = facts.policy_at(row.planned_at)
    yield Duty(
        rule="counter.review-work-done",
        subject=row.id,
        title=N_("Carry out the inspection of {area}"),
        born=row.planned_at,
        due=facts.calendar.close_of(row.due),
        who=row.checker,
        met=counted(row.done, facts.calendar),
        policy=policy.version,
        args={"area": row.area},
    )

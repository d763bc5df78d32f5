"""What is owed about a complaint that exceeds the outlet: it goes up, is followed, and the customer hears of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from branchops.api import N_, Duty, Facts, days_limit, duty, within_business_days
from branchops.plugins.complaints.duties.clocks import OPEN
from branchops.plugins.complaints.rules.shared import HEAD
from branchops.plugins.complaints.views import Case

GO_UP = "complaints.escalate-beyond-outlet"
FOLLOW = {"letter": "complaints.letter-follow-hq", "phone": "complaints.phone-follow-hq"}
TRACK = "complaints.track-escalated"


@duty(GO_UP, view="complaints.case", where=OPEN)
def escalate_beyond_outlet(case: Case, facts: Facts) -> Iterator[Duty]:
    """Art. 7(3): once the head has confirmed that it is beyond the outlet, it goes up promptly."""
    if case.confirmed_at is None:
        return
    policy = facts.policy_at(case.confirmed_at)
    limit = within_business_days(case.confirmed_at, policy["complaints.escalate.within"], facts.calendar)
    yield Duty(
        rule=GO_UP,
        subject=case.id,
        title=N_("Report it to head office"),
        born=case.confirmed_at,
        due=limit.due,
        who=case.handler or case.owner,
        met=case.escalated_at,
        policy=policy.version,
        steps=limit.steps,
    )


@duty(TRACK, *FOLLOW.values(), view="complaints.case", where=OPEN)
def follow_head_office(case: Case, facts: Facts) -> Iterator[Duty]:
    """Art. 7(3), 10(4), 11(1)5: ask until head office has its result; its silence becomes the head's."""
    if case.escalated_at is None:
        return
    policy = facts.policy_at(case.escalated_at)
    asked = [case.escalated_at, *(note.at for note in case.hq)]
    result = case.hq_result
    for number, since in enumerate(asked, 1):
        done = asked[number] if number < len(asked) else None
        if done is None and result is not None:
            break
        limit = days_limit(since, policy["complaints.follow-up.days"], "civil-code", facts.calendar)
        silent = done is None and facts.now > limit.due
        yield Duty(
            rule=FOLLOW.get(case.channel, TRACK),
            subject=f"{case.id}#hq{number}",
            title=N_("Ask head office how it stands"),
            born=since,
            due=limit.due,
            who=_head(facts) if silent else case.handler or case.owner,
            role=HEAD if silent else "",
            met=done,
            policy=policy.version,
            steps=limit.steps,
        )
    if result is not None:
        yield from _tell_result(case, facts, result.at)


def _head(facts: Facts) -> str:
    return facts.people.head(facts.calendar.day_of(facts.now)) or ""


def _tell_result(case: Case, facts: Facts, since: datetime) -> Iterator[Duty]:
    policy = facts.policy_at(since)
    limit = within_business_days(since, policy["complaints.escalate.within"], facts.calendar)
    told = [reply.at for reply in case.replies if not reply.interim and reply.at >= since]
    yield Duty(
        rule=TRACK,
        subject=f"{case.id}#result",
        title=N_("Tell the customer what head office decided"),
        born=since,
        due=limit.due,
        who=case.handler or case.owner,
        met=min(told, default=None),
        policy=policy.version,
        steps=limit.steps,
    )

"""The three clocks of a complaint, kept apart: the limit, the promise, the regulator's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from branchops.api import N_, Calendar, Duty, Facts, duty
from branchops.plugins.complaints.rules.shared import regulator_limit, reply_limit
from branchops.plugins.complaints.views import Case, Reply

OPEN = {"open": True}
REPLY = "complaints.reply-within-three-days"


def counted(at: datetime, recorded: datetime, calendar: Calendar) -> datetime:
    """When something counts as done: as claimed if recorded the same day, else when it was recorded."""
    return at if calendar.day_of(at) == calendar.day_of(recorded) else recorded


def _earliest(replies: list[Reply], calendar: Calendar) -> datetime | None:
    return min((counted(reply.at, reply.recorded, calendar) for reply in replies), default=None)


@duty(REPLY, view="complaints.case", where=OPEN)
def reply_within_three_days(case: Case, facts: Facts) -> Iterator[Duty]:
    """Art. 7(2): a reply, be it an interim one, within the limit; a late one stays late for ever."""
    if case.kind != "complaint" or case.no_reply or case.merged_into or case.status == "archived":
        return
    policy = facts.policy_at(case.registered_at)
    limit = reply_limit(case, policy, facts.calendar)
    yield Duty(
        rule=REPLY,
        subject=case.id,
        title=N_("Reply to the customer"),
        born=case.received_at,
        due=limit.due,
        who=case.owner,
        met=_earliest(list(case.replies), facts.calendar),
        policy=policy.version,
        steps=limit.steps,
        critical=True,
    )


@duty(REPLY, view="complaints.case", where=OPEN)
def regulator_clock(case: Case, facts: Facts) -> Iterator[Duty]:
    """The regulator's 15, 30 or 60 days for what was transferred or went up: decided, and the customer told."""
    if case.no_reply or case.merged_into:
        return
    policy = facts.policy_at(case.registered_at)
    limit = regulator_limit(case, policy, facts.calendar)
    if limit is None:
        return
    final = _earliest([reply for reply in case.replies if not reply.interim], facts.calendar)
    decided = final and case.resolved_at and max(final, case.resolved_at)
    yield Duty(
        rule=REPLY,
        subject=f"{case.id}#regulator",
        title=N_("Decide and tell the complainant (the regulator's limit)"),
        born=case.received_at if case.regulator else case.escalated_at or case.received_at,
        due=limit.due,
        who=case.handler or case.owner,
        met=decided or None,
        policy=policy.version,
        steps=limit.steps,
        critical=True,
    )


PROMISE = {"phone": "complaints.phone-register-promise-reply"}


@duty("complaints.oral-promise-deadline", *PROMISE.values(), view="complaints.case", where=OPEN)
def promise_deadline(case: Case, facts: Facts) -> Iterator[Duty]:
    """Art. 8(3), 11(1)3: a promise binds; each is its own duty, and a new one does not take back the old."""
    policy = facts.policy_at(case.registered_at)
    done = _earliest([reply for reply in case.replies if not reply.interim], facts.calendar)
    for number, promise in enumerate(case.promises, 1):
        yield Duty(
            rule=PROMISE.get(case.channel, "complaints.oral-promise-deadline"),
            subject=f"{case.id}#{number}",
            title=N_("Keep the promise to reply"),
            born=promise.at,
            due=promise.by,
            who=case.owner,
            met=done,
            policy=policy.version,
        )

"""Articles 7(2) and 8(3): the limit, the promise, the reply. Three clocks that never move each other."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Calendar, Deadline, Facts, Policy, Verdict, breach, days_limit, reject, validator
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.views import Case


def reply_limit(case: Case, policy: Policy, calendar: Calendar) -> Deadline:
    """When the reply is owed at the latest: from first taking, by the clock in `complaints.reply.clock`."""
    return days_limit(case.received_at, policy["complaints.reply.days"], policy["complaints.reply.clock"], calendar)


CITED = {
    "civil-code": N_("day of receipt excluded; Civil Code 201/203"),
    "working": N_("working days, day of receipt excluded"),
    "calendar-strict": N_("days of 24 hours from receipt"),
}


@validator("complaints.reply-within-three-days", on=ev.Promised)
def reply_within_three_days(event: ev.Promised, case: Case | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 7(2): a promise may be shorter than the limit, never longer."""
    if case is None:
        return
    policy = facts.policy_at(case.registered_at)
    limit = reply_limit(case, policy, facts.calendar).due
    if event.by > limit:
        yield reject(
            N_("The latest lawful reply is {latest} ({cited})."),
            N_("Promise {latest} or earlier; an interim reply counts as a reply."),
            latest=facts.calendar.local(limit).strftime("%Y-%m-%d %H:%M"),
            cited=CITED[policy["complaints.reply.clock"]],
        )
    elif event.by <= facts.now:
        yield reject(N_("A promise lies ahead; that time has passed."), N_("Promise a time still to come."))


@validator("complaints.oral-promise-deadline", on=(ev.Resolved, ev.SignedOff))
def oral_promise_deadline(_event: object, case: Case | None, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 8(3): whoever cannot be answered on the spot is told when; if nobody did, that is a breach."""
    if case is None or case.channel not in ("oral", "phone") or case.promises or case.on_the_spot:
        return
    if "complaints.oral-promise-deadline" not in case.breaches:
        yield breach(N_("{id} was not answered on the spot, and no time for the reply was agreed."), id=case.id)

"""Article 7(2): on the spot where possible, else within the limit. Three clocks that never move each other."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Facts, Policy, Verdict, reject, validator
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.rules.shared import reply_limit
from branchops.plugins.complaints.views import Case

LATEST = {
    "civil-code": N_("The latest lawful reply is {latest} (day of receipt excluded; Civil Code 201/203)."),
    "working": N_("The latest lawful reply is {latest} (working days, day of receipt excluded)."),
    "calendar-strict": N_("The latest lawful reply is {latest} (days of 24 hours from receipt)."),
}


@validator("complaints.answer-on-the-spot", on=ev.Replied)
def answer_on_the_spot(event: ev.Replied, case: Case | None, facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """Art. 7(2): what can be answered at once is; an answer of another day was not given on the spot."""
    record = facts.record
    if case is None or record is None or not event.on_the_spot:
        return
    if event.interim:
        yield reject(N_("An interim reply is no answer on the spot."), N_("Use one of the two."))
    minutes = (record.occurred_at - case.received_at).total_seconds() / 60
    if minutes > policy["complaints.on-the-spot.within"]:
        yield reject(
            N_("{id} was taken {minutes} minutes before: that is not on the spot."),
            N_("Record it as a reply without --on-the-spot."),
            id=case.id,
            minutes=int(minutes),
        )


@validator("complaints.reply-within-three-days", on=ev.Promised)
def reply_within_three_days(event: ev.Promised, case: Case | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 7(2): a promise may be shorter than the limit, never longer; after the limit there is only the reply."""
    if case is None:
        return
    policy = facts.policy_at(case.registered_at)
    limit = reply_limit(case, policy, facts.calendar).due
    latest = facts.calendar.local(limit).strftime("%Y-%m-%d %H:%M")
    made = facts.record.occurred_at if facts.record else facts.now
    if limit <= made:
        yield reject(
            N_("The latest lawful reply was {latest}; no promise moves it."),
            N_("Reply now, if only in the interim, and say what comes next: branchops complaints reply {id} --interim"),
            latest=latest,
            id=case.id,
        )
    elif event.by > limit:
        yield reject(
            LATEST[policy["complaints.reply.clock"]],
            N_("Promise {latest} or earlier; an interim reply counts as a reply."),
            latest=latest,
        )
    elif event.by <= made:
        yield reject(N_("A promise lies ahead; that time has passed."), N_("Promise a time still to come."))

"""What a complaint makes somebody owe, and until when. Each function derives one rule's duties of one case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from branchops.api import N_, Calendar, Duty, Facts, duty, end_of_day, within_business_days, within_minutes
from branchops.plugins.complaints.rules.accepting import HANDLER, HEAD
from branchops.plugins.complaints.rules.replying import reply_limit
from branchops.plugins.complaints.views import Case, Reply

OPEN = {"open": True}


def counted(reply: Reply, calendar: Calendar) -> datetime:
    """When a reply counts as made: as claimed if recorded the same day, else when it was recorded."""
    same_day = calendar.day_of(reply.at) == calendar.day_of(reply.recorded)
    return reply.at if same_day else reply.recorded


@duty("complaints.reply-within-three-days", view="complaints.case", where=OPEN)
def reply_within_three_days(case: Case, facts: Facts) -> Iterator[Duty]:
    """Art. 7(2): a reply, be it an interim one, within the limit; a late one stays late for ever."""
    if case.kind != "complaint":
        return
    policy = facts.policy_at(case.registered_at)
    limit = reply_limit(case, policy, facts.calendar)
    met = min((counted(reply, facts.calendar) for reply in case.replies), default=None)
    yield Duty(
        rule="complaints.reply-within-three-days",
        subject=case.id,
        title=N_("Reply to the customer"),
        born=case.received_at,
        due=limit.due,
        who=case.owner,
        met=met,
        policy=policy.version,
        steps=limit.steps,
        critical=True,
    )


@duty("complaints.oral-promise-deadline", view="complaints.case", where=OPEN)
def oral_promise_deadline(case: Case, facts: Facts) -> Iterator[Duty]:
    """Art. 8(3): a promise binds; each is its own duty, and a new one does not take back the old."""
    policy = facts.policy_at(case.registered_at)
    for number, promise in enumerate(case.promises, 1):
        after = [counted(reply, facts.calendar) for reply in case.replies if not reply.interim]
        yield Duty(
            rule="complaints.oral-promise-deadline",
            subject=f"{case.id}#{number}",
            title=N_("Keep the promise to reply"),
            born=promise.at,
            due=promise.by,
            who=case.owner,
            met=min(after, default=None),
            policy=policy.version,
        )


@duty("complaints.hand-over-beyond-authority", view="complaints.case", where=OPEN)
def hand_over_beyond_authority(case: Case, facts: Facts) -> Iterator[Duty]:
    """Art. 6, 8(1), 11(1)1: what the first taker did not answer is handed over; oral and telephone at once."""
    if case.on_the_spot or case.kind != "complaint" or facts.people.knows(case.taker) and _is_handler(case, facts):
        return
    policy = facts.policy_at(case.registered_at)
    minutes = policy.get(f"complaints.handover.{case.channel}.within")
    limit = (
        within_minutes(case.received_at, minutes, facts.calendar, True)
        if minutes
        else end_of_day(case.received_at, facts.calendar)
    )
    done = [handover.accepted for handover in case.handovers if handover.accepted]
    yield Duty(
        rule="complaints.hand-over-beyond-authority",
        subject=case.id,
        title=N_("Answer it, or hand it over to the handler"),
        born=case.received_at,
        due=limit.due,
        who=case.taker,
        met=min((*done, *(reply.at for reply in case.replies)), default=None),
        policy=policy.version,
        steps=limit.steps,
    )


def _is_handler(case: Case, facts: Facts) -> bool:
    return facts.people.holds(case.taker, HANDLER, facts.calendar.day_of(case.received_at))


@duty("complaints.report-to-head-at-once", view="complaints.case", where=OPEN)
def report_to_head_at_once(case: Case, facts: Facts) -> Iterator[Duty]:
    """Art. 6: once it was handed over, the handler reports to the head at once."""
    taken = next((handover.accepted for handover in case.handovers if handover.accepted), None)
    if taken is None:
        return
    policy = facts.policy_at(case.registered_at)
    limit = within_minutes(taken, policy["complaints.report-head.within"], facts.calendar, True)
    yield Duty(
        rule="complaints.report-to-head-at-once",
        subject=case.id,
        title=N_("Report to the head"),
        born=taken,
        due=limit.due,
        who=case.handler,
        met=case.informed_at,
        policy=policy.version,
        steps=limit.steps,
    )


@duty("complaints.head-signs-register", view="complaints.case", where=OPEN)
def head_signs_register(case: Case, facts: Facts) -> Iterator[Duty]:
    """Art. 8(3), 10(2), 11(1)3: what is settled waits for the head's signature, and not for ever."""
    if case.resolved_at is None or case.channel == "book":
        return
    policy = facts.policy_at(case.resolved_at)
    limit = within_business_days(case.resolved_at, policy["complaints.signoff.within"], facts.calendar)
    yield Duty(
        rule="complaints.head-signs-register",
        subject=case.id,
        title=N_("Sign the register"),
        born=case.resolved_at,
        due=limit.due,
        who=facts.people.head(facts.calendar.day_of(facts.now)) or "",
        role=HEAD,
        met=case.signed_at,
        policy=policy.version,
        steps=limit.steps,
        critical=True,
    )


@duty("complaints.apologise-when-liable", view="complaints.case", where=OPEN)
def apologise_when_liable(case: Case, facts: Facts) -> Iterator[Duty]:
    """Art. 7(5): an upheld complaint owes an apology by the one responsible."""
    if case.resolved_at is None or case.outcome not in ("upheld", "partly"):
        return
    policy = facts.policy_at(case.resolved_at)
    limit = within_business_days(case.resolved_at, policy["complaints.apology.within"], facts.calendar)
    yield Duty(
        rule="complaints.apologise-when-liable",
        subject=case.id,
        title=N_("Apologise to the customer"),
        born=case.resolved_at,
        due=limit.due,
        who=case.about[0] if case.about else case.owner,
        met=case.apologised_at,
        policy=policy.version,
        steps=limit.steps,
    )


@duty("complaints.escalate-after-head-confirms", view="complaints.case", where=OPEN)
def escalate_after_head_confirms(case: Case, facts: Facts) -> Iterator[Duty]:
    """Art. 7(3): once the head has confirmed that it is beyond the outlet, it goes up promptly."""
    if case.confirmed_at is None:
        return
    policy = facts.policy_at(case.confirmed_at)
    limit = within_business_days(case.confirmed_at, policy["complaints.escalate.within"], facts.calendar)
    yield Duty(
        rule="complaints.escalate-after-head-confirms",
        subject=case.id,
        title=N_("Report it to head office"),
        born=case.confirmed_at,
        due=limit.due,
        who=case.handler or case.owner,
        met=case.escalated_at,
        policy=policy.version,
        steps=limit.steps,
    )

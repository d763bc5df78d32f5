"""What is owed while a complaint passes from hand to hand: hand-over, register entry, the head's part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from branchops.api import N_, Duty, Facts, duty, end_of_day, within_business_days, within_minutes
from branchops.plugins.complaints.duties.clocks import OPEN
from branchops.plugins.complaints.rules.shared import HANDLER, HEAD
from branchops.plugins.complaints.views import Case

AT_ONCE = {"oral": "complaints.oral-hand-over-at-once", "phone": "complaints.phone-record-and-repeat"}
PROMPTLY = "complaints.hand-over-beyond-authority"


@duty(PROMPTLY, *AT_ONCE.values(), view="complaints.case", where=OPEN)
def hand_over(case: Case, facts: Facts) -> Iterator[Duty]:
    """Art. 6, 8(1), 11(1)1: what the first taker did not answer is handed over; oral and telephone at once."""
    if case.kind != "complaint" or case.on_the_spot or _is_handler(case, facts):
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
        rule=AT_ONCE.get(case.channel, PROMPTLY),
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
    """Whether the taker manages complaints: entered it as such at once, or had the role on that day."""
    if case.entered_by == case.taker and case.entered_at == case.registered_at:
        return True
    return facts.people.knows(case.taker) and facts.people.holds(
        case.taker, HANDLER, facts.calendar.day_of(case.received_at)
    )


@duty("complaints.report-to-head-at-once", view="complaints.case", where=OPEN)
def report_to_head_at_once(case: Case, facts: Facts) -> Iterator[Duty]:
    """Art. 6: once it was handed over, the handler reports to the head at once."""
    taken = next((handover.accepted for handover in case.handovers if handover.accepted), None)
    if taken is None or case.channel == "book":
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


def the_head(facts: Facts) -> dict[str, Any]:
    """Who owes what the head owes: whoever acts as head now, else the role."""
    head = facts.people.head(facts.calendar.day_of(facts.now))
    return {"who": head} if head else {"role": HEAD}


@duty("complaints.oral-ask-head", view="complaints.case", where=OPEN)
def oral_ask_head(case: Case, facts: Facts) -> Iterator[Duty]:
    """Art. 8(3): for what could not be answered on the spot the head says how to go on."""
    if case.channel != "oral" or case.informed_at is None or case.on_the_spot or case.resolved_at:
        return
    policy = facts.policy_at(case.registered_at)
    limit = within_business_days(case.informed_at, policy["complaints.instruct.within"], facts.calendar)
    yield Duty(
        rule="complaints.oral-ask-head",
        subject=case.id,
        title=N_("Instruct the handler"),
        born=case.informed_at,
        due=limit.due,
        **the_head(facts),
        met=case.instructions[0].at if case.instructions else None,
        policy=policy.version,
        steps=limit.steps,
    )


@duty("complaints.register-for-other-channels", view="complaints.case", where=OPEN)
def enter_in_register(case: Case, facts: Facts) -> Iterator[Duty]:
    """Art. 3: what a first taker noted is entered in the opinion register by the handler."""
    if case.channel == "book":
        return
    policy = facts.policy_at(case.registered_at)
    limit = within_business_days(case.registered_at, policy["complaints.enter.within"], facts.calendar)
    holders = facts.people.holders(HANDLER, facts.calendar.day_of(facts.now))
    who = case.handler or next(iter(holders), "")
    yield Duty(
        rule="complaints.register-for-other-channels",
        subject=case.id,
        title=N_("Enter it in the opinion register"),
        born=case.registered_at,
        due=limit.due,
        who=who,
        role="" if who else HANDLER,
        met=case.entered_at,
        policy=policy.version,
        steps=limit.steps,
    )


@duty("complaints.head-signs-register", view="complaints.case", where=OPEN)
def head_signs_register(case: Case, facts: Facts) -> Iterator[Duty]:
    """Art. 8(3), 10(2), 11(1)3: what is settled waits for the head's signature, and not for ever."""
    if case.resolved_at is None or case.channel == "book" or case.kind != "complaint":
        return
    policy = facts.policy_at(case.resolved_at)
    limit = within_business_days(case.resolved_at, policy["complaints.signoff.within"], facts.calendar)
    yield Duty(
        rule="complaints.head-signs-register",
        subject=case.id,
        title=N_("Sign the register"),
        born=case.resolved_at,
        due=limit.due,
        **the_head(facts),
        met=case.signed_at,
        policy=policy.version,
        steps=limit.steps,
        critical=True,
    )

"""Article 4: who is responsible, who is designated, who takes a complaint, and what each may decide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from branchops.api import N_, Ask, Facts, Policy, Verdict, breach, forbid, period_bounds, reject, validator, warn
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.rules.shared import HANDLER, HEAD, concerned, holds, same
from branchops.plugins.complaints.views import Case

BY: dict[Any, str] = {ev.Accepted: "by", ev.Investigated: "investigator", ev.Instructed: "head", ev.Resolved: "by"}


@validator("complaints.head-primarily-responsible", on=(*BY, ev.BeyondAuthorityConfirmed))
def head_primarily_responsible(event: Any, case: Case | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 4: the head answers for complaints, but never for one about the head: that goes up."""
    record = facts.record
    if case is None or record is None:
        return
    who = getattr(event, BY.get(type(event), "head")) or record.actor
    head = facts.people.appointed_head(facts.calendar.day_of(facts.now))
    if head is not None and same(facts, who, head) and concerned(facts, case, head):
        yield reject(
            N_("{id} is about {head}, the head of the outlet, who cannot deal with it."),
            N_("It goes up: branchops complaints escalate {id} --about-head"),
            id=case.id,
            head=head,
        )


@validator("complaints.designated-handler", on=("staff.role-given",))
def designated_handler(event: Any, _state: Any, facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """Art. 4: the handler is a named person other than the head, or the head would sign off own work."""
    if event.role not in (HEAD, HANDLER) or policy.get("complaints.one-person-outlet", False):
        return
    other = HEAD if event.role == HANDLER else HANDLER
    people = facts.people
    for twin in people.ids_of(people.person(event.staff)):
        if people.holds_in_own_right(twin, other, event.start):
            yield reject(
                N_("{staff} would be head of the outlet and complaint handler at once."),
                N_("Name another handler, or set complaints.one-person-outlet if nobody else works here."),
                staff=event.staff,
            )


@validator(
    "complaints.handler-duties",
    on=ev.Reported,
    asks={"desks": Ask("complaints.desk", lambda _event, _state: {}, many=True)},
)
def handler_reports(event: ev.Reported, _state: Any, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 4: the handler reports a period that is over; what is sent again is sent again, and said to be."""
    record = facts.record
    assert record is not None
    if not holds(facts, record.actor, HANDLER):
        handlers = ", ".join(facts.people.holders(HANDLER, facts.calendar.day_of(facts.now))) or "-"
        yield forbid(
            N_("Only the complaint handler reports the statistics."),
            N_("Handler today: {handlers}."),
            handlers=handlers,
        )
    try:
        _first, last = period_bounds(event.period)
    except ValueError:
        yield reject(N_("“{period}” is no period."), N_("Write 2026-11, 2026-Q4 or 2026."), period=event.period)
        return
    if last >= facts.calendar.day_of(facts.now):
        yield reject(
            N_("{period} is not over yet."),
            N_("Report it from {day} on."),
            period=event.period,
            day=last + timedelta(days=1),
        )
    elif any(event.period in desk.reported for desk in facts["desks"]):
        yield warn(N_("{period} was reported before; this is another return."), period=event.period)


@validator("complaints.everyone-must-accept", on=ev.Received)
def everyone_must_accept(event: ev.Received, _case: Case | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 4: anybody at the outlet takes complaints, contractors too; whoever took it must be somebody known."""
    if event.taker and not facts.people.knows(event.taker):
        yield reject(
            N_("{taker} is nobody at this outlet."),
            N_("Everybody here may take a complaint; add the person first: branchops staff add"),
            taker=event.taker,
        )
    unknown = [who for who in event.about if not facts.people.knows(who)]
    if unknown:
        yield warn(N_("Complained about, but not in the staff list: {names}."), names=", ".join(unknown))


@validator("complaints.everyone-must-accept", on=ev.Misbehaved)
def nobody_refuses(event: ev.Misbehaved, _state: Any, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 4: whoever refuses to take a complaint breaks the rule; the report must name somebody known."""
    if not facts.people.knows(event.who):
        yield reject(N_("{who} is nobody at this outlet."), N_("The people: branchops staff list"), who=event.who)
    elif event.conduct == "refused":
        yield breach(N_("{who} refused to take a complaint."), who=event.who)


@validator("complaints.handle-within-authority", on=ev.Resolved)
def handle_within_authority(event: ev.Resolved, case: Case | None, facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """Art. 4, 6: money is promised within the authority of the post; without a table there are only words."""
    record = facts.record
    if case is None or record is None or not event.amount:
        return
    if event.amount < 0:
        yield reject(N_("Money returned is not below zero."), N_("Leave --amount out when none is."))
        return
    who = event.by or record.actor
    roles = facts.people.roles(who, facts.calendar.day_of(facts.now)) if facts.people.knows(who) else frozenset()
    table = policy.get("complaints.authority", {})
    limits = [Decimal(table[key]) for role in roles for key in (role, f"{role}/{case.business}") if key in table]
    limit = max(limits, default=Decimal(0)) if event.currency == "CNY" else Decimal(0)
    if event.amount > limit:
        yield reject(
            N_("{amount} {currency} is beyond what {who} may decide ({limit})."),
            N_("Hand it over to somebody entitled, or up: branchops complaints confirm-beyond-authority {id}"),
            amount=event.amount,
            currency=event.currency,
            who=who,
            limit=limit,
            id=case.id,
        )

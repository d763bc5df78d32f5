"""What the opinion book and the plate ask for every day, and what its entries do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from branchops.api import N_, Ask, Duty, Facts, duty, end_of_day, within_minutes
from branchops.plugins.complaints.duties.clocks import OPEN, counted
from branchops.plugins.complaints.rules.shared import HANDLER, HEAD, reply_limit
from branchops.plugins.complaints.views import BookDay, Case, OpeningDay

CHECK = "complaints.book-checked-daily"
CONTACT = "complaints.book-contact-left-must-reply"
NOTIFY = "complaints.book-notify-responsible"
PLACES = ("complaints.book-on-display", "complaints.hotline-plate-displayed")

_DAYS = Ask("complaints.book-day", lambda day, _: day.isoformat())


@duty(CHECK, daily=True, asks={"look": _DAYS})
def book_checked_daily(day: date, facts: Facts) -> Iterator[Duty]:
    """Art. 9: the book is read on every business day; a look recorded on another day cures nothing."""
    look: BookDay | None = facts["look"]
    policy = facts.policy_at(facts.calendar.open_of(day))
    met = look.recorded_at if look is not None and facts.calendar.day_of(look.recorded_at) == day else None
    yield Duty(
        rule=CHECK,
        subject=day.isoformat(),
        title=N_("Read the opinion book ({day})"),
        born=facts.calendar.open_of(day),
        due=facts.calendar.close_of(day),
        who=next(iter(facts.people.holders(HANDLER, day)), ""),
        role=HANDLER,
        met=met,
        policy=policy.version,
        curable=facts.calendar.day_of(facts.now) == day,
        critical=True,
        args={"day": day.isoformat()},
    )


@duty(*PLACES, daily=True, asks={"opening": Ask("complaints.opening-day", lambda day, _: day.isoformat())})
def opening_checklist(day: date, facts: Facts) -> Iterator[Duty]:
    """Art. 3, 5: each morning somebody sees that book and plate are in their places."""
    found: OpeningDay | None = facts["opening"]
    policy = facts.policy_at(facts.calendar.open_of(day))
    worked = facts.calendar.is_business_day(day)  # where every day counts, a day of rest has its opening hour too
    limit = within_minutes(facts.calendar.open_of(day), policy["complaints.opening.within"], facts.calendar, worked)
    yield Duty(
        rule=PLACES[0],
        subject=day.isoformat(),
        title=N_("Go through the opening checklist ({day})"),
        born=facts.calendar.open_of(day),
        due=limit.due,
        who=facts.people.head(day) or "",
        role=HEAD,
        met=found.at if found is not None and facts.calendar.day_of(found.at) == day else None,
        policy=policy.version,
        steps=limit.steps,
        curable=facts.calendar.day_of(facts.now) == day,
        args={"day": day.isoformat()},
    )


@duty(NOTIFY, view="complaints.case", where=OPEN)
def book_notify_responsible(case: Case, facts: Facts) -> Iterator[Duty]:
    """Art. 9: whoever is responsible for what the book says is told the same day."""
    if case.channel != "book" or case.kind != "complaint":
        return
    policy = facts.policy_at(case.registered_at)
    limit = end_of_day(case.registered_at, facts.calendar)
    done = [moment for moment in (case.notified_at, case.resolved_at, case.escalated_at) if moment is not None]
    yield Duty(
        rule=NOTIFY,
        subject=case.id,
        title=N_("Tell the one responsible"),
        born=case.registered_at,
        due=limit.due,
        who=case.handler or case.owner,
        met=min(done, default=None),
        policy=policy.version,
        steps=limit.steps,
    )


@duty(CONTACT, view="complaints.case", where=OPEN)
def book_contact_left(case: Case, facts: Facts) -> Iterator[Duty]:
    """Art. 9: who left a contact in the book is answered directly, whatever the kind of entry."""
    if case.channel != "book" or not case.contact or case.no_reply:
        return
    policy = facts.policy_at(case.registered_at)
    limit = reply_limit(case, policy, facts.calendar)
    direct = [counted(one.at, one.recorded, facts.calendar) for one in case.replies]
    yield Duty(
        rule=CONTACT,
        subject=case.id,
        title=N_("Answer the customer directly: a contact was left"),
        born=case.received_at,
        due=limit.due,
        who=case.handler or case.owner,
        met=min(direct, default=None),
        policy=policy.version,
        steps=limit.steps,
        critical=True,
    )

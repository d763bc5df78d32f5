"""What a session owes: the study morning itself, who attended, minutes, a reflection by each who was there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from branchops.api import N_, Ask, Calendar, Duty, Facts, duty, within_business_days
from branchops.plugins.training.rules.saturday import is_study_saturday, saturdays
from branchops.plugins.training.views.session import Session

OPEN = {"open": True}


def counted(at: datetime, recorded: datetime, calendar: Calendar) -> datetime:
    """When something counts as done: as claimed if recorded the same day, else when it was recorded."""
    return at if calendar.day_of(at) == calendar.day_of(recorded) else recorded


@duty(
    "training.odd-saturday-am-study",
    daily=True,
    asks={"sessions": Ask("training.session", lambda _day, _: {"saturday": True}, many=True)},
)
def odd_saturday_am_study(day: date, facts: Facts) -> Iterator[Duty]:
    """Doc3 II: on the Saturday of an odd week, in the morning; by the department or the company, either will do.

    A Saturday off is asked about on the business day before it, while it lies ahead, and on the one after it.
    """
    calendar = facts.calendar
    today = calendar.day_of(facts.now)
    following = calendar.next_business_day(day)
    until = following - timedelta(days=1) if following > today else day
    for saturday in saturdays(calendar.previous_business_day(day), until):
        policy = facts.policy_at(min(facts.now, calendar.at(saturday, time.min)))
        if not is_study_saturday(saturday, policy, calendar):
            continue
        due = calendar.at(saturday, policy.get("training.saturday.until", time(12)))
        held = [
            counted(one.held_at, one.recorded_at, calendar)
            for one in facts["sessions"]
            if one.day == saturday and one.held_at is not None and one.recorded_at is not None
        ]
        yield Duty(
            rule="training.odd-saturday-am-study",
            subject=saturday.isoformat(),
            title=N_("Hold the study morning of the odd week"),
            born=calendar.open_of(calendar.previous_business_day(saturday)),
            due=due,
            who=facts.people.head(saturday) or "",
            role="outlet-head",
            met=min(held, default=None),
            policy=policy.version,
            curable=False,
        )


@duty("training.odd-saturday-am-study", view="training.session", where=OPEN)
def minutes_of_the_session(row: Session, facts: Facts) -> Iterator[Duty]:
    """Doc3 II: minutes are kept, by the end of the next business day."""
    if row.held_at is None or row.recorded_at is None:
        return
    policy = facts.policy_at(row.recorded_at)
    limit = within_business_days(row.held_at, policy.get("training.minutes.within", 1), facts.calendar)
    yield Duty(
        rule="training.odd-saturday-am-study",
        subject=f"{row.id}#minutes",
        title=N_("Keep the minutes"),
        born=row.held_at,
        due=limit.due,
        who=row.keeper,
        met=counted(row.record.at, row.record.recorded, facts.calendar) if row.record else None,
        policy=policy.version,
        steps=limit.steps,
    )


@duty("training.rules-study", view="training.session", where=OPEN)
def attendance_of_the_session(row: Session, facts: Facts) -> Iterator[Duty]:
    """Doc1 III.3: nobody who was expected stays unrecorded; unrecorded is neither present nor absent."""
    if row.held_at is None or row.recorded_at is None or not row.seats:
        return
    policy = facts.policy_at(row.recorded_at)
    limit = within_business_days(row.held_at, policy.get("training.minutes.within", 1), facts.calendar)
    said = [seat.recorded for seat in row.seats.values() if seat.recorded is not None]
    yield Duty(
        rule="training.rules-study",
        subject=f"{row.id}#attendance",
        title=N_("Say who attended: {count} unrecorded"),
        born=row.held_at,
        due=limit.due,
        who=row.keeper,
        met=max(said) if said and not row.unrecorded else None,
        policy=policy.version,
        steps=limit.steps,
        args={"count": str(len(row.unrecorded))},
    )


@duty("training.reflection-essay", view="training.session", where=OPEN)
def reflection_after_the_session(row: Session, facts: Facts) -> Iterator[Duty]:
    """Doc4: whoever was at a service training writes a reflection of their own."""
    if row.held_at is None or row.recorded_at is None or not row.essay:
        return
    policy = facts.policy_at(row.recorded_at)
    limit = within_business_days(row.held_at, policy.get("training.reflection.days", 5), facts.calendar)
    for staff in row.there:
        part = row.essays.get(staff)
        yield Duty(
            rule="training.reflection-essay",
            subject=f"{row.id}/{staff}",
            title=N_("Write a reflection"),
            born=row.held_at,
            due=limit.due,
            who=staff,
            met=counted(part.at, part.recorded, facts.calendar) if part else None,
            policy=policy.version,
            steps=limit.steps,
        )

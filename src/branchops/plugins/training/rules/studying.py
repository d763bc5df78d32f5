"""Sessions and who attended: what may be claimed about them (Doc1 III.3, Doc3 II)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from branchops.api import N_, Ask, Facts, Policy, Verdict, breach, reject, validator, warn
from branchops.plugins.training.events import sessions as ev
from branchops.plugins.training.rules.curriculum import topics
from branchops.plugins.training.views.session import Session

DAY = 24 * 60


@validator("training.rules-study", on=(ev.SessionPlanned, ev.SessionHeld))
def session_teaches_the_curriculum(
    event: ev.SessionPlanned | ev.SessionHeld, row: Session | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Doc1 III.3: a session has topics of the curriculum, a kind, and people who work here."""
    book = topics(facts.table("training", "topic"))
    unknown = [topic for topic in event.topics if topic not in book]
    if unknown or not event.topics:
        yield reject(
            N_("The curriculum has no topic “{topics}”."),
            N_("Its topics: {known}"),
            topics=", ".join(unknown),
            known=", ".join(book),
        )
    if not event.kinds:
        yield reject(N_("A session is training, study or summary."), N_("Say which with --type."))
    people = (event.trainer,) if isinstance(event, ev.SessionPlanned) else (event.trainer, *event.expected)
    strangers = [staff for staff in people if staff and not facts.people.knows(staff)]
    if strangers:
        yield reject(
            N_("{names}: nobody of that id works here."),
            N_("The people: branchops staff list"),
            names=", ".join(strangers),
        )
    if isinstance(event, ev.SessionPlanned) and row is not None:
        yield reject(N_("{id} is planned already."), N_("Plan another session."), id=row.id)


@validator("training.odd-saturday-am-study", on=ev.SessionHeld)
def held_when_it_is_said(
    event: ev.SessionHeld, row: Session | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Doc3 II: a session was held on the day it is entered for, once, and lasted some time of that day."""
    record = facts.record
    assert record is not None
    day = facts.calendar.day_of(record.occurred_at)
    if event.on != day:
        yield reject(
            N_("The session is said to be of {on}, and to have happened on {day}."),
            N_("Give the time it was held with --at."),
            on=event.on,
            day=day,
        )
    if not 0 < event.minutes <= DAY:
        yield reject(N_("A session lasts from 1 to {most} minutes."), N_("Give its length with --minutes."), most=DAY)
    if row is not None and row.held_at is not None:
        yield reject(N_("{id} has been held already."), N_("Record another session."), id=row.id)
    lag = (facts.calendar.day_of(record.recorded_at) - day).days
    if lag > 0:
        yield warn(N_("Recorded {days} days after it was held: it does not make good what was due then."), days=lag)


@validator("training.rules-study", on=ev.Booked)
def booked_on_a_plan(event: ev.Booked, row: Session | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Doc1 III.3: places are booked in a planned session that is still to come, for people who work here."""
    if row is None or row.held_at is not None:
        yield reject(
            N_("There is no planned session to book {staff} on."),
            N_("Plan one: branchops training plan"),
            staff=event.staff,
        )
    elif event.topics != row.topics or event.on != row.day:
        yield reject(N_("The booking does not fit the plan of {id}."), N_("branchops training book {id}"), id=row.id)
    if not facts.people.knows(event.staff):
        yield reject(N_("{staff} is nobody at this outlet."), N_("The people: branchops staff list"), staff=event.staff)


@validator("training.rules-study", on=ev.Attended)
def attendance_is_said_once(
    event: ev.Attended, row: Session | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Doc1 III.3: present, late, excused and absent are four things, unrecorded a fifth; a correction keeps what it
    corrects and says why."""
    if row is None or row.held_at is None:
        yield reject(
            N_("That session has not been held."), N_("Record it first: branchops training session --topic TOPIC")
        )
        return
    people = facts.people
    if not people.knows(event.staff):
        yield reject(N_("{staff} is nobody at this outlet."), N_("The people: branchops staff list"), staff=event.staff)
        return
    if not people.active(event.staff, row.day):
        yield reject(
            N_("{staff} had left before {id} was held."),
            N_("Check the id: branchops staff list"),
            staff=event.staff,
            id=row.id,
        )
    yield from _fits(event, row)
    added = people.get(event.staff).added_at
    if added and added[:10] > row.day.isoformat():
        yield warn(N_("{staff} joined after {id} was held."), staff=event.staff, id=row.id)


def _fits(event: ev.Attended, row: Session) -> Iterator[Verdict]:
    seat = row.seats.get(event.staff)
    before = seat.status if seat is not None and seat.recorded is not None else ""
    if event.topics != row.topics or event.before != before:
        yield reject(N_("The record does not fit {id} as it stands."), N_("branchops show {id}"), id=row.id)
    if before == event.status:
        yield reject(
            N_("{staff} is recorded as {status} already."), N_("Nothing to do."), staff=event.staff, status=event.status
        )
    elif before and not event.reason.strip():
        yield reject(
            N_("{staff} is recorded as {status}; a correction says why."),
            N_("branchops training correct {id} {staff} --to {new} --reason “...”"),
            staff=event.staff,
            status=before,
            id=row.id,
            new=event.status,
        )
    elif event.status == "excused" and not event.reason.strip():
        yield reject(
            N_("An excuse has a reason."), N_("Say it with --reason; without one {staff} is absent."), staff=event.staff
        )
    if not 0 <= event.minutes <= row.minutes:
        yield reject(
            N_("{id} lasted {minutes} minutes; nobody attended longer."),
            N_("Correct --minutes."),
            id=row.id,
            minutes=row.minutes,
        )


@validator("training.odd-saturday-am-study", on=ev.MinutesKept)
def minutes_say_something(
    event: ev.MinutesKept, row: Session | None, facts: Facts, policy: Policy
) -> Iterator[Verdict]:
    """Doc3 II: minutes are of a session that was held, and are text or a file; late ones stay late."""
    if row is None or row.held_at is None:
        yield reject(N_("That session has not been held."), N_("Hold it first."))
        return
    if not event.text.strip() and not event.sha256:
        yield reject(N_("Minutes need a text or a file."), N_("Use --text or --file."))
    days = policy.get("training.minutes.within", 1)
    record = facts.record
    assert record is not None
    last = facts.calendar.next_business_day(row.day, days)
    if facts.calendar.day_of(record.recorded_at) > last and row.record is None:
        yield breach(N_("The minutes of {id} come after {last}."), id=row.id, last=last)


def _of_sessions(event: Any, _state: object) -> dict[str, str]:
    """All sessions when one of them is to be voided, else none: a voiding does not name its stream."""
    return {} if event.target_type == "training.session-held" else {"id": ""}


@validator(
    "training.rules-study", on=("entry.voided",), asks={"sessions": Ask("training.session", _of_sessions, many=True)}
)
def attendance_goes_before_its_session(_event: Any, _row: object, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Doc1 III.3: nobody keeps credit for a session that was struck out: attendance is voided before it."""
    record = facts.record
    assert record is not None
    for session in facts["sessions"]:
        recorded = [staff for staff, seat in session.seats.items() if seat.recorded is not None]
        if session.id == record.stream and recorded:
            yield reject(
                N_("{id} has attendance on record: {names}."),
                N_("Void those entries first: branchops log --stream {id}"),
                id=session.id,
                names=", ".join(recorded),
            )

"""Articles I.3 and II.3: user ids without business in a system are cleared; corporate tellers' ids elsewhere too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from branchops.api import N_, Ask, Facts, People, Policy, Verdict, breach, reject, validator, warn
from branchops.plugins.counter.events.ids import CORPORATE, SAVINGS, IdPurged, IdsReviewed, IdWaived, UserIdSeen
from branchops.plugins.counter.rules.common import in_stream, known, on_its_day, same
from branchops.plugins.counter.views.ids import UserId

SHARED = N_("shared id without a human")
UNKNOWN = N_("not in the staff list")
LEFT = N_("left the outlet")
NO_BUSINESS = N_("no business in the system")
ON_LEAVE = N_("on long leave")
ELSEWHERE = N_("corporate teller")
TELLER = "corporate-teller"
KEY = Ask("counter.userid", lambda event, _: f"{event.system}/{event.user}")


def unrelated(row: UserId, people: People, policy: Policy, day: date) -> str:
    """Why an id of a savings system has no business there on a day, as a msgid; empty when it has."""
    if not row.staff:
        return SHARED
    if not people.knows(row.staff):
        return UNKNOWN
    if not any(people.active(twin, day) for twin in people.ids_of(people.person(row.staff))):
        return LEFT
    if _long_leave(row.staff, people, policy, day):
        return ON_LEAVE
    wanted = policy["counter.ids.roles"]
    held = {role for twin in people.ids_of(people.person(row.staff)) for role in people.roles(twin, day)}
    return "" if held.intersection(wanted) else NO_BUSINESS


def _long_leave(staff: str, people: People, policy: Policy, day: date) -> bool:
    for twin in people.ids_of(people.person(staff)):
        for span in people.get(twin).leaves:
            if (
                span.start <= day <= span.end
                and (span.end - span.start).days + 1 > policy["counter.ids.long_leave_days"]
            ):
                return True
    return False


def foreign(row: UserId, people: People, policy: Policy, day: date) -> bool:
    """Whether an id of another system belongs to a corporate teller who has no waiver on that day."""
    if not row.staff or not people.knows(row.staff) or row.system in policy["counter.ids.corporate_systems"]:
        return False
    waived = row.waived_until is not None and day <= row.waived_until
    twins = people.ids_of(people.person(row.staff))
    return not waived and any(TELLER in people.roles(twin, day) for twin in twins)


def since(row: UserId, people: People) -> date | None:
    """The first day after the last working day of whoever the id belongs to; None when nobody left."""
    if not row.staff or not people.knows(row.staff):
        return None
    days = [people.get(twin).left_on for twin in people.ids_of(people.person(row.staff))]
    last = [day for day in days if day is not None]
    return max(last) + timedelta(days=1) if last and len(last) == len(days) else None


@validator(SAVINGS, on=UserIdSeen, asks={"known": KEY})
def seen_again(event: UserIdSeen, _state: object, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """I.3: an id that was purged and is on a later list was created anew."""
    yield from in_stream(f"ids-{event.system}", facts)
    if not event.user.strip() or not event.system.strip():
        yield reject(N_("A user id and its system have names."), N_("See the columns of the list."))
    if event.as_of > facts.calendar.day_of(facts.now):
        yield reject(N_("The list of {day} has not come yet."), day=event.as_of)
    row: UserId | None = facts["known"]
    if row is not None and row.purged_day is not None and event.as_of > row.purged_day:
        yield breach(
            N_("{user} was purged in {system} on {day} and is there again."),
            N_("Find out who created it."),
            user=event.user,
            system=event.system,
            day=row.purged_day,
        )


@validator(SAVINGS, on=IdPurged, asks={"known": KEY})
def purged_by_two(event: IdPurged, _state: object, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """I.3: one asks, another reviews, and neither clears away his own id unseen."""
    yield from in_stream(f"ids-{event.system}", facts)
    yield from on_its_day(event.day, facts)
    row: UserId | None = facts["known"]
    if row is None or row.purged_day is not None:
        yield reject(
            N_("{system} has no such open id: {user}."),
            N_("See them: branchops counter ids list"),
            system=event.system,
            user=event.user,
        )
        return
    if same(facts.people, event.reviewer, row.staff):
        yield reject(
            N_("{reviewer} cannot review the purge of an own id."),
            N_("Let somebody else review it."),
            reviewer=event.reviewer,
        )


@validator(
    SAVINGS,
    on=IdsReviewed,
    asks={"ids": Ask("counter.userid", lambda event, _: {"system": event.system, "open": True}, many=True)},
)
def reviewed_whole(event: IdsReviewed, _state: object, facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """I.3: a review names what it found, and nothing found is a result; what it overlooked is pointed out."""
    yield from in_stream(f"ids-{event.system}", facts)
    yield from on_its_day(event.day, facts)
    missing = [
        row.user
        for row in facts["ids"]
        if unrelated(row, facts.people, policy, event.day) and row.user not in event.found
    ]
    if missing:
        yield warn(N_("Not named in the review: {ids}."), ids=", ".join(sorted(missing)))


@validator(CORPORATE, on=IdWaived, asks={"known": KEY})
def waived_lawfully(event: IdWaived, _state: object, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """II.3: a dual role has an approver other than its holder, a reason and an end."""
    yield from in_stream(f"ids-{event.system}", facts)
    row: UserId | None = facts["known"]
    if row is None:
        yield reject(N_("{system} has no such open id: {user}."), system=event.system, user=event.user)
        return
    yield from known(row.staff, facts)
    if same(facts.people, event.approver, row.staff):
        yield reject(N_("{approver} cannot approve an own dual role."), approver=event.approver)
    if event.until < facts.calendar.day_of(facts.now):
        yield reject(N_("{day} is over."), N_("A waiver ends on a day to come."), day=event.until)
    if not event.reason.strip():
        yield reject(N_("A waiver needs a reason."), N_("Say why with --reason."))

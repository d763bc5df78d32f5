"""What every business day owes: the van morning and evening, the print of the register, a custodian who is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from branchops.api import N_, Ask, Duty, Facts, duty, end_of_day
from branchops.plugins.counter.duties.shared import counted
from branchops.plugins.counter.events.custody import ENTRY, EXIT
from branchops.plugins.counter.rules.common import GENERAL, HEAD
from branchops.plugins.counter.views.custody import Van
from branchops.plugins.counter.views.ids import Review
from branchops.plugins.counter.views.registers import Custody, Printed, Special

VAN = Ask("counter.van", lambda day, _: f"van-{day.isoformat()}")
GRACE = timedelta(minutes=60)


@duty(ENTRY, daily=True, asks={"van": VAN})
def meet_van(day: date, facts: Facts) -> Iterator[Duty]:
    """I.9: morning and evening the van is met by two, or it is said why none came."""
    van: Van | None = facts["van"]
    opens = facts.calendar.open_of(day)
    policy = facts.policy_at(opens)
    for turn in policy["counter.van.turns"]:
        visit = van.last(turn) if van else None
        yield Duty(
            rule=ENTRY,
            subject=f"{day.isoformat()}#{turn}",
            title=N_("Meet the van in the morning, two together")
            if turn == "am"
            else N_("Meet the van in the evening, two together"),
            born=facts.calendar.at(day, policy["counter.van.from"]),
            due=facts.calendar.at(day, policy[f"counter.van.{turn}_by"]),
            role=HEAD,
            met=counted(visit.met, facts.calendar) if visit else None,
            policy=policy.version,
            critical=True,
        )


@duty(EXIT, daily=True, asks={"van": VAN})
def leave_van(day: date, facts: Facts) -> Iterator[Duty]:
    """I.9: whoever went in to meet the van comes out again, two together, before the day is closed."""
    van: Van | None = facts["van"]
    for number, visit in enumerate(van.visits if van else (), 1):
        met = visit.met
        if met is None or visit.none:
            continue
        policy = facts.policy_at(met.at)
        yield Duty(
            rule=EXIT,
            subject=f"{day.isoformat()}#{visit.turn}-{number}",
            title=N_("Leave the van's place, two together"),
            born=met.at,
            due=max(facts.calendar.close_of(day), facts.calendar.local(met.at + GRACE)),
            who=visit.by[0] if visit.by else "",
            met=counted(visit.left, facts.calendar),
            policy=policy.version,
            critical=True,
        )


@duty(
    "counter.special-register-printed",
    daily=True,
    asks={
        "lines": Ask("counter.special", lambda day, _: {"day": day.isoformat()}, many=True),
        "print": Ask("counter.print", lambda day, _: f"special-print-{day.isoformat()}"),
    },
)
def print_register(day: date, facts: Facts) -> Iterator[Duty]:
    """I.7: the register is printed every day, an empty one too; what is entered after the print makes a supplement."""
    printed: Printed | None = facts["print"]
    lines: tuple[Special, ...] = facts["lines"]
    born = facts.calendar.open_of(day)
    policy = facts.policy_at(born)
    prints = printed.prints if printed else ()
    yield Duty(
        rule="counter.special-register-printed",
        subject=day.isoformat(),
        title=N_("Print the special-business register"),
        born=born,
        due=facts.calendar.close_of(day),
        role=policy["counter.special.role"],
        met=prints[0].at if prints else None,
        policy=policy.version,
    )
    after = [line for line in lines if prints and line.pos > prints[0].upto]
    if after:
        first = min(line.recorded_at for line in after)
        later = [one.at for one in prints if one.upto >= max(line.pos for line in after)]
        yield Duty(
            rule="counter.special-register-printed",
            subject=f"{day.isoformat()}#supplement",
            title=N_("Print the supplement page of the special-business register"),
            born=first,
            due=end_of_day(first, facts.calendar).due,
            role=GENERAL,
            met=min(later, default=None),
            policy=policy.version,
        )


@duty("counter.statement-custodian", daily=True, asks={"custody": Ask("counter.custody", lambda _day, _: "statements")})
def custodian_there(day: date, facts: Facts) -> Iterator[Duty]:
    """II.2: a custodian who is on leave or has left hands over first; until then nobody keeps the statements."""
    row: Custody | None = facts["custody"]
    if row is None or facts.calendar.day_of(row.spans[0].start) > day:
        return
    holder = row.custodian
    for span in row.spans:
        if facts.calendar.day_of(span.start) <= day:
            holder = span.holder
    people = facts.people
    if people.knows(holder) and people.active(holder, day) and not people.on_leave(holder, day):
        return
    policy = facts.policy_at(facts.calendar.open_of(day))
    yield Duty(
        rule="counter.statement-custodian",
        subject=f"statements#{day.isoformat()}",
        title=N_("Hand over the statements: {holder} is not there"),
        born=facts.calendar.open_of(day),
        due=facts.calendar.open_of(day),
        who=holder,
        role=HEAD,
        policy=policy.version,
        args={"holder": holder},
    )


@duty(
    "counter.purge-idle-savings-ids",
    daily=True,
    asks={"reviews": Ask("counter.review", lambda _day, _: {}, many=True)},
)
def review_ids(day: date, facts: Facts) -> Iterator[Duty]:
    """I.3: once a month, by its last business day, all ids of the savings system are held against the staff list."""
    if not facts.calendar.is_business_day(day) or facts.calendar.next_business_day(day).month == day.month:
        return
    policy = facts.policy_at(facts.calendar.open_of(day))
    reviews: dict[str, Review] = {row.system: row for row in facts["reviews"]}
    for system in policy["counter.ids.savings_systems"]:
        row = reviews.get(system)
        at = [counted(one, facts.calendar) for one in row.done] if row else []
        month = [one for one in at if one and facts.calendar.day_of(one).strftime("%Y-%m") == day.strftime("%Y-%m")]
        yield Duty(
            rule="counter.purge-idle-savings-ids",
            subject=f"{day.strftime('%Y-%m')}#{system}",
            title=N_("Review the user ids of {system}; nothing found is a result too"),
            born=facts.calendar.at(day.replace(day=1), facts.calendar.open_of(day).time()),
            due=facts.calendar.close_of(day),
            role=HEAD,
            met=min(month, default=None),
            policy=policy.version,
            args={"system": system},
        )

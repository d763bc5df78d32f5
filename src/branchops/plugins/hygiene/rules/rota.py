"""The rota: a plan as fair as presence allows, and what may change in it.

Invariant: `fair_plan` is a pure function of people, duty days and absences. Nobody is due on a day of absence, and no
chain of exchanges could move a turn from somebody to somebody with two turns fewer: so the counts differ by at most one
whenever any plan achieves that, and by as little as the absences allow otherwise.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

import msgspec

from branchops.api import N_, Ask, Facts, Policy, Verdict, enforces, reject, validator, warn
from branchops.plugins.hygiene.events import rota as ev
from branchops.plugins.hygiene.views.rota import Rota

RULE = ev.ROTA_RULE
Absent = Callable[[str, date], bool]


class Fairness(msgspec.Struct, frozen=True, kw_only=True):
    """How turns are spread: turns and days present by person, the greatest difference, and whether it is the least."""

    counts: dict[str, int]
    present: dict[str, int]
    spread: int
    least: bool


@enforces(RULE)
def fair_plan(people: Sequence[str], days: Iterable[date], absent: Absent) -> dict[date, str]:
    """Who is due on each duty day ("" when nobody of the rota is there), counted over duty days, not calendar days.

    Of those present the one with the fewest turns is due, then who had the fewest of that weekday, then who waited
    longest, then the order of `people`; chains of exchanges then even out what absences left uneven.
    """
    plan: dict[date, str] = {}
    counts = dict.fromkeys(people, 0)
    last: dict[str, int] = dict.fromkeys(people, -1)
    weekdays: dict[tuple[str, int], int] = {}
    order = {who: place for place, who in enumerate(people)}
    for number, day in enumerate(sorted(days)):
        there = [who for who in people if not absent(who, day)]
        if not there:
            plan[day] = ""
            continue
        weekday = day.weekday()
        who = min(there, key=lambda one: (counts[one], weekdays.get((one, weekday), 0), last[one], order[one]))
        plan[day] = who
        counts[who] += 1
        last[who] = number
        weekdays[who, weekday] = weekdays.get((who, weekday), 0) + 1
    while _even_out(plan, people, counts, absent):
        pass
    return plan


def _even_out(plan: dict[date, str], people: Sequence[str], counts: dict[str, int], absent: Absent) -> bool:
    """Moves one turn along a chain of exchanges to somebody with two fewer or less; False when there is none."""
    for giver in sorted(people, key=lambda who: (-counts[who], people.index(who))):
        chain = _chain(plan, people, counts, absent, giver)
        if chain:
            plan.update(chain)
            counts[giver] -= 1
            counts[chain[-1][1]] += 1
            return True
    return False


def _chain(
    plan: dict[date, str], people: Sequence[str], counts: dict[str, int], absent: Absent, giver: str
) -> list[tuple[date, str]]:
    """The shortest chain of (day, who takes it) from `giver` to somebody with two turns fewer; empty when none."""
    came: dict[str, tuple[date, str]] = {}
    waiting = deque([giver])
    while waiting:
        one = waiting.popleft()
        if counts[one] <= counts[giver] - 2:
            chain = []
            while one != giver:
                day, before = came[one]
                chain.append((day, one))
                one = before
            return chain[::-1]
        for day in sorted(day for day, who in plan.items() if who == one):
            for other in people:
                if other != giver and other not in came and not absent(other, day):
                    came[other] = (day, one)
                    waiting.append(other)
    return []


def fairness(plan: dict[date, str], people: Sequence[str], absent: Absent) -> Fairness:
    """The proof: counts, days present, the greatest difference, and whether no chain of exchanges would lessen it."""
    counts = {who: sum(1 for due in plan.values() if due == who) for who in people}
    present = {who: sum(1 for day in plan if not absent(who, day)) for who in people}
    spread = max(counts.values()) - min(counts.values()) if counts else 0
    least = not any(_chain(plan, people, counts, absent, who) for who in people)
    return Fairness(counts=counts, present=present, spread=spread, least=least)


def absent_by(facts: Facts) -> Absent:
    """Absence as the staff book knows it: left, or on leave."""
    return lambda who, day: not facts.people.active(who, day) or facts.people.on_leave(who, day)


# --- making, swapping, covering

BOTH = {
    "a": Ask("hygiene.rota", lambda event, _state: ev.month_stream(event.day_a)),
    "b": Ask("hygiene.rota", lambda event, _state: ev.month_stream(event.day_b)),
}


@validator(RULE, on=ev.RotaMade)
def rota_is_the_fair_one(event: ev.RotaMade, _state: Rota | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Doc3 II: in turn. The turns are those of the fair plan for these people and days, not somebody's own."""
    today = facts.calendar.day_of(facts.now)
    if event.first < today:
        yield reject(
            N_("A rota cannot begin in the past ({first})."), N_("What was due stays as it was due."), first=event.first
        )
    unknown = [who for who in event.people if not facts.people.knows(who)]
    if unknown or not event.people or event.last < event.first:
        yield reject(
            N_("A rota needs staff of this outlet and days ({unknown})."), N_("See: branchops staff list"),
            unknown=", ".join(unknown) or "-",
        )  # fmt: skip
        return
    if len({facts.people.person(who) for who in event.people}) < len(event.people):
        yield reject(N_("Two of these ids are one person; nobody serves twice as often."), N_("Name each person once."))
        return
    plan = fair_plan(event.people, facts.calendar.business_days(event.first, event.last), absent_by(facts))
    for turn in event.turns:
        if plan.get(turn.day) != turn.who:
            yield reject(
                N_("By the fair plan {day} is {right}, not {who}."),
                N_("Let `branchops hygiene rota make` compute it, then swap or cover."),
                day=turn.day,
                right=plan.get(turn.day) or "-",
                who=turn.who or "-",
            )
            return


@validator(RULE, on=ev.TurnsSwapped, asks=BOTH)
def swap_needs_both(event: ev.TurnsSwapped, _state: object, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Peers exchange turns when both agree; without both consents who was due stays due."""
    people = facts.people
    for who, day, month in ((event.who_a, event.day_a, facts["a"]), (event.who_b, event.day_b, facts["b"])):
        yield from _due_and_ahead(month, who, day, facts)
    if not (people.knows(event.who_a) and people.knows(event.who_b)):
        return
    if people.same_person(event.who_a, event.who_b):
        yield reject(N_("A swap takes two people."), N_("Name the other one."))
    agreed = {people.person(who) for who in (*event.consents, *event.signed) if people.knows(who)}
    missing = [who for who in (event.who_a, event.who_b) if people.person(who) not in agreed]
    if missing:
        yield reject(
            N_("{missing} has not agreed to the swap."),
            N_("Both agree: --sign (both PINs), or --consent both as you heard it."),
            missing=", ".join(missing),
        )
    for who, day in ((event.who_b, event.day_a), (event.who_a, event.day_b)):
        if people.on_leave(who, day):
            yield reject(N_("{who} is on leave on {day}."), N_("Swap with somebody who is there."), who=who, day=day)
    if not event.signed and not missing:
        yield warn(N_("Both consents are recorded on the word of who acts, not signed."))


@validator(
    RULE, on=ev.TurnCovered, asks={"month": Ask("hygiene.rota", lambda event, _state: ev.month_stream(event.day))}
)
def cover_is_ahead(event: ev.TurnCovered, _state: object, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """A turn is covered before its day is over, by somebody else who is there."""
    yield from _due_and_ahead(facts["month"], event.who, event.day, facts)
    people = facts.people
    if not people.knows(event.by):
        yield reject(N_("“{who}” is nobody on the staff book."), N_("The list: branchops staff list"), who=event.by)
    elif people.knows(event.who) and people.same_person(event.by, event.who):
        yield reject(N_("{by} cannot cover their own turn."), N_("Name somebody else."), by=event.by)
    elif people.on_leave(event.by, event.day):
        yield reject(N_("{who} is on leave on {day}."), N_("Name somebody who is there."), who=event.by, day=event.day)


def _due_and_ahead(month: Rota | None, who: str, day: date, facts: Facts) -> Iterator[Verdict]:
    slot = month.slot(day) if month is not None else None
    if slot is None or slot.who != who:
        yield reject(
            N_("{who} is not due on {day}; it is {due}."), N_("See: branchops hygiene rota show"),
            who=who, day=day, due=(slot.who if slot else "") or "-",
        )  # fmt: skip
    elif day < facts.calendar.day_of(facts.now):
        yield reject(N_("{day} is over; who was due then stays due."), N_("Swap or cover days to come."), day=day)

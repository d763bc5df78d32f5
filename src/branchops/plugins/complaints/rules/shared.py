"""What several rules say in the same words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Protocol

import msgspec

from branchops.api import Calendar, Deadline, Facts, Policy, Verdict, days_limit, regulatory
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.views import Case

HEAD = "outlet-head"
HANDLER = "complaint-handler"
CLOSINGS = (ev.SignedOff, ev.Closed)


def under(rule: str, verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """The verdicts, each speaking for `rule`."""
    for verdict in verdicts:
        yield msgspec.structs.replace(verdict, rule=rule)


def same(facts: Facts, a: str, b: str) -> bool:
    """Whether two ids are one human; an id nobody knows is nobody."""
    people = facts.people
    return people.knows(a) and people.knows(b) and people.same_person(a, b)


def concerned(facts: Facts, case: Case, who: str) -> bool:
    """Whether somebody is complained about."""
    return any(same(facts, one, who) for one in case.about)


def holds(facts: Facts, who: str, role: str) -> bool:
    """Whether somebody has a role today, by delegation too."""
    return facts.people.knows(who) and facts.people.holds(who, role, facts.calendar.day_of(facts.now))


class Started(Protocol):
    """What the reply clock starts from: the instant of taking and, for a letter, the day of its arrival."""

    @property
    def received_at(self) -> datetime: ...
    @property
    def received_on(self) -> date | None: ...


def reply_limit(case: Started, policy: Policy, calendar: Calendar) -> Deadline:
    """When the reply is owed at the latest: from first taking (letter: its arrival), by `complaints.reply.clock`."""
    start = case.received_at
    if case.received_on is not None and case.received_on < calendar.day_of(start):
        start = calendar.open_of(case.received_on)
    return days_limit(start, policy["complaints.reply.days"], policy["complaints.reply.clock"], calendar)


def by_the_hour(policy: Policy) -> bool:
    """Whether `reply_limit` depends on the hour of taking; otherwise all taken on one day share their limit."""
    return bool(policy["complaints.reply.clock"] == "calendar-strict")


def regulator_limit(case: Case, policy: Policy, calendar: Calendar) -> Deadline | None:
    """The regulator's own clock beside the others: of what a regulator transferred from its receipt, of what went up
    from then; None for a complaint that is neither. An extension makes it longer."""
    start = case.received_at if case.regulator else case.escalated_at
    return (
        None
        if start is None
        else regulatory(start, case.regulator_days or policy["complaints.regulator.days"], calendar)
    )

"""How the core judges its own entries: people, settings, days and voiding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from branchops.core.output.messages import N_
from branchops.core.own.events import DayClosed, DayOpened, OutletRegistered, Voided
from branchops.core.people import events as people
from branchops.core.people.roles import HEAD
from branchops.core.people.rules import judge
from branchops.core.rulebook.policy import BadValue, PolicySet, parse_value
from branchops.core.rulebook.record import Facts
from branchops.core.rulebook.rule import Ask, validator
from branchops.core.rulebook.verdict import Verdict, forbid, reject
from branchops.core.views.catchup import VOIDED


@validator(on=tuple(people.EVENTS.values()))
def about_people(event: Any, _state: Any, facts: Facts, _policy: Any) -> Iterator[Verdict]:
    """What is claimed about people must leave the staff book free of contradictions."""
    for objection in judge(facts.people, event):
        yield reject(objection.text, objection.hint, **objection.facts)


@validator(on=PolicySet)
def setting_fits(event: PolicySet, _state: Any, facts: Facts, _policy: Any) -> Iterator[Verdict]:
    """A setting names a known key, a value that fits it, and no day in the past."""
    setting = facts.policies.settings.get(event.key)
    if setting is None:
        yield reject(N_("There is no policy key {key}."), N_("The keys: branchops policy show"), key=event.key)
        return
    try:
        parse_value(setting, event.value)
    except BadValue as error:
        facts_of = {"type": setting.type, "unit": setting.unit, **error.facts}
        yield reject(error.text, N_("The key takes: {type} {unit}"), **facts_of)
    if event.since is not None and event.since < facts.calendar.day_of(facts.now):
        yield reject(
            N_("A setting cannot start in the past ({since})."),
            N_("What has been judged stays as it was judged; leave out --from, or name today or later."),
            since=event.since,
        )


@validator(on=OutletRegistered, asks={"known": Ask("core.outlet", lambda event, _: event.code)})
def outlet_is_new(event: OutletRegistered, _state: Any, facts: Facts, _policy: Any) -> Iterator[Verdict]:
    """An outlet's code is used once."""
    if facts["known"] is not None:
        yield reject(N_("The outlet {code} is registered already."), N_("Choose another code."), code=event.code)


@validator(on=(DayOpened, DayClosed), asks={"day": Ask("core.day", lambda event, _: event.date.isoformat())})
def day_in_order(event: DayOpened | DayClosed, _state: Any, facts: Facts, _policy: Any) -> Iterator[Verdict]:
    """A day is opened once, closed once, and not before it has come."""
    day = facts["day"]
    if event.date > facts.calendar.day_of(facts.now):
        yield reject(N_("{date} has not come yet."), N_("Leave the date out for today."), date=event.date)
    elif day is not None and day.closed_at is not None:
        yield reject(N_("{date} is closed already."), N_("See it with: branchops day show"), date=event.date)
    elif isinstance(event, DayOpened) and day is not None:
        yield reject(N_("{date} is open already."), N_("See it with: branchops day show"), date=event.date)


@validator(
    on=Voided,
    asks={"known": Ask("core.struck", lambda event, _: event.target)},
)
def void_is_lawful(event: Voided, _state: Any, facts: Facts, _policy: Any) -> Iterator[Verdict]:
    """An entry is voided once, with a reason, by who recorded it or by the head; a voiding is never voided."""
    if facts["known"] is not None:
        yield reject(N_("That entry is voided already."), N_("Record the right facts anew."))
    if event.target_type == VOIDED or event.target_type.startswith(("day.", "outlet.")):
        yield reject(
            N_("An entry of type {type} cannot be voided."), N_("Record the right facts anew."), type=event.target_type
        )
    if not event.reason.strip():
        yield reject(N_("A voiding needs a reason."), N_("Say why with --reason."))
    record = facts.record
    assert record is not None
    day = facts.calendar.day_of(facts.now)
    if facts.people.knows(record.actor) and not facts.people.holds(record.actor, HEAD, day):
        original = event.target_actor
        if not (facts.people.knows(original) and facts.people.same_person(record.actor, original)):
            yield forbid(
                N_("Only {original}, who recorded it, or the head of the outlet may void that entry."),
                N_("Ask one of them."),
                original=original,
            )

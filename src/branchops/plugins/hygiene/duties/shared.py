"""What the daily duties ask for, and when a tick counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from branchops.api import Ask, Calendar, Duty, Facts
from branchops.plugins.hygiene.events.rota import month_stream
from branchops.plugins.hygiene.rules.daily import STEWARD, clean_stream
from branchops.plugins.hygiene.views.cleaning import CleanDay, Tick
from branchops.plugins.hygiene.views.rota import Rota
from branchops.plugins.hygiene.views.zones import Zone

ASKS = {
    "zones": Ask("hygiene.zone", lambda _day, _: {"active": True}, many=True),
    "rota": Ask("hygiene.rota", lambda day, _: month_stream(day)),
    "ticks": Ask("hygiene.clean-day", lambda day, _: clean_stream(day)),
}


def counted(at: datetime, recorded: datetime, calendar: Calendar) -> datetime:
    """When something counts as done: as claimed if recorded the same day, else when it was recorded."""
    return at if calendar.day_of(at) == calendar.day_of(recorded) else recorded


def done(facts: Facts, *tasks: str, who: str = "") -> datetime | None:
    """When one of the tasks was ticked first, for a person when named."""
    ticks: CleanDay | None = facts["ticks"]
    if ticks is None:
        return None
    fitting: Iterable[Tick] = (t for t in ticks.ticks if t.task in tasks and who in ("", t.who))
    return min((counted(tick.at, tick.recorded, facts.calendar) for tick in fitting), default=None)


def desks(facts: Facts, day: date) -> Iterator[str]:
    """The staff who have a personal zone and are there that day, each once."""
    zones: tuple[Zone, ...] = facts["zones"]
    seen: set[str] = set()
    for zone in zones:
        for who in zone.people(day) if zone.kind == "personal" and zone.there(day) else ():
            there = facts.people.knows(who) and facts.people.active(who, day) and not facts.people.on_leave(who, day)
            if there and who not in seen:
                seen.add(who)
                yield who


def has_public(facts: Facts, day: date) -> bool:
    """Whether a public zone is drawn."""
    return any(zone.kind == "public" and zone.there(day) for zone in facts["zones"])


def on_duty(facts: Facts, day: date) -> tuple[str, str]:
    """Who is on duty: a staff id, or the steward's role on a day without a duty person (holiday, vacancy, leave)."""
    rota: Rota | None = facts["rota"]
    slot = rota.slot(day) if rota is not None else None
    if slot is None or not slot.who or facts.people.on_leave(slot.who, day):
        return "", STEWARD
    return slot.who, ""


def of_day(
    facts: Facts, day: date, rule: str, title: str, due: datetime, *, who: str = "", role: str = "",
    met: datetime | None = None, critical: bool = False, subject: str = "",
) -> Duty:  # fmt: skip
    """A duty of a business day; done late it stays late, never done it is missed."""
    born = facts.calendar.open_of(day)
    return Duty(
        rule=rule,
        subject=f"{day}/{subject}" if subject else f"{day}",
        title=title,
        born=born,
        due=due,
        who=who,
        role=role,
        met=met,
        policy=facts.policy_at(born).version,
        curable=False,
        critical=critical,
    )

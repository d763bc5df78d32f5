"""A plugin in one file for the tests of core's commands: cases that are received, answered and vouched for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import msgspec

from branchops.api import (
    N_,
    Ask,
    Column,
    Duty,
    DutyRule,
    Event,
    EventType,
    Facts,
    Offer,
    Page,
    Personal,
    Plugin,
    Reading,
    Report,
    Rulebook,
    Showing,
    Signs,
    Table,
    Verdict,
    View,
    breach,
    days_limit,
    duty,
    event_types,
    hookimpl,
    validator,
    warn,
)


class Received(Event):
    """A case came in."""

    gist: Personal
    taker: str
    loud: bool = False


class Answered(Event):
    """It was answered."""

    by: str


class Vouched(Event):
    """The head vouched for it."""

    by: Annotated[str, Signs(role="outlet-head", rule="desk.head-vouches")]


class Looked(Event):
    """Somebody looked at the desk."""

    day: date


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A case as it stands."""

    id: str
    taker: str
    gist: str
    received_at: datetime
    answered_at: datetime | None = None
    open: bool = True


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """The first look of a day."""

    day: str
    at: datetime


VIEWS = (
    View(
        name="desk.case",
        row=Case,
        opens={
            "desk.received": lambda e: Case(
                id=e.stream, taker=e.data.taker, gist=e.data.gist, received_at=e.occurred_at
            )
        },
        folds={
            "desk.answered": lambda row, e: msgspec.structs.replace(row, answered_at=e.occurred_at, open=False),
            "desk.vouched": lambda row, _e: row,
        },
    ),
    View(
        name="desk.look",
        row=Look,
        opens={"desk.looked": lambda e: Look(day=e.data.day.isoformat(), at=e.recorded_at)},
        key=lambda e: e.data.day.isoformat(),
    ),
)


@validator("desk.no-shouting", on=Received)
def no_shouting(event: Received, _state: Any, _facts: Facts, _policy: Any) -> Iterator[Verdict]:
    """Loud cases are kept and flagged."""
    if event.loud:
        yield breach(N_("{who} shouted."), who=event.taker)


@duty("desk.answer-in-days", view="desk.case", where={"open": True})
def answer_in_days(case: Case, facts: Facts) -> Iterator[Duty]:
    """A case is answered within some days."""
    policy = facts.policy_at(case.received_at)
    limit = days_limit(case.received_at, policy["desk.days"], "civil-code", facts.calendar)
    yield Duty(
        rule="desk.answer-in-days",
        subject=case.id,
        title=N_("Answer the case"),
        born=case.received_at,
        due=limit.due,
        who=case.taker,
        met=case.answered_at,
        policy=policy.version,
        steps=limit.steps,
        critical=True,
    )


@duty("desk.look-daily", daily=True, asks={"look": Ask("desk.look", lambda day, _state: day.isoformat())})
def look_daily(day: date, facts: Facts) -> Iterator[Duty]:
    """Somebody looks at the desk on every business day."""
    yield Duty(
        rule="desk.look-daily",
        subject=day.isoformat(),
        title=N_("Look at the desk"),
        born=facts.calendar.open_of(day),
        due=facts.calendar.close_of(day),
        role="teller",
        met=facts["look"].at if facts["look"] else None,
        curable=False,
    )


def cases(reading: Reading) -> Table:
    """All cases."""
    columns = (Column("id", "Id"), Column("taker", "Taker"), Column("gist", "Gist"))
    rows = ({"id": r.id, "taker": r.taker, "gist": reading.clear(r.gist)} for r in reading.rows("desk.case"))
    return Table(columns, rows, title="Cases")


def broken(_reading: Reading) -> Table:
    """A report with a fault."""
    raise RuntimeError("no such luck")


def page(case: Case, reading: Reading) -> Page:
    """A case in the words of the desk."""
    return Page("Case", {"id": case.id, "taker": reading.name(case.taker), "gist": reading.clear(case.gist)})


def tellers(reading: Reading) -> Iterator[Verdict]:
    """Somebody must be a teller."""
    if not reading.people.holders("teller", reading.today):
        yield warn(N_("Nobody is a {role}."), N_("branchops staff role ID {role}"), role="teller")


@hookimpl
def branchops_plugin() -> Plugin:
    return Plugin(name="desk", api_version=1, en="Desk", zh="柜台", version="1.2")


@hookimpl
def branchops_events() -> tuple[EventType, ...]:
    return event_types("desk", Received, Answered, Vouched, state="desk.case") + event_types("desk", Looked)


@hookimpl
def branchops_rules() -> Rulebook:
    pack = Path(__file__).with_name("desk.toml")
    return Rulebook(pack=pack if pack.is_file() else None, validators=(no_shouting,))


@hookimpl
def branchops_views() -> tuple[View, ...]:
    return VIEWS


@hookimpl
def branchops_duties() -> tuple[DutyRule, ...]:
    return (answer_in_days, look_daily)


@hookimpl
def branchops_reports() -> Offer:
    return Offer(
        reports=(
            Report(name="desk-cases", title=N_("Cases"), make=cases, rules=("desk.register",), period=False),
            Report(name="desk-broken", title=N_("Broken"), make=broken),
        ),
        shows=(Showing(prefix="K", view="desk.case", page=page),),
        checks=(tellers,),
    )

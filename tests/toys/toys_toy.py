"""A small plugin in one file, with one of everything that the core promises to plugins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, ClassVar

import msgspec

from branchops.api import (
    N_,
    Ask,
    Column,
    Duty,
    DutyRule,
    Event,
    Group,
    Offer,
    Personal,
    Plugin,
    Report,
    Rulebook,
    Signs,
    Table,
    Validator,
    View,
    breach,
    duty,
    event_types,
    forbid,
    gather,
    hookimpl,
    reject,
    validator,
    warn,
)


class Opened(Event):
    """A case was opened."""

    title: str


class Noted(Event):
    """Something was noted about a topic."""

    topic: str
    amount: int = 1


class Counted(Event):
    """Two people counted something together."""

    amount: int
    first: Annotated[str, Signs(rule="toy.two-people-count")]
    second: Annotated[str, Signs(role="general-teller", rule="toy.two-people-count")]


class Witnessed(Event):
    """Any number of people saw it."""

    what: str
    by: Annotated[tuple[str, ...], Signs()]


class Told(Event):
    """A customer told their name."""

    name: Personal


class Closed(Event):
    """The case was closed."""

    reason: str = ""


class Renamed(Event):
    """The case got another title; schema 1 called it `name`, schema 2 `label`."""

    __schema__: ClassVar[int] = 3
    __upcasts__: ClassVar[dict[int, Any]] = {
        1: lambda data: {"label": data["name"]},
        2: lambda data: {"title": data["label"]},
    }

    title: str


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A case as it stands."""

    id: str
    title: str
    opened_at: datetime
    notes: int = 0
    total: int = 0
    told: str = ""
    closed_at: datetime | None = None


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """How often a topic was noted, over all cases."""

    topic: str
    count: int
    total: int
    cases: tuple[str, ...]


class Title(msgspec.Struct, frozen=True, kw_only=True):
    """The first case opened under a title."""

    title: str
    case: str


def _noted(row: Case, event: Any) -> Case:
    return msgspec.structs.replace(row, notes=row.notes + 1, total=row.total + event.data.amount)


def _topic(row: Topic, event: Any) -> Topic:
    return Topic(
        topic=row.topic,
        count=row.count + 1,
        total=row.total + event.data.amount,
        cases=tuple(sorted({*row.cases, event.stream})),
    )


VIEWS = (
    View(
        name="toy.case",
        row=Case,
        opens={"toy.opened": lambda e: Case(id=e.stream, title=e.data.title, opened_at=e.recorded_at)},
        folds={
            "toy.noted": _noted,
            "toy.told": lambda row, e: msgspec.structs.replace(row, told=e.data.name),
            "toy.renamed": lambda row, e: msgspec.structs.replace(row, title=e.data.title),
            "toy.closed": lambda row, e: msgspec.structs.replace(row, closed_at=e.recorded_at),
        },
        index=("closed_at",),
    ),
    View(
        name="toy.topic",
        row=Topic,
        opens={
            "toy.noted": lambda e: Topic(topic=e.data.topic, count=1, total=e.data.amount, cases=(e.stream,)),
        },
        folds={"toy.noted": _topic},
        key=lambda e: e.data.topic,
    ),
    View(
        name="toy.title",
        row=Title,
        opens={"toy.opened": lambda e: Title(title=e.data.title, case=e.stream)},
        key=lambda e: e.data.title,
    ),
)


@validator("toy.only-open-cases", on=(Noted, Closed, Told, Renamed))
def case_is_open(_event: Any, state: Any, _facts: Any, _policy: Any) -> Iterator[Any]:
    """Only an open case goes on."""
    if state is None:
        yield reject(N_("There is no such case."), N_("Open one first."))
    elif state.closed_at is not None:
        yield reject(N_("The case is closed since {at}."), N_("Open a new one."), at=state.closed_at.isoformat())


@validator("toy.cap", on=Noted, asks={"topic": Ask("toy.topic", lambda event, _state: event.topic)})
def within_cap(event: Noted, _state: Any, facts: Any, policy: Any) -> Iterator[Any]:
    """No topic may have more than the cap in total; nothing may be below zero; large amounts are pointed out."""
    if event.amount < 0:
        yield reject(N_("{amount} is below zero."), N_("Note zero or more."), amount=event.amount)
    total = (facts["topic"].total if facts["topic"] else 0) + event.amount
    if total > policy.get("toy.cap"):
        yield breach(N_("{topic} has {total}, more than {cap}."), topic=event.topic, total=total, cap=policy["toy.cap"])
    elif event.amount > 50:
        yield warn(N_("{amount} is a lot."), amount=event.amount)


@validator("toy.guards-do-not-open", on=Opened)
def who_opens(_event: Opened, state: Any, facts: Any, _policy: Any) -> Iterator[Any]:
    """A contractor opens no case, and no case is opened twice."""
    if facts.record.actor == "guard":
        yield forbid(N_("A guard opens no case."), N_("Ask a teller."))
    if state is not None:
        yield reject(N_("{id} is open already."), id=state.id)


@validator(on=Renamed, asks={"same": Ask("toy.title", lambda event, _state: event.title)})
def new_title(event: Renamed, _state: Any, facts: Any, _policy: Any) -> Iterator[Any]:
    """A title that some case was opened under is pointed out."""
    if facts["same"]:
        yield warn(N_("{title} is a title already."), title=event.title)


@duty("toy.close-in-time", view="toy.case", where={"closed_at": None})
def close_in_time(row: Case, facts: Any) -> Iterator[Duty]:
    """A case is closed within so many days, by the policy in force when it was opened."""
    policy = facts.policy_at(row.opened_at)
    yield Duty(
        rule="toy.close-in-time",
        subject=row.id,
        title=N_("Close {id}"),
        born=row.opened_at,
        due=row.opened_at + timedelta(days=policy["toy.days"]),
        role="teller",
        met=row.closed_at,
        policy=policy.version,
        args={"id": row.id},
    )


def _topics(reading: Any) -> Table:
    columns = (Column("topic", "Topic"), Column("total", "Total", kind="number"))
    return Table(columns, [{"topic": row.topic, "total": row.total} for row in reading.rows("toy.topic")])


EVENTS = (
    *event_types("toy", Opened, Noted, Closed, Told, Renamed, state="toy.case"),
    *event_types("toy", Counted, Witnessed),
)


@hookimpl
def branchops_plugin() -> Plugin:
    """Who this is."""
    return Plugin(name="toy", api_version=1, en="Toy", zh="玩具")


@hookimpl
def branchops_commands() -> tuple[Group, ...]:
    """One group."""
    return (Group(name="toy", app="toys_toy_commands:app", help=N_("toy cases")),)


@hookimpl
def branchops_events() -> tuple[Any, ...]:
    """What happens to cases."""
    return EVENTS


@hookimpl
def branchops_views() -> tuple[View, ...]:
    """Cases and topics."""
    return VIEWS


@hookimpl
def branchops_rules() -> Rulebook:
    """The toy rules."""
    import sys

    return Rulebook(pack=Path(__file__).with_name("toy.toml"), validators=gather(sys.modules[__name__], Validator))


@hookimpl
def branchops_duties() -> tuple[DutyRule, ...]:
    """What is owed."""
    return (close_in_time,)


@hookimpl
def branchops_reports() -> Offer:
    """One report."""
    return Offer(reports=(Report(name="toy.topics", title=N_("Topics"), make=_topics, period=False),))

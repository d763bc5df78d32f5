"""A plugin that lives off another one: it hears toy's notes and every breach, and records what it heard."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import msgspec

from branchops.api import (
    Entry,
    Event,
    New,
    Plugin,
    Reaction,
    Rulebook,
    View,
    event_types,
    gather,
    hookimpl,
    reaction,
)


class Heard(Event):
    """A note was heard."""

    topic: str


class Alarmed(Event):
    """A breach was heard of."""

    rule: str


class Loudness(msgspec.Struct, frozen=True, kw_only=True):
    """How often a topic was heard of, folded from the other plugin's entries."""

    topic: str
    times: int


@reaction(on=["toy.noted"])
def hear(recorded: Any, _facts: Any, _policy: Any) -> Iterator[Entry]:
    """Every note echoes; the topic `crash` makes the echo fail, `half` makes it fail after its first entry."""
    if recorded.data.topic == "crash":
        raise RuntimeError("no echo today")
    yield Entry(Heard(topic=recorded.data.topic), New("E"))
    if recorded.data.topic == "half":
        yield Entry(Heard(topic=recorded.data.topic), "bad\ud800stream")


@reaction(on=["*breach*"])
def alarm(recorded: Any, _facts: Any, _policy: Any) -> Iterator[Entry]:
    """Every breach rings."""
    yield Entry(Alarmed(rule=recorded.meta.breaches[0].rule), "alarms")


@hookimpl
def branchops_plugin() -> Plugin:
    """Who this is."""
    return Plugin(name="echo", api_version=1, en="Echo", zh="回声", listens=("toy.noted", "*breach*"))


@hookimpl
def branchops_events() -> tuple[Any, ...]:
    """What is heard."""
    return event_types("echo", Heard, Alarmed)


@hookimpl
def branchops_views() -> tuple[View, ...]:
    """A view over the other plugin's entries."""
    return (
        View(
            name="echo.loudness",
            row=Loudness,
            opens={"toy.noted": lambda e: Loudness(topic=e.data.topic, times=1)},
            folds={"toy.noted": lambda row, e: msgspec.structs.replace(row, times=row.times + 1)},
            key=lambda e: e.data.topic,
        ),
    )


@hookimpl
def branchops_rules() -> Rulebook:
    """Only reactions."""
    return Rulebook(reactions=gather(sys.modules[__name__], Reaction))

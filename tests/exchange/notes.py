"""A plugin to import into: notes with a day, an amount, a customer's words and, where somebody vouches, a signer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import msgspec

from branchops.api import (
    Ask,
    Event,
    ImportKind,
    Offer,
    Personal,
    Plugin,
    Prepared,
    Rulebook,
    Signs,
    Validator,
    View,
    breach,
    event_types,
    hookimpl,
    reject,
    validator,
)


class Noted(Event, frozen=True):
    """Something was noted."""

    number: str
    text: str = ""
    day: date | None = None
    amount: Decimal | None = None
    words: Personal = ""
    by: Annotated[str, Signs()] = ""


class Note(msgspec.Struct, frozen=True):
    """A note."""

    id: str
    text: str


def decide_note(_state: Any, command: Noted, _policy: Any) -> Noted:
    """The row is the entry."""
    return command


def prepare(row: Mapping[str, str]) -> Prepared:
    """A note of a row."""
    if row.get("text") == "crash":
        raise KeyError("a fault of the plugin")
    number = row.get("number", "").strip()
    command = Noted(
        number=number,
        text=row.get("text", ""),
        day=date.fromisoformat(row["day"]) if row.get("day") else None,
        amount=Decimal(row["amount"]) if row.get("amount", "").strip() else None,
        words=row.get("words", ""),
        by=row.get("by", ""),
    )
    return Prepared(decide=decide_note, command=command, key=number, target=f"NOTE-{number}", opens=True)


@validator(on=Noted)
def not_forbidden(event: Noted, _state: Any, _facts: Any, _policy: Any) -> Any:
    """Some words are refused."""
    if event.text == "forbidden":
        yield reject("That word is not taken.")


@validator(
    on=Noted, asks={"first": Ask("notes.note", lambda event, _state: "NOTE-1" if event.text == "same" else None)}
)
def not_the_same(event: Noted, _state: Any, facts: Any, _policy: Any) -> Any:
    """Once there is a first note, `same` goes against the rule; where that says so itself, it is refused."""
    first = facts["first"]
    if first is not None and first.id != f"NOTE-{event.number}":
        yield reject("Told before.") if first.text == "same" else breach("There is a first note.")


@hookimpl
def branchops_plugin() -> Plugin:
    return Plugin(name="notes", api_version=1, en="Notes", zh="记事")


@hookimpl
def branchops_events() -> Any:
    return event_types("notes", Noted, state="notes.note")


@hookimpl
def branchops_rules() -> Rulebook:
    return Rulebook(validators=tuple(one for one in (not_forbidden, not_the_same) if isinstance(one, Validator)))


@hookimpl
def branchops_views() -> Any:
    return (View(name="notes.note", row=Note, opens={"notes.noted": lambda e: Note(e.stream, e.data.text)}),)


KIND = ImportKind(
    name="notes",
    title="notes",
    fields={
        "number": "the number",
        "text": "the text",
        "day": "the day",
        "amount": "how much",
        "words": "in words",
        "by": "who",
    },
    prepare=prepare,
    defaults={"number": ("Note No.", "No"), "text": "What was noted"},
    required=("text",),
    key="number",
)


@hookimpl
def branchops_reports() -> Offer:
    return Offer(imports=(KIND,))

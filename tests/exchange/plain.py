"""A plugin whose rows can be judged without a look at the store: each opens a stream, and no rule asks anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from branchops.api import (
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


class Seen(Event, frozen=True):
    """Something was seen."""

    number: str
    text: str = ""
    words: Personal = ""
    by: Annotated[str, Signs()] = ""


class Sight(msgspec.Struct, frozen=True):
    """Something seen, and how many rules it broke."""

    id: str
    text: str
    breaches: int


def prepare(row: Mapping[str, str]) -> Prepared:
    """What was seen, of a row."""
    if row["text"] == "crash":
        raise KeyError("a fault of the plugin")
    number = row["number"].strip()
    command = Seen(number=number, text=row["text"], words=row.get("words", ""), by=row.get("by", ""))
    return Prepared(decide=_decide, command=command, key=number, target=f"SEEN-{number}", opens=True)


def _decide(_state: Any, command: Seen, _policy: Any) -> Seen:
    return command


@validator(on=Seen)
def judged(event: Seen, state: Any, facts: Any, policy: Any) -> Any:
    """Some words are refused, others are noted; what is seen twice is refused; and the settings have a say."""
    if state is not None or event.text == "forbidden":
        yield reject("Not taken.")
    if event.text in ("odd", policy.get("outlet.hotline", "")):
        yield breach("Odd, {at}.", at=facts.now.isoformat())


@hookimpl
def branchops_plugin() -> Plugin:
    return Plugin(name="plain", api_version=1, en="Plain", zh="平常")


@hookimpl
def branchops_events() -> Any:
    return event_types("plain", Seen, state="plain.sight")


@hookimpl
def branchops_rules() -> Rulebook:
    return Rulebook(validators=tuple(one for one in (judged,) if isinstance(one, Validator)))


@hookimpl
def branchops_views() -> Any:
    def opened(event: Any) -> Sight:
        return Sight(event.stream, event.data.text, len(event.meta.breaches))

    return (View(name="plain.sight", row=Sight, opens={"plain.seen": opened}),)


KIND = ImportKind(
    name="plain",
    title="plain",
    fields={"number": "the number", "text": "the text", "words": "in words", "by": "who"},
    prepare=prepare,
    required=("text",),
    key="number",
)


@hookimpl
def branchops_reports() -> Offer:
    return Offer(imports=(KIND,))

"""Who must know what, how it is proved and how long that lasts: the curriculum, and the eight states of its matrix.

Invariant: a state is a pure function of the topic (a row of the pack), the person's record, the rule changes and the
day; every state comes with the day and the reason it rests on.
"""

from __future__ import annotations

import hashlib
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Literal

import msgspec

from branchops.api import N_, Calendar, People, Policy, pick
from branchops.plugins.training.views.learner import Learner, Part, TopicRecord, latest
from branchops.plugins.training.views.registers import Change

State = Literal["not-required", "required", "booked", "done", "due-soon", "expired", "missing-evidence", "waived"]
STATES: dict[State, str] = {
    "not-required": N_("not required"),
    "required": N_("to be done"),
    "booked": N_("booked"),
    "done": N_("done"),
    "due-soon": N_("due soon"),
    "expired": N_("expired"),
    "missing-evidence": N_("evidence missing"),
    "waived": N_("waived"),
}
OWING: tuple[State, ...] = ("required", "booked", "due-soon", "expired", "missing-evidence")
"""The states in which somebody still has something to do."""

PARTS = ("attendance", "quiz", "essay", "signoff", "ack")
PART_NAMES = {
    "attendance": N_("attendance"),
    "quiz": N_("passed quiz"),
    "essay": N_("reflection"),
    "signoff": N_("practical sign-off"),
    "ack": N_("acknowledgement"),
}


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """A topic of the curriculum. `roles` may be `*`; `needs` are parts that must all be there; `months` 0 never
    expires; a setting whose key begins with one of `follows` makes it due again."""

    code: str
    en: str
    zh: str
    roles: tuple[str, ...] = ("*",)
    needs: tuple[str, ...] = ("attendance",)
    months: int = 12
    follows: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    text_en: str = ""
    text_zh: str = ""

    @property
    def title(self) -> str:
        """The title in the language of the output."""
        return pick(self.en, self.zh)

    @property
    def text_sha256(self) -> str:
        """The digest of the statement to be read, in both languages."""
        return hashlib.sha256(f"{self.text_en}\n{self.text_zh}".encode()).hexdigest()


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How one person stands in one topic. `until` is when it expires or was waived to, `missing` the parts lacking,
    `born` since when something has been owed, `done` when it was last complete."""

    state: State
    topic: str
    staff: str
    until: date | None = None
    missing: tuple[str, ...] = ()
    reason: str = ""
    born: datetime | None = None
    done: Part | None = None


def topics(rows: Iterable[Mapping[str, Any]]) -> dict[str, Topic]:
    """The topics of a pack's `[[topic]]` rows by code."""
    found = msgspec.convert(list(rows), tuple[Topic, ...])
    return {topic.code: topic for topic in found}


def required(topic: Topic, roles: Iterable[str]) -> bool:
    """Whether somebody with these roles must know the topic."""
    held = frozenset(roles)
    return bool(held) and ("*" in topic.roles or bool(held.intersection(topic.roles)))


def changed(topic: Topic, changes: Iterable[Change]) -> datetime | None:
    """When a rule that the topic teaches was last changed, or None."""
    return max((one.at for one in changes if one.key.startswith(topic.follows or ("\0",))), default=None)


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last day of a shorter month."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def evidence(topic: Topic, record: TopicRecord) -> dict[str, Part | None]:
    """The latest of each part that the topic needs."""
    have = {
        "attendance": latest(record.attended),
        "quiz": record.quiz,
        "essay": record.essay,
        "signoff": record.signoff,
        "ack": record.ack,
    }
    return {name: have[name] for name in topic.needs if name in have}


def standing(
    topic: Topic,
    staff: str,
    record: TopicRecord,
    *,
    today: date,
    bound: bool,
    joined: datetime,
    changed_at: datetime | None,
    soon: int,
    calendar: Calendar,
) -> Standing:
    """How one person stands. `bound`: the topic is required of them; `soon`: days before expiry that count as near."""

    def stands(state: State, **more: Any) -> Standing:
        return Standing(state=state, topic=topic.code, staff=staff, **more)

    if not bound:
        return stands("not-required")
    waiver = record.waiver
    if waiver is not None and (waiver.until is None or today <= waiver.until):
        return stands("waived", until=waiver.until, reason=waiver.reason)
    parts = evidence(topic, record)
    booked = min((on for on in record.booked.values() if on >= today), default=None)
    missing = tuple(name for name, part in parts.items() if part is None)
    if missing:
        begun = len(missing) < len(parts)
        state: State = "booked" if booked and "attendance" in missing else "missing-evidence" if begun else "required"
        return stands(state, missing=missing, until=booked if state == "booked" else None, born=joined)
    complete = max((part for part in parts.values() if part), key=lambda part: part.at)
    oldest = min((part for part in parts.values() if part), key=lambda part: part.at)
    if changed_at is not None and any(part.recorded < changed_at for part in parts.values() if part):
        renewed = tuple(name for name, part in parts.items() if part and part.recorded < changed_at)
        state = "booked" if booked else "expired"
        return stands(state, missing=renewed, reason=RULE_CHANGED, born=changed_at, until=calendar.day_of(changed_at))
    if not topic.months:
        return stands("done", done=complete)
    until = months_later(calendar.day_of(oldest.at), topic.months)
    if today > until:
        return stands("booked" if booked else "expired", until=until, done=complete, born=complete.at)
    near = today >= until - timedelta(days=soon)
    return stands("due-soon" if near else "done", until=until, done=complete, born=complete.at)


RULE_CHANGED = N_("the rules it teaches have changed")


def standings(
    staff: str,
    learner: Learner | None,
    book: Mapping[str, Topic],
    *,
    people: People,
    changes: Iterable[Change],
    calendar: Calendar,
    policy: Policy,
    today: date,
) -> Iterator[Standing]:
    """How one staff id stands in every topic of the curriculum."""
    roles = people.roles(staff, today)
    known = tuple(changes)
    for topic in book.values():
        record = learner.topics.get(topic.code, TopicRecord()) if learner else TopicRecord()
        bound = required(topic, roles)
        spans = [span.start for span in people.get(staff).roles if required(topic, (span.role,))]
        yield standing(
            topic,
            staff,
            record,
            today=today,
            bound=bound,
            joined=calendar.open_of(min(spans, default=today)),
            changed_at=changed(topic, known),
            soon=policy.get("training.soon.days", 30),
            calendar=calendar,
        )

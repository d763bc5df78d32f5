"""The records of training as xAPI 1.0.3 statements: one JSON array, in the order of the ledger.

Invariant: statements are never changed or left out afterwards. A voided entry keeps its statement and is followed by a
voiding one; so is an attendance that was corrected. A statement's id is the entry's own, so that a receiver recognises
what it has. People are known by account, without names; what is private here (check-ins, care, incidents,
accommodations) is not exported.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, TextIO

from branchops.api import Reading, Recorded
from branchops.plugins.training.exchange.statement import VOIDED
from branchops.plugins.training.reports.service import sheet_of
from branchops.plugins.training.rules.curriculum import Topic
from branchops.plugins.training.rules.sheet import Item, tally

BASE = "https://branchops.invalid"
"""The root of our identifiers. `.invalid` (RFC 2606) is nobody's: nothing there can be fetched or spoofed."""

ADL = "http://adlnet.gov/expapi/verbs"
VERBS = {
    "registered": f"{ADL}/registered",
    "attended": f"{ADL}/attended",
    "passed": f"{ADL}/passed",
    "failed": f"{ADL}/failed",
    "mastered": f"{ADL}/mastered",
    "completed": f"{ADL}/completed",
    "scored": f"{ADL}/scored",
    "acknowledged": f"{BASE}/verbs/acknowledged",
    "waived": "https://w3id.org/xapi/adl/verbs/waived",
    "voided": VOIDED,
}
KINDS = {
    "topic": "http://adlnet.gov/expapi/activities/course",
    "session": "http://adlnet.gov/expapi/activities/meeting",
    "quiz": "http://adlnet.gov/expapi/activities/assessment",
    "essay": "http://adlnet.gov/expapi/activities/interaction",
    "visit": "http://adlnet.gov/expapi/activities/performance",
}
SHARED = ("topic", "quiz")
Statement = dict[str, Any]
Place = tuple[str, str]
"""A session and a staff id."""


class Writer:
    """Makes statements of entries. `said` holds the records of each seat that stand, `attended` which statement tells
    its present attendance, and of which entry."""

    def __init__(self, outlet: str, topics: dict[str, Topic], sheet: dict[str, Item]) -> None:
        self.outlet = outlet
        self.topics = topics
        self.sheet = sheet
        self.told: set[str] = set()
        self.said: dict[Place, list[Recorded]] = {}
        self.attended: dict[Place, tuple[str, str]] = {}
        self._makers: dict[str, Callable[[Recorded], Iterator[Statement]]] = {
            "training.booked": self.booked,
            "training.attended": self.seat,
            "training.quiz-taken": self.quiz,
            "training.signed-off": self.signoff,
            "training.reflection-written": self.reflection,
            "training.acknowledged": self.ack,
            "training.waived": self.waiver,
            "training.observed": self.visit,
            "entry.voided": self.void,
        }

    @property
    def types(self) -> tuple[str, ...]:
        """The event types that become statements."""
        return tuple(self._makers)

    def statements(self, event: Recorded) -> Iterator[Statement]:
        """The statements of one entry: none, one, or a voiding and a new one."""
        for statement in self._makers[event.type](event):
            self.told.add(statement["id"])
            yield statement

    # --- parts

    def agent(self, staff: str) -> Statement:
        """Somebody of the outlet, by account."""
        account = {"homePage": f"{BASE}/outlets/{self.outlet or 'unknown'}", "name": staff}
        return {"objectType": "Agent", "account": account}

    def activity(self, kind: str, name: str, zh: str = "", en: str = "") -> Statement:
        """A topic or quiz, which the whole bank shares, or a session, essay or visit of this outlet."""
        own = "" if kind in SHARED else f"/outlets/{self.outlet or 'unknown'}"
        titles = {"en": en or name, **({"zh-CN": zh} if zh else {})}
        definition = {"type": KINDS[kind], "name": titles}
        return {"objectType": "Activity", "id": f"{BASE}{own}/{kind}/{name}", "definition": definition}

    def of_topic(self, kind: str, code: str) -> Statement:
        """An activity named after a topic of the curriculum."""
        topic = self.topics.get(code)
        return self.activity(kind, code, topic.zh if topic else "", topic.en if topic else "")

    def told_of(self, event: Recorded, verb: str, thing: Statement, **more: Any) -> Statement:
        """A statement about the person an entry is about."""
        context: Statement = {"platform": "branchops", **more.pop("context", {})}
        return {
            "id": event.id,
            "actor": self.agent(event.data.staff),
            "verb": {"id": VERBS[verb], "display": {"en": verb}},
            "object": thing,
            **more,
            "context": context,
            "timestamp": _stamp(event.occurred_at),
            "stored": _stamp(event.recorded_at),
            "version": "1.0.3",
        }

    def within(self, session: str, **more: Any) -> Statement:
        """A context: within a session, if there was one."""
        context: Statement = dict(more)
        if session:
            context["registration"] = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{BASE}/{self.outlet}/session/{session}"))
            context["contextActivities"] = {"parent": [self.activity("session", session)]}
        return context

    # --- makers, one a type

    def booked(self, event: Recorded) -> Iterator[Statement]:
        """A place booked: registered."""
        session = self.activity("session", event.stream)
        yield self.told_of(event, "registered", session, context=self.grouped(event))

    def grouped(self, event: Recorded) -> Statement:
        """A context that names the topics of a session."""
        topics = [self.of_topic("topic", code) for code in event.data.topics]
        return {"contextActivities": {"grouping": topics}} if topics else {}

    def seat(self, event: Recorded) -> Iterator[Statement]:
        """Present or late: attended. What an earlier record said is voided first, if it said so."""
        place = (event.stream, event.data.staff)
        self.said.setdefault(place, []).append(event)
        yield from self.settle(place, event)

    def settle(self, place: Place, cause: Recorded) -> Iterator[Statement]:
        """Brings what is told of a seat in line with its newest record that stands."""
        newest = self.said[place][-1] if self.said[place] else None
        there = newest if newest is not None and newest.data.status in ("present", "late") else None
        told, of_event = self.attended.get(place, ("", ""))
        if told and (there is None or there.id != of_event):
            yield self.voiding(cause, _derived("void", cause.id), told)
            del self.attended[place]
        if there is not None and there.id != of_event:
            own = _derived("again", cause.id) if there.id in self.told else there.id
            self.attended[place] = (own, there.id)
            result = {"completion": True, "duration": f"PT{there.data.minutes}M"}
            session = self.activity("session", there.stream)
            statement = self.told_of(there, "attended", session, result=result, context=self.grouped(there))
            yield {**statement, "id": own}

    def quiz(self, event: Recorded) -> Iterator[Statement]:
        """A quiz: passed or failed, with its score."""
        data = event.data
        score = {
            "scaled": _number(data.score / data.out_of, 4),
            "raw": _number(data.score),
            "min": 0,
            "max": _number(data.out_of),
        }
        yield self.told_of(
            event,
            "passed" if data.passed else "failed",
            self.of_topic("quiz", data.topic),
            result={"score": score, "success": data.passed, "completion": True},
            context=self.within(data.session),
        )

    def signoff(self, event: Recorded) -> Iterator[Statement]:
        """Signed off by a trainer: mastered."""
        data = event.data
        yield self.told_of(
            event,
            "mastered",
            self.of_topic("topic", data.topic),
            result={"success": True},
            context=self.within(data.session, instructor=self.agent(data.trainer)),
        )

    def reflection(self, event: Recorded) -> Iterator[Statement]:
        """A reflection: completed; the text stays where it is, its digest goes out."""
        data = event.data
        about = data.session or data.complaint or data.theme or "reflection"
        extensions = {f"{BASE}/extensions/sha256": data.sha256, f"{BASE}/extensions/characters": data.length}
        yield self.told_of(
            event,
            "completed",
            self.activity("essay", about),
            result={"completion": True, "extensions": extensions},
            context=self.within(data.session),
        )

    def ack(self, event: Recorded) -> Iterator[Statement]:
        """A statement read and signed for."""
        yield self.told_of(event, "acknowledged", self.of_topic("topic", event.data.topic))

    def waiver(self, event: Recorded) -> Iterator[Statement]:
        """Let off by the head."""
        data = event.data
        extensions = {f"{BASE}/extensions/reason": data.reason}
        yield self.told_of(
            event,
            "waived",
            self.of_topic("topic", data.topic),
            result={"extensions": extensions},
            context={"instructor": self.agent(data.head)},
        )

    def visit(self, event: Recorded) -> Iterator[Statement]:
        """An observation: scored."""
        data = event.data
        sums = tally(data.scores, self.sheet)
        result: Statement = {"success": not event.meta.breaches}
        if sums.most:
            scaled = _number(Decimal(sums.points) / sums.most, 4)
            result["score"] = {"scaled": scaled, "raw": sums.points, "min": 0, "max": sums.most}
        yield self.told_of(
            event,
            "scored",
            self.activity("visit", event.stream),
            result=result,
            context={"instructor": self.agent(data.observer)},
        )

    def void(self, event: Recorded) -> Iterator[Statement]:
        """A voided entry: its statement is voided, if it made one; of a seat, the record before it stands again."""
        target = event.data.target
        for place, records in self.said.items():
            if any(one.id == target for one in records):
                self.said[place] = [one for one in records if one.id != target]
                yield from self.settle(place, event)
                return
        if target in self.told:
            yield self.voiding(event, event.id, target)

    def voiding(self, event: Recorded, own: str, target: str) -> Statement:
        """A voiding statement, by whoever recorded the entry."""
        return {
            "id": own,
            "actor": self.agent(event.actor),
            "verb": {"id": VOIDED, "display": {"en": "voided"}},
            "object": {"objectType": "StatementRef", "id": target},
            "timestamp": _stamp(event.recorded_at),
            "stored": _stamp(event.recorded_at),
            "version": "1.0.3",
        }


def statements(reading: Reading) -> Iterator[Statement]:
    """The statements of everything recorded in the reading's period."""
    from branchops.plugins.training.reports.matrix import book_of

    outlet = reading.outlet
    writer = Writer(outlet.code if outlet else "", book_of(reading), sheet_of(reading))
    for event in reading.events(*writer.types):
        made = tuple(writer.statements(event))
        if reading.within(event.recorded_at):
            yield from made


def write_xapi(reading: Reading, stream: TextIO) -> None:
    """Streams the statements as one JSON array, a statement a line."""
    stream.write("[")
    for i, statement in enumerate(statements(reading)):
        stream.write(("," if i else "") + "\n" + json.dumps(statement, ensure_ascii=True))
    stream.write("\n]\n")


def _derived(what: str, event: str) -> str:
    """A statement id that follows from an entry's id, the same on every export."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{BASE}/{what}/{event}"))


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _number(value: Decimal, places: int | None = None) -> int | float:
    """A JSON number; a statement's score is not money."""
    if places is not None:
        value = round(value, places)
    return int(value) if value == value.to_integral_value() else float(value)

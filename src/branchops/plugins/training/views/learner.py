"""What each staff id has behind it, topic by topic.

Invariant: a record says what happened and when, claimed and recorded; whether that suffices is judged elsewhere
(`rules.curriculum`), by the curriculum and the policy of the day. Attendance is kept by session, so that a correction
takes the earlier record's effect away.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec

from branchops.api import Recorded, View


class Part(msgspec.Struct, frozen=True):
    """Something done: when, when that was recorded, and the record it stands in."""

    at: datetime
    recorded: datetime
    ref: str = ""


class Waiver(msgspec.Struct, frozen=True):
    """Let off by the head: why, since when, and until which day."""

    reason: str
    by: str
    at: datetime
    until: date | None = None


class TopicRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One person and one topic. `attempts` are quizzes taken since the last session attended or the last pass."""

    booked: dict[str, date] = {}
    attended: dict[str, Part] = {}
    quiz: Part | None = None
    attempts: int = 0
    essay: Part | None = None
    signoff: Part | None = None
    signed_by: str = ""
    ack: Part | None = None
    ack_sha256: str = ""
    waiver: Waiver | None = None


class QuizMark(msgspec.Struct, frozen=True):
    """One quiz for the statistics: the topic, the share of right answers in hundredths of a percent, when."""

    topic: str
    share: int
    passed: bool
    at: datetime


class Learner(msgspec.Struct, frozen=True, kw_only=True):
    """One staff id: `id` is its stream, `learner-<staff>`."""

    id: str
    staff: str
    topics: dict[str, TopicRecord] = {}
    quizzes: tuple[QuizMark, ...] = ()


def latest(parts: dict[str, Part]) -> Part | None:
    """The latest of several parts."""
    return max(parts.values(), key=lambda part: part.at, default=None)


def _part(event: Recorded) -> Part:
    return Part(event.occurred_at, event.recorded_at, event.stream)


def _topics(row: Learner, names: tuple[str, ...], change: Any) -> Learner:
    topics = dict(row.topics)
    for name in names:
        topics[name] = change(topics.get(name, TopicRecord()))
    return msgspec.structs.replace(row, topics=topics)


def booked(row: Learner, event: Recorded) -> Learner:
    """A place in a session to come."""
    data = event.data
    return _topics(
        row,
        data.topics,
        lambda one: msgspec.structs.replace(one, booked={**one.booked, event.stream: data.on}),
    )


def attended(row: Learner, event: Recorded) -> Learner:
    """Present or late counts; whatever else is said of the same session takes that back."""
    data = event.data

    def change(one: TopicRecord) -> TopicRecord:
        parts = {ref: part for ref, part in one.attended.items() if ref != event.stream}
        places = {ref: on for ref, on in one.booked.items() if ref != event.stream}
        attempts = one.attempts
        if data.status in ("present", "late"):
            parts[event.stream] = _part(event)
            attempts = 0
        return msgspec.structs.replace(one, attended=parts, booked=places, attempts=attempts)

    return _topics(row, data.topics, change)


def quiz_taken(row: Learner, event: Recorded) -> Learner:
    """A pass counts and frees the attempts; every attempt enters the statistics."""
    data = event.data

    def change(one: TopicRecord) -> TopicRecord:
        if data.passed:
            return msgspec.structs.replace(one, quiz=_part(event), attempts=0)
        return msgspec.structs.replace(one, attempts=one.attempts + 1)

    share = int(data.score * 10_000 / data.out_of) if data.out_of else 0
    mark = QuizMark(data.topic, share, data.passed, event.occurred_at)
    return msgspec.structs.replace(_topics(row, (data.topic,), change), quizzes=(*row.quizzes, mark))


def signed_off(row: Learner, event: Recorded) -> Learner:
    """Seen done right by a trainer."""
    data = event.data
    return _topics(
        row,
        (data.topic,),
        lambda one: msgspec.structs.replace(one, signoff=_part(event), signed_by=data.trainer),
    )


def reflected(row: Learner, event: Recorded) -> Learner:
    """An essay counts for the topics of its session."""
    return _topics(row, event.data.topics, lambda one: msgspec.structs.replace(one, essay=_part(event)))


def acknowledged(row: Learner, event: Recorded) -> Learner:
    """A statement read and signed for, in the wording of that day."""
    data = event.data
    return _topics(
        row,
        (data.topic,),
        lambda one: msgspec.structs.replace(one, ack=_part(event), ack_sha256=data.text_sha256),
    )


def waived(row: Learner, event: Recorded) -> Learner:
    """Let off by the head."""
    data = event.data
    waiver = Waiver(data.reason, data.head, event.occurred_at, data.until)
    return _topics(row, (data.topic,), lambda one: msgspec.structs.replace(one, waiver=waiver))


FOLDS = {
    "training.booked": booked,
    "training.attended": attended,
    "training.quiz-taken": quiz_taken,
    "training.signed-off": signed_off,
    "training.reflection-written": reflected,
    "training.acknowledged": acknowledged,
    "training.waived": waived,
}


def _opened(event: Recorded) -> Learner:
    row = Learner(id=f"learner-{event.data.staff}", staff=event.data.staff)
    return FOLDS[event.type](row, event)


LEARNER = View(
    name="training.learner",
    row=Learner,
    opens=dict.fromkeys(FOLDS, _opened),
    folds=FOLDS,
    key=lambda event: f"learner-{event.data.staff}",
    index=("staff",),
)

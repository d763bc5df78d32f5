"""Decisions about one person's learning: quiz, sign-off, reflection, acknowledgement, waiver."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from branchops.api import Policy
from branchops.plugins.training.events import learning as ev
from branchops.plugins.training.views.learner import Learner, TopicRecord


class TakeQuiz(msgspec.Struct, frozen=True, kw_only=True):
    """Record an attempt at a quiz."""

    staff: str
    topic: str
    score: Decimal
    out_of: Decimal
    session: str = ""
    complaint: str = ""


def passes(score: Decimal, out_of: Decimal, policy: Policy) -> bool:
    """Whether a score reaches the pass mark (a percentage) in force."""
    return out_of > 0 and score * 100 >= Decimal(policy.get("training.quiz.pass", 80)) * out_of


def decide_quiz(row: Learner | None, command: TakeQuiz, policy: Policy) -> ev.QuizTaken:
    """A quiz was taken."""
    record = row.topics.get(command.topic, TopicRecord()) if row else TopicRecord()
    passed = passes(command.score, command.out_of, policy)
    return ev.QuizTaken(**msgspec.structs.asdict(command), passed=passed, attempt=record.attempts + 1)


class SignOff(msgspec.Struct, frozen=True, kw_only=True):
    """Sign that somebody does it right."""

    staff: str
    topic: str
    trainer: str
    task: str = ""
    session: str = ""
    complaint: str = ""


def decide_signoff(_row: Learner | None, command: SignOff, _policy: Policy) -> ev.SignedOff:
    """Somebody was signed off."""
    return ev.SignedOff(**msgspec.structs.asdict(command))


class Reflect(msgspec.Struct, frozen=True, kw_only=True):
    """Hand in a reflection."""

    staff: str
    sha256: str
    length: int
    sketch: tuple[str, ...]
    topics: tuple[str, ...] = ()
    session: str = ""
    complaint: str = ""
    theme: str = ""
    file: str = ""


def decide_reflect(_row: Learner | None, command: Reflect, _policy: Policy) -> ev.ReflectionWritten:
    """A reflection was handed in."""
    return ev.ReflectionWritten(**msgspec.structs.asdict(command))


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """Comment on a reflection."""

    staff: str
    sha256: str
    reviewer: str
    comment: str


def decide_review(_row: Learner | None, command: Review, _policy: Policy) -> ev.ReflectionReviewed:
    """A reflection was read."""
    return ev.ReflectionReviewed(**msgspec.structs.asdict(command))


class Acknowledge(msgspec.Struct, frozen=True, kw_only=True):
    """Sign for having read a statement."""

    staff: str
    topic: str
    text_sha256: str


def decide_ack(_row: Learner | None, command: Acknowledge, _policy: Policy) -> ev.Acknowledged:
    """A statement was read."""
    return ev.Acknowledged(staff=command.staff, topic=command.topic, text_sha256=command.text_sha256)


class Waive(msgspec.Struct, frozen=True, kw_only=True):
    """Let somebody off a topic."""

    staff: str
    topic: str
    reason: str
    head: str
    until: date | None = None


def decide_waive(_row: Learner | None, command: Waive, _policy: Policy) -> ev.Waived:
    """Somebody was let off."""
    return ev.Waived(**msgspec.structs.asdict(command))

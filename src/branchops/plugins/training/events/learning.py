"""What somebody learnt, proved, wrote or signed. Stream: `learner-<staff>`.

An essay itself is never kept: its SHA-256 is, with a sketch by which a near copy is recognised.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from branchops.api import Event, Signs


class QuizTaken(Event, frozen=True):
    """An attempt at the quiz of a topic. `passed` is by the pass mark of the day."""

    staff: str
    topic: str
    score: Decimal
    out_of: Decimal
    passed: bool
    attempt: int = 1
    session: str = ""
    complaint: str = ""


class SignedOff(Event, frozen=True):
    """A trainer saw the trainee do it right, and signs for it."""

    staff: str
    topic: str
    trainer: Annotated[str, Signs(rule="training.operation-skills")]
    task: str = ""
    session: str = ""
    complaint: str = ""


class ReflectionWritten(Event, frozen=True):
    """A personal reflection was handed in: after a session, or after a complaint that was upheld.

    `sketch` holds the smallest digests of its shingles (see `rules.likeness`), `length` its characters.
    """

    staff: str
    sha256: str
    length: int
    sketch: tuple[str, ...]
    topics: tuple[str, ...] = ()
    session: str = ""
    complaint: str = ""
    theme: str = ""
    file: str = ""


class ReflectionReviewed(Event, frozen=True):
    """Somebody else read a reflection and says something about it."""

    staff: str
    sha256: str
    reviewer: str
    comment: str


class Acknowledged(Event, frozen=True):
    """Somebody read a statement and signs for having read it. Nothing is said about what anybody believes."""

    staff: Annotated[str, Signs(rule="training.service-is-lifeblood")]
    topic: str
    text_sha256: str


class Waived(Event, frozen=True):
    """The head lets somebody off a topic, for a reason and until a day (None: until it is taken back)."""

    staff: str
    topic: str
    reason: str
    head: Annotated[str, Signs(role="outlet-head", rule="training.rules-study")]
    until: date | None = None

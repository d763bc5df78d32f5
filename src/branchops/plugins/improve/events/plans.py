"""What stands in an improvement plan: targets, principles, tasks; and the measures taken against problems.

Invariant: nothing in a plan is edited. A principle worded anew, a task handed to another, a measure classified anew are
entries of their own, so that an old plan still prints as it was in force.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from branchops.api import Event


class Target(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is to be reached by when. `metric` is a code of the pack, or `own.<name>` for what people observe.

    `baseline` is None where the ledger had no data when the target was set. `direction`: `up` when more is better.
    """

    code: str
    metric: str
    title: str
    goal: Decimal
    unit: str
    due: date
    owner: str
    baseline: Decimal | None = None
    direction: str = "up"
    observable: str = ""


class PlanMade(Event, frozen=True):
    """A plan was made for a span of days, with at least one target."""

    title: str
    first: date
    last: date
    owner: str
    targets: tuple[Target, ...]


class TargetAdded(Event, frozen=True):
    """One more target."""

    target: Target


class Observed(Event, frozen=True):
    """The value of a target that the ledger cannot compute, as somebody read it off its source."""

    code: str
    value: Decimal
    source: str
    on: date


class PrincipleStated(Event, frozen=True):
    """A guiding principle, or its new wording (the same code)."""

    code: str
    text: str


class TaskAdded(Event, frozen=True):
    """A main task. `serves` names other plans it belongs to as well; `due` None: nobody said until when."""

    code: str
    kind: str
    text: str
    owner: str
    due: date | None = None
    serves: tuple[str, ...] = ()


class TaskAssigned(Event, frozen=True):
    """Another person has the task."""

    code: str
    owner: str
    reason: str = ""


class TaskDone(Event, frozen=True):
    """The task is done. The evidence is a file (name and SHA-256) or a record of this ledger."""

    code: str
    by: str
    evidence: str = ""
    sha256: str = ""
    record: str = ""
    note: str = ""


class TaskDropped(Event, frozen=True):
    """The task will not be done, and why."""

    code: str
    by: str
    reason: str


class MeasureTaken(Event, frozen=True):
    """A measure against a problem: `problem` is a finding or a complaint, `plan` and `principle` what it serves."""

    kind: str
    text: str
    problem: str = ""
    plan: str = ""
    principle: str = ""
    owner: str = ""


class MeasureReclassified(Event, frozen=True):
    """It turned out to be of another kind."""

    kind: str
    reason: str

"""The ids of the rules that this plugin enforces, and what several of its rules ask."""

from __future__ import annotations

import re
from typing import Any

from branchops.api import Facts

NOTIFIED = "counter.findings-notified-promptly"
RECTIFIED = "counter.findings-rectified-promptly"
STANDARD = "counter.rectify-and-standardise"
ANALOGY = "counter.learn-by-analogy"

TARGETS = "plan.set-targets"
PRINCIPLES = "plan.state-principles"
TASKS = "plan.list-main-tasks"
MEASURES = "plan.classify-measure"

_DIGEST = re.compile(r"[0-9a-f]{64}")


def proved(event: Any) -> bool:
    """Whether an entry names evidence: a file by its SHA-256, or a record of the ledger."""
    return bool(_DIGEST.fullmatch(event.sha256) or event.record.strip())


def same(facts: Facts, one: str, other: str) -> bool:
    """Whether two staff ids are known and one person."""
    people = facts.people
    return people.knows(one) and people.knows(other) and people.same_person(one, other)


def here(facts: Facts, staff: str) -> bool:
    """Whether somebody works at the outlet today."""
    return facts.people.knows(staff) and facts.people.active(staff, facts.calendar.day_of(facts.now))

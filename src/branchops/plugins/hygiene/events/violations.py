"""What happens to a violation. Stream: its number, `V-2026-0001`. What it costs is computed, never stored."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from branchops.api import Event, Signs, event_types

Kind = Literal[
    "smoking",
    "desk",
    "unreturned",
    "litter",
    "food-waste",
    "stray",
    "eating",
    "spitting",
    "rubbish-overnight",
    "power-left-on",
    "other",
]
Offender = Literal["staff", "visitor", "unknown"]
ADMIN = "admin-dept"
PENALISE = "hygiene.penalise-poor-hygiene"


class ViolationAdded(Event, frozen=True):
    """Somebody saw a violation. `person` is the human behind the staff id `who`; both are empty for others.

    `day` is the business day that answers for it when that is not the day of the find. `evidence` is an inspection or a
    file (`sha256` of it). `fine` is the amount the finder claims; what is owed follows from the history alone.
    """

    kind: Kind
    offender: Offender
    who: str = ""
    person: str = ""
    zone: str = ""
    day: date | None = None
    with_guest: bool = False
    pieces: int = 1
    note: str = ""
    evidence: str = ""
    sha256: str = ""
    fine: str = ""


class ViolationConfirmed(Event, frozen=True):
    """The administration department confirms it, with its own signature."""

    by: Annotated[str, Signs(role=ADMIN, rule=PENALISE)]
    note: str = ""


class ViolationAppealed(Event, frozen=True):
    """The person concerned contests it; until that is decided nothing is payable."""

    by: str
    reason: str


class AppealDecided(Event, frozen=True):
    """The administration department decided the appeal; granted, the violation never counted."""

    by: Annotated[str, Signs(role=ADMIN, rule=PENALISE)]
    granted: bool
    reason: str = ""


class ViolationMerged(Event, frozen=True):
    """A reviewer found that it is the same occasion as another violation (`of`), which stands for both."""

    of: str
    by: str


VIOLATIONS = event_types(
    "hygiene",
    ViolationAdded,
    ViolationConfirmed,
    ViolationAppealed,
    AppealDecided,
    ViolationMerged,
    state="hygiene.violation",
)

"""What happens to a finding, from when a problem was seen to when somebody else saw that it is gone.

Invariant: a due date is set once, by the first assignment; another one comes by `Extended` only, with an approver.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from branchops.api import Event, Personal, Signs

RECTIFY = "counter.findings-rectified-promptly"
STANDARD = "counter.rectify-and-standardise"

Origin = Literal["hand", "breach", "complaint", "check"]
Severity = Literal["critical", "high", "medium", "low"]


class Opened(Event, frozen=True):
    """A problem was found. `rule`, `cause` and `unit` are what makes two findings the same one coming back.

    `record` is the record in which it showed (a complaint, an inspection), `mark` the text by which the same problem of
    the same entry is recognised, so that it opens one finding only. `text` may be empty where `rule`, `cause` and
    `record` say it. `reporter` is who told of it, when that is not the one who enters it: sealed.
    """

    severity: Severity
    text: str = ""
    rule: str = ""
    cause: str = ""
    unit: str = ""
    about: tuple[str, ...] = ()
    origin: Origin = "hand"
    record: str = ""
    mark: str = ""
    reopens: str = ""
    reporter: Personal | None = None
    found_on: date | None = None


class Notified(Event, frozen=True):
    """Those concerned were told of it."""

    to: tuple[str, ...]
    by: str
    via: str = ""


class Assigned(Event, frozen=True):
    """Somebody owns it, and puts it right by a day. A later assignment changes the owner and keeps the day."""

    owner: str
    due: date


class Extended(Event, frozen=True):
    """The head gave more time, for a reason. Every earlier day stays in the finding's history."""

    due: date
    reason: str
    approver: Annotated[str, Signs(role="outlet-head", rule=RECTIFY)]


class Raised(Event, frozen=True):
    """It is overdue and was taken up with somebody higher: step `step` of the ladder."""

    step: int
    to: str
    note: str = ""


class Rectified(Event, frozen=True):
    """It was put right. `practice` says what is done differently since, `rule_changed` which rule text or setting.

    The evidence is a file (its name and SHA-256) or a record of this ledger.
    """

    by: str
    what: str
    evidence: str = ""
    sha256: str = ""
    record: str = ""
    practice: str = ""
    rule_changed: str = ""
    no_change: str = ""


class LookedAcross(Event, frozen=True):
    """Somebody looked whether the same thing is wrong elsewhere; `opened` are the findings that came of it."""

    by: str
    where: str
    result: str
    opened: tuple[str, ...] = ()


class AnaloguesExcused(Event, frozen=True):
    """There is nowhere else to look, and why."""

    by: str
    reason: str


class Verified(Event, frozen=True):
    """Another person saw that it is put right, or that it is not."""

    by: Annotated[str, Signs(rule=STANDARD)]
    effective: bool = True
    note: str = ""


class Closed(Event, frozen=True):
    """It is over. Rule, cause and unit are kept beside it, so that its coming back is seen."""

    by: str
    rule: str = ""
    cause: str = ""
    unit: str = ""

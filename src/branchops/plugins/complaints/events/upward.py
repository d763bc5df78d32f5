"""Head office, the regulator, and the bank's own service line."""

from __future__ import annotations

from typing import Annotated

from branchops.api import Event, Personal, Signs


class BeyondAuthorityConfirmed(Event, frozen=True):
    """The head confirms that it exceeds what the outlet may decide."""

    head: Annotated[str, Signs(role="outlet-head", rule="complaints.escalate-after-head-confirms")]
    reason: str = ""


class Escalated(Event, frozen=True):
    """Reported to head office. A letter's copy stays: `file` and its `sha256`, or the number of the paper copy."""

    to: str
    file: str = ""
    sha256: str = ""
    paper_copy: str = ""
    head_concerned: bool = False


class HqStatus(Event, frozen=True):
    """What head office said. `result`: that is how it ends there."""

    text: str
    result: bool = False


class LimitExtended(Event, frozen=True):
    """The regulator's limit was extended to `days` in all; beyond the complex ones a superior office approved it."""

    days: int
    reason: str
    head: Annotated[str, Signs(role="outlet-head", rule="complaints.track-escalated")]
    approval: str = ""


class HotlineCalled(Event, frozen=True):
    """A customer in the hall held out a telephone: the bank's service line. `verified_by` says how that was made sure.

    `said` is what was disclosed. `called` is the number that was called back. `ended`: answered, or politely.
    """

    staff: str
    verified_by: str = ""
    called: str = ""
    agent: str = ""
    agent_case: str = ""
    said: Personal = ""
    note: str = ""
    ended: str = ""

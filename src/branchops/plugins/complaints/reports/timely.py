"""Replies against their limits, for many complaints at once: a limit is worked out once for all who share it.

Invariant: each complaint counts as `lists.reply_state` says of it alone. Only stamps are compared, and the calendar is
asked where the claimed and the recorded instant of a reply lie on either side of the limit.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import NamedTuple

from branchops.api import Policy, Reading, stamp, unstamp
from branchops.plugins.complaints.duties.clocks import counted
from branchops.plugins.complaints.rules.shared import by_the_hour, reply_limit

VERSION = 1
"""Goes up whenever the meaning of a limit or of `Limits.stand` changes: what is kept is then found anew."""
LIVE = "no_reply = '' AND status NOT IN ('archived', 'withdrawn')"
"""Complaints whose reply is still counted."""


class Clocked(NamedTuple):
    """The columns that the reply clock needs of a case, as stored."""

    received_at: str
    received_on: str | None
    registered_at: str
    first_reply_at: str | None
    first_reply_recorded: str | None


class _Start(NamedTuple):
    received_at: datetime
    received_on: date | None


class Limits:
    """The limits under the calendar of now and the settings of each time."""

    def __init__(self, reading: Reading) -> None:
        self._calendar = reading.calendar
        changes = sorted({change.since for change in reading.policies.changes})
        self._changes = [stamp(moment) for moment in changes]
        self._policies = [reading.policies.at(moment) for moment in (datetime.min.replace(tzinfo=UTC), *changes)]

    @property
    def mark(self) -> str:
        """What every limit follows from: equal marks, equal limits."""
        clocks = [(one["complaints.reply.days"], one["complaints.reply.clock"]) for one in self._policies]
        return f"{VERSION} {self._calendar.mark} {self._changes} {clocks}"

    def stand(self, cases: Iterable[Clocked]) -> Counter[tuple[str, str]]:
        """How the replies of complaints received on one day stand: how many are met or late, and those not given yet
        as (`waiting`, the stamp of their limit)."""
        known: dict[tuple[int, str | None, str], str] = {}
        found: Counter[tuple[str, str]] = Counter()
        for case in cases:
            settings = bisect_right(self._changes, case.registered_at)
            policy = self._policies[settings]
            alike = (settings, case.received_on, case.received_at if by_the_hour(policy) else "")
            due = known.get(alike)
            if due is None:
                due = known[alike] = self._due(case, policy)
            found[self._state(case, due)] += 1
        return found

    def _due(self, case: Clocked, policy: Policy) -> str:
        on = date.fromisoformat(case.received_on) if case.received_on else None
        return stamp(reply_limit(_Start(unstamp(case.received_at), on), policy, self._calendar).due)

    def _state(self, case: Clocked, due: str) -> tuple[str, str]:
        claimed, recorded = case.first_reply_at, case.first_reply_recorded
        if claimed is None or recorded is None:
            return "waiting", due
        if claimed <= due and recorded <= due:
            return "met", ""
        if claimed > due and recorded > due:
            return "late", ""
        return "met" if stamp(counted(unstamp(claimed), unstamp(recorded), self._calendar)) <= due else "late", ""

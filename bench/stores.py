"""Stores to measure on, made through the one path."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from branchops.api import Entry, New
from branchops.core.branch import Branch
from branchops.core.entry import Act
from branchops.core.own.events import OutletRegistered
from branchops.core.people.events import RoleGiven, StaffAdded
from branchops.plugins.complaints.rules.decide import FindCause, Receive, decide_cause, decide_receive


def played(path: Path, events: int, *, recent: int | None = None) -> Branch:
    """A branch with about `events` events: complaints received, each with its cause named.

    All but the last `recent` (None: none of them) are said to have come in over the year before.
    """
    branch = Branch.create(path)
    branch.record(Entry(OutletRegistered(code="0301", name="Riverside"), "outlet-0301"), actor="system")
    today = branch.clock.now().date()
    branch.record(
        Entry(StaffAdded(id="li", name="Li Na", person="li"), "staff-li"),
        Entry(RoleGiven(staff="li", role="complaint-handler", start=today), "staff-li"),
        actor="system",
    )
    left = events // 2
    now = branch.clock.now()
    while left > 0:
        with branch.transaction() as tx:
            for number in range(min(left, 1000)):
                taken = Receive(channel="letter", gist=f"letter {number}", taker="li")
                ago = None if recent is None or left - number <= recent else now - timedelta(days=366 - number % 300)
                received = Act(decide=decide_receive, command=taken, target=New("C"), actor="li", at=ago)
                stream = tx.act(received).stream
                tx.act(Act(decide=decide_cause, command=FindCause(code="C1"), target=stream, actor="li"))
        left -= 1000
    return branch

"""What is owed at the counter: each duty follows from rows, days and the policy it was born under."""

from __future__ import annotations

from branchops.api import DutyRule, gather
from branchops.plugins.counter.duties import cash, controls, daily

DUTIES = tuple(rule for room in (cash, daily, controls) for rule in gather(room, DutyRule))

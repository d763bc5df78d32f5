"""What hygiene makes somebody owe. Daily duties begin once the branch has drawn its zones."""

from __future__ import annotations

from branchops.api import DutyRule, gather
from branchops.plugins.hygiene.duties import cases, daily, schedules

DUTIES = (*gather(daily, DutyRule), *gather(schedules, DutyRule), *gather(cases, DutyRule))

"""What complaints make somebody owe, and until when. Each function derives one rule's duties of one row or day."""

from __future__ import annotations

from branchops.api import DutyRule, gather
from branchops.plugins.complaints.duties import book, clocks, desk, handling, remedies, upward

DUTIES = tuple(rule for room in (clocks, handling, remedies, upward, book, desk) for rule in gather(room, DutyRule))

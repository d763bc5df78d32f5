"""What training makes somebody owe, and until when."""

from __future__ import annotations

from branchops.api import DutyRule, gather
from branchops.plugins.training.duties import loop, sessions, topics

DUTIES = tuple(rule for room in (sessions, topics, loop) for rule in gather(room, DutyRule))

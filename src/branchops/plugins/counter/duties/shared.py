"""What several duties share."""

from __future__ import annotations

from datetime import datetime

from branchops.api import Calendar
from branchops.plugins.counter.views.shared import Done


def counted(done: Done | None, calendar: Calendar) -> datetime | None:
    """When something counts as done: as claimed if it was recorded the same day, else when it was recorded."""
    if done is None:
        return None
    same_day = calendar.day_of(done.at) == calendar.day_of(done.recorded)
    return done.at if same_day else done.recorded

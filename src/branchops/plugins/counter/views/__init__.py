"""The counter's read models: pure folds of events into rows."""

from __future__ import annotations

from branchops.plugins.counter.events import EVENTS
from branchops.plugins.counter.views import custody, differences, ids, managing, registers, seat

VIEWS = (
    *seat.VIEWS,
    *custody.VIEWS,
    *differences.VIEWS,
    *ids.VIEWS,
    *registers.VIEWS,
    *managing.VIEWS,
    registers.breach_view(tuple(kind.name for kind in EVENTS)),
)

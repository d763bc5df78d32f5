"""What the entries of improve are called: types by their stored names, marked for the catalogue."""

from __future__ import annotations

from branchops.api import N_

TYPES = (
    N_("improve.opened"), N_("improve.notified"), N_("improve.assigned"), N_("improve.extended"),
    N_("improve.raised"), N_("improve.rectified"), N_("improve.looked-across"), N_("improve.analogues-excused"),
    N_("improve.verified"), N_("improve.closed"), N_("improve.plan-made"), N_("improve.target-added"),
    N_("improve.observed"), N_("improve.principle-stated"), N_("improve.task-added"), N_("improve.task-assigned"),
    N_("improve.task-done"), N_("improve.task-dropped"), N_("improve.measure-taken"),
    N_("improve.measure-reclassified"),
)  # fmt: skip
"""Types of entries."""

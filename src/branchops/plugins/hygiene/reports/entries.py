"""What the entries of hygiene are called: types by their stored names, marked for the catalogue."""

from __future__ import annotations

from branchops.api import N_

TYPES = (
    N_("hygiene.violation-added"), N_("hygiene.violation-confirmed"), N_("hygiene.violation-appealed"),
    N_("hygiene.appeal-decided"), N_("hygiene.violation-merged"), N_("hygiene.fund-received"),
    N_("hygiene.fund-spent"), N_("hygiene.fund-refunded"), N_("hygiene.rota-made"), N_("hygiene.turns-swapped"),
    N_("hygiene.turn-covered"), N_("hygiene.task-done"), N_("hygiene.clean-up-held"),
    N_("hygiene.attendance-corrected"), N_("hygiene.room-used"), N_("hygiene.room-cleaned"),
    N_("hygiene.material-taken"), N_("hygiene.material-returned"), N_("hygiene.inspected"), N_("hygiene.action-done"),
    N_("hygiene.visit-imported"), N_("hygiene.finding-imported"), N_("hygiene.site-imported"),
    N_("hygiene.spot-checks-planned"), N_("hygiene.spot-checks-revealed"), N_("hygiene.room-listed"),
    N_("hygiene.zone-drawn"), N_("hygiene.owner-set"), N_("hygiene.zone-closed"), N_("hygiene.asset-listed"),
    N_("hygiene.asset-moved"), N_("hygiene.asset-gone"),
)  # fmt: skip
"""Types of entries."""

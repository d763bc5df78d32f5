"""What the entries of training are called: types by their stored names, marked for the catalogue."""

from __future__ import annotations

from branchops.api import N_

TYPES = (
    N_("training.session-planned"), N_("training.booked"), N_("training.session-held"), N_("training.attended"),
    N_("training.minutes-kept"), N_("training.quiz-taken"), N_("training.signed-off"),
    N_("training.reflection-written"), N_("training.reflection-reviewed"), N_("training.acknowledged"),
    N_("training.waived"), N_("training.observed"), N_("training.second-sheet"), N_("training.refusal-recorded"),
    N_("training.accommodated"), N_("training.appearance-checked"), N_("training.good-deed-noted"),
    N_("training.care-given"), N_("training.incident-noted"), N_("training.checked-in"),
    N_("training.record-imported"),
)  # fmt: skip
"""Types of entries."""

"""What the entries of counter are called: types by their stored names, marked for the catalogue."""

from __future__ import annotations

from branchops.api import N_

TYPES = (
    N_("counter.seat-left"), N_("counter.count-attested"), N_("counter.signed-off"), N_("counter.returned"),
    N_("counter.balanced"), N_("counter.cash-received"), N_("counter.vaulted-in"), N_("counter.final-counted"),
    N_("counter.bag-sealed"), N_("counter.bag-opened"), N_("counter.incident-raised"), N_("counter.incident-cleared"),
    N_("counter.van-met"), N_("counter.van-left"), N_("counter.van-none"), N_("counter.stamp-assigned"),
    N_("counter.stamp-handed-over"), N_("counter.stamp-stowed"), N_("counter.stamp-taken"), N_("counter.stamp-lost"),
    N_("counter.difference-opened"), N_("counter.difference-resolved"), N_("counter.difference-suspended"),
    N_("counter.difference-followed-up"), N_("counter.claim-linked"), N_("counter.difference-disposed"),
    N_("counter.device-counted"), N_("counter.user-id-seen"), N_("counter.id-purged"), N_("counter.id-waived"),
    N_("counter.ids-reviewed"), N_("counter.special-entered"), N_("counter.special-printed"),
    N_("counter.custodian-set"), N_("counter.custody-handed-over"), N_("counter.statements-moved"),
    N_("counter.seal-checked"), N_("counter.seal-totalled"), N_("counter.breach-observed"),
    N_("counter.assistance-witnessed"), N_("counter.ticked"), N_("counter.control-set"),
    N_("counter.control-exercised"), N_("counter.control-retired"), N_("counter.inspection-planned"),
    N_("counter.inspection-done"), N_("counter.assessed"), N_("counter.assessment-appealed"),
    N_("counter.merit-recorded"), N_("counter.suggested"), N_("counter.suggestion-decided"),
    N_("counter.statement-read"),
)  # fmt: skip
"""Types of entries."""

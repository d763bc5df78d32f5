"""Questions over hygiene: reports, registers, imports, checks, and how records are shown."""

from __future__ import annotations

from branchops.api import N_, Offer, Report, Showing
from branchops.plugins.hygiene.imports.kinds import KINDS
from branchops.plugins.hygiene.reports.checks import hygiene_is_set_up
from branchops.plugins.hygiene.reports.cleanups import clean_up_table
from branchops.plugins.hygiene.reports.fund import statement
from branchops.plugins.hygiene.reports.inspections import inspection_page, inspectors, scores
from branchops.plugins.hygiene.reports.penalties import book_table, penalty_table
from branchops.plugins.hygiene.reports.rota import proof_page, rota_sheet
from branchops.plugins.hygiene.reports.spotchecks import plan_page, predictability
from branchops.plugins.hygiene.reports.violations import violation_page
from branchops.plugins.hygiene.reports.visits import visits_table
from branchops.plugins.hygiene.reports.zones import coverage, zone_table

FUND = ("hygiene.penalties-fund-activities",)
OFFER = Offer(
    reports=(
        Report(name="hygiene-fund", title=N_("Statement of the activity fund"), make=statement, rules=FUND),
        Report(name="hygiene-penalties", title=N_("Penalties"), make=penalty_table),
        Report(name="hygiene-penalty-book", title=N_("Penalty book"), make=book_table),
        Report(name="hygiene-rota", title=N_("Duty rota"), make=rota_sheet),
        Report(name="hygiene-rota-proof", title=N_("Proof of fairness"), make=proof_page),
        Report(
            name="hygiene-big-clean",
            title=N_("Big clean-ups"),
            make=clean_up_table,
            rules=("hygiene.big-clean-twice-monthly",),
        ),
        Report(
            name="hygiene-zones",
            title=N_("Zones"),
            make=zone_table,
            rules=("hygiene.public-area-defined",),
            period=False,
        ),
        Report(
            name="hygiene-rooms",
            title=N_("Rooms and zones"),
            make=coverage,
            rules=("hygiene.applies-to-all-offices",),
            period=False,
        ),
        Report(
            name="hygiene-scores",
            title=N_("Inspection scores"),
            make=scores,
            rules=("hygiene.consciously-keep-office",),
        ),
        Report(name="hygiene-inspectors", title=N_("Inspector effect"), make=inspectors),
        Report(name="hygiene-spot-checks", title=N_("Spot checks: coverage and predictability"), make=predictability),
        Report(name="hygiene-visits", title=N_("Inspections of other registers"), make=visits_table),
    ),
    imports=KINDS,
    shows=(
        Showing(prefix="V", view="hygiene.violation", page=violation_page),
        Showing(prefix="HI", view="hygiene.inspection", page=inspection_page),
        Showing(prefix="SC", view="hygiene.spot-plan", page=plan_page),
    ),
    checks=(hygiene_is_set_up,),
)

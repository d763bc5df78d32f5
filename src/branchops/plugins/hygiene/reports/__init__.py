"""Questions over hygiene: reports, registers, imports, checks, and how records are shown."""

from __future__ import annotations

from branchops.api import N_, Offer, Report, Showing
from branchops.plugins.hygiene.reports.fund import statement
from branchops.plugins.hygiene.reports.penalties import book_table, penalty_table
from branchops.plugins.hygiene.reports.violations import violation_page

OFFER = Offer(
    reports=(
        Report(
            name="hygiene-fund",
            title=N_("Statement of the activity fund"),
            make=statement,
            rules=("hygiene.penalties-fund-activities",),
        ),
        Report(name="hygiene-penalties", title=N_("Penalties"), make=penalty_table),
        Report(name="hygiene-penalty-book", title=N_("Penalty book"), make=book_table),
    ),
    shows=(Showing(prefix="V", view="hygiene.violation", page=violation_page),),
)

"""Questions over findings and plans, and the branch's board."""

from __future__ import annotations

from typing import Any

from branchops.api import N_, Offer, Page, Reading, Report, Showing


def findings_register(reading: Reading) -> Any:
    """All findings of the period, as a register to print."""
    from branchops.plugins.improve.reports.findings import register

    return register(reading)


def repeat_findings(reading: Reading) -> Any:
    """What came back, and the repeat rate."""
    from branchops.plugins.improve.reports.repeats import repeat_rate

    return repeat_rate(reading)


def findings_by_rule(reading: Reading) -> Any:
    """How each rule fares."""
    from branchops.plugins.improve.reports.repeats import by_rule

    return by_rule(reading)


def measures_by_kind(reading: Reading) -> Any:
    """Measures by kind, and the share that answers a real problem."""
    from branchops.plugins.improve.reports.measures import by_kind

    return by_kind(reading)


def plan_status(reading: Reading) -> Any:
    """Target against actual."""
    from branchops.plugins.improve.reports.plans import status_table

    return status_table(reading)


def indicator_table(reading: Reading) -> Any:
    """All metrics with n and source."""
    from branchops.plugins.improve.reports.figures import indicators

    return indicators(reading)


def branch_board(reading: Reading) -> Any:
    """The board."""
    from branchops.plugins.improve.reports.board import board

    return board(reading)


def finding_page(row: Any, reading: Reading) -> Page:
    """One finding; what is owed on it `show` tells by itself."""
    from branchops.plugins.improve.reports.findings import page

    return page(row, reading, owed=False)


def plan_page(row: Any, reading: Reading) -> Page:
    """One plan as a document."""
    from branchops.plugins.improve.reports.plans import document

    return document(row, reading)


def measure_page(row: Any, reading: Reading) -> Page:
    """One measure."""
    from branchops.plugins.improve.reports.measures import page

    return page(row, reading)


def lint_plans(reading: Reading) -> Any:
    """What the plans that run still lack."""
    from branchops.plugins.improve.reports.lint import faults
    from branchops.plugins.improve.reports.queries import rows

    for plan in rows(reading, "improve.plan", "last >= :today"):
        for fault in faults(plan, reading):
            yield fault.verdict


OFFER = Offer(
    reports=(
        Report(
            name="findings",
            title=N_("Findings: from open to closed"),
            make=findings_register,
            rules=("counter.findings-rectified-promptly",),
        ),
        Report(name="repeat-findings", title=N_("Repeat findings"), make=repeat_findings, lists=True),
        Report(name="findings-by-rule", title=N_("Findings by rule"), make=findings_by_rule),
        Report(name="measures", title=N_("Measures by kind"), make=measures_by_kind, rules=("plan.classify-measure",)),
        Report(name="plans", title=N_("Plans: target against actual"), make=plan_status, rules=("plan.set-targets",)),
        Report(name="indicators", title=N_("Indicators"), make=indicator_table),
        Report(name="board", title=N_("The branch's board"), make=branch_board),
    ),
    shows=(
        Showing(prefix="F", view="improve.finding", page=finding_page),
        Showing(prefix="P", view="improve.plan", page=plan_page),
        Showing(prefix="M", view="improve.measure", page=measure_page),
    ),
    checks=(lint_plans,),
)

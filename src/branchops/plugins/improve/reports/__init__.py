"""Questions over findings and plans, and the branch's board."""

from __future__ import annotations

from typing import Any

from branchops.api import N_, Offer, Page, Reading, Report, Showing


def _findings(reading: Reading) -> Any:
    from branchops.plugins.improve.reports.findings import register

    return register(reading)


def _repeats(reading: Reading) -> Any:
    from branchops.plugins.improve.reports.repeats import repeat_rate

    return repeat_rate(reading)


def _by_rule(reading: Reading) -> Any:
    from branchops.plugins.improve.reports.repeats import by_rule

    return by_rule(reading)


def _measures(reading: Reading) -> Any:
    from branchops.plugins.improve.reports.measures import by_kind

    return by_kind(reading)


def _plans(reading: Reading) -> Any:
    from branchops.plugins.improve.reports.plans import status_table

    return status_table(reading)


def _indicators(reading: Reading) -> Any:
    from branchops.plugins.improve.reports.figures import indicators

    return indicators(reading)


def _board(reading: Reading) -> Any:
    from branchops.plugins.improve.reports.board import board

    return board(reading)


def _finding_page(row: Any, reading: Reading) -> Page:
    from branchops.plugins.improve.reports.findings import page

    return page(row, reading)


def _plan_page(row: Any, reading: Reading) -> Page:
    from branchops.plugins.improve.reports.plans import document

    return document(row, reading)


def _measure_page(row: Any, reading: Reading) -> Page:
    from branchops.plugins.improve.reports.measures import page

    return page(row, reading)


def _lint(reading: Reading) -> Any:
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
            make=_findings,
            rules=("counter.findings-rectified-promptly",),
        ),
        Report(name="repeat-findings", title=N_("Repeat findings"), make=_repeats),
        Report(name="findings-by-rule", title=N_("Findings by rule"), make=_by_rule),
        Report(name="measures", title=N_("Measures by kind"), make=_measures, rules=("plan.classify-measure",)),
        Report(name="plans", title=N_("Plans: target against actual"), make=_plans, rules=("plan.set-targets",)),
        Report(name="indicators", title=N_("Indicators"), make=_indicators),
        Report(name="board", title=N_("The branch's board"), make=_board),
    ),
    shows=(
        Showing(prefix="F", view="improve.finding", page=_finding_page),
        Showing(prefix="P", view="improve.plan", page=_plan_page),
        Showing(prefix="M", view="improve.measure", page=_measure_page),
    ),
    checks=(_lint,),
)

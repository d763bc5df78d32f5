"""Questions over the counter: what `report`, `show`, `import` and `rules check` are offered."""

from __future__ import annotations

from branchops.api import N_, Offer, Report, Showing
from branchops.plugins.counter.reports import (
    breaches,
    controls,
    custody,
    differences,
    hints,
    managing,
    registers,
    risk,
    seat,
)
from branchops.plugins.counter.reports.imports import IMPORTS

REPORTS = (
    Report(name="differences", title=N_("Register of cash differences"), make=differences.register),
    Report(name="over-short", title=N_("Over and short, per person"), make=differences.over_short),
    Report(name="devices", title=N_("Machines as counted"), make=differences.devices, period=False),
    Report(name="time-to-safe", title=N_("Large cash to the safe"), make=seat.time_to_safe),
    Report(
        name="special-register",
        title=N_("Special-business register"),
        make=registers.special_of_period,
        rules=("counter.special-register-entered", "counter.special-register-printed"),
    ),
    Report(
        name="forced-pass",
        title=N_("Seals passed by force"),
        make=registers.forced_pass,
        rules=("counter.seal-forced-pass-minimise",),
    ),
    Report(name="breaches", title=N_("Breaches"), make=breaches.breach_register),
    Report(
        name="breach-trend",
        title=N_("Breaches by month"),
        make=breaches.breach_trend,
        rules=("counter.stop-irregular-operation",),
    ),
    Report(
        name="performance",
        title=N_("Duties kept"),
        make=breaches.performance,
        rules=("counter.carry-through-controls",),
    ),
    Report(
        name="honour", title=N_("Honour list"), make=breaches.honour, rules=("counter.honour-climate",), period=False
    ),
    Report(
        name="risk", title=N_("Key risk indicators"), make=risk.risk_board, rules=("counter.operational-risk-minimum",)
    ),
    Report(name="hints", title=N_("Hints"), make=hints.hints, lists=True),
    Report(
        name="coverage", title=N_("Coverage"), make=controls.coverage, rules=("counter.plug-loopholes",), period=False
    ),
    Report(name="inspections", title=N_("Inspections"), make=controls.inspections, lists=True),
    Report(name="assessments", title=N_("Assessments"), make=managing.assessments),
    Report(name="merits", title=N_("Rewards and sanctions"), make=managing.merits),
    Report(
        name="suggestions",
        title=N_("Suggestions"),
        make=managing.suggestions,
        rules=("counter.improve-and-obey-rules",),
        lists=True,
    ),
    Report(
        name="readings",
        title=N_("Statement on internal control: who has signed"),
        make=managing.readings,
        rules=("counter.internal-control-first",),
        period=False,
    ),
)

OFFER = Offer(
    reports=REPORTS,
    imports=IMPORTS,
    shows=(
        Showing(prefix="AW", view="counter.absence", page=seat.absence_page),
        Showing(prefix="AS", view="counter.assessment", page=managing.assessment_page),
        Showing(prefix="D", view="counter.diff", page=differences.page),
        Showing(prefix="SB", view="counter.special", page=registers.special_page),
        Showing(prefix="CL", view="counter.control", page=controls.control_page),
        Showing(prefix="IN", view="counter.inspection", page=controls.inspection_page),
        Showing(prefix="IC", view="counter.incident", page=custody.incident_page),
        Showing(prefix="RS", view="counter.merit", page=managing.merit_page),
        Showing(prefix="SG", view="counter.suggestion", page=managing.suggestion_page),
        Showing(prefix="till", view="counter.till", page=seat.till_page),
        Showing(prefix="bag", view="counter.bag", page=custody.bag_page),
        Showing(prefix="van", view="counter.van", page=custody.van_page),
        Showing(prefix="stamp", view="counter.stamp", page=custody.stamp_page),
        Showing(prefix="statements", view="counter.custody", page=registers.custody_page),
    ),
    checks=(controls.controls_checked, controls.custodian_checked),
)

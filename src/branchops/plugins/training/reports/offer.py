"""Questions over training and service, and what is exchanged with other systems."""

from __future__ import annotations

from typing import TextIO

from branchops.api import N_, Export, Offer, Reading, Report, Showing
from branchops.plugins.training.exchange.records import KIND
from branchops.plugins.training.reports import checks, loop, matrix, pages, records, service, statistics


def _write_xapi(reading: Reading, stream: TextIO) -> None:
    from branchops.plugins.training.exchange.xapi import write_xapi

    write_xapi(reading, stream)


def _report(name: str, title: str, make: object, *rules: str, period: bool = True, lists: bool = False) -> Report:
    return Report(name=name, title=title, make=make, rules=rules, period=period, lists=lists)  # type: ignore[arg-type]


OFFER = Offer(
    reports=(
        _report("training-matrix", N_("Training matrix"), matrix.matrix, "training.rules-study", period=False),
        _report("training-coverage", N_("Coverage by topic"), matrix.coverage, "training.service-is-lifeblood",
                "counter.internal-control-first", period=False),
        _report("training-expiring", N_("Expiring competences"), matrix.expiring, "training.ethics-and-skill",
                period=False),
        _report("training-hours", N_("Training hours and coverage"), statistics.hours, "training.operation-skills"),
        _report("training-trend", N_("Competence by cohort"), statistics.trend, "training.raise-competence"),
        _report("training-saturdays", N_("Study Saturdays"), statistics.saturdays, "training.odd-saturday-am-study"),
        _report("training-reflections", N_("Reflections"), pages.reflections, "training.reflection-essay",
                lists=True),
        _report("training-records", N_("Imported training records"), records.records, period=False),
        _report("service-gap", N_("Announced against mystery visits"), service.gap, "training.heart-not-surface"),
        _report("service-agreement", N_("Agreement of observers"), service.agreement, "training.smile-sincerely"),
        _report("service-trend", N_("Observations over time"), service.persistence, "training.mind-details"),
        _report("service-loop", N_("After upheld complaints"), loop.loop, "training.customer-centred-empathy"),
        _report("service-refusals", N_("Small business refused"), service.refusals,
                "training.never-refuse-small-business", lists=True),
        _report("good-deeds", N_("Good deeds"), service.good_deeds, "training.thankful-devoted",
                "training.observe-and-anticipate", lists=True),
        _report("teller-care", N_("Care for tellers"), service.care, "training.care-for-tellers"),
    ),
    imports=(KIND,),
    checks=(checks.who_signs, checks.who_observes),
    exports=(Export(name="xapi", title=N_("training records as xAPI 1.0.3 statements"), write=_write_xapi),),
    shows=(
        Showing(prefix="TS", view="training.session", page=pages.session_page),
        Showing(prefix="TO", view="training.observation", page=pages.observation_page),
        Showing(prefix="TR", view="training.refusal", page=pages.refusal_page),
    ),
)  # fmt: skip

"""Measures: how many of each kind, how many answer a real problem, and which did not hold."""

from __future__ import annotations

from typing import Any

from branchops.api import BranchOpsError, Column, Page, Reading, Said, Table, _
from branchops.plugins.improve.reports.findings import came_back
from branchops.plugins.improve.reports.queries import rows
from branchops.plugins.improve.reports.repeats import share
from branchops.plugins.improve.reports.words import MEASURES
from branchops.plugins.improve.views import Finding, Measure


def findings_of(reading: Reading, problem: str) -> list[Finding]:
    """The findings behind a measure's problem: the finding itself, or those that a record has opened."""
    if problem.startswith("F-"):
        row = reading.row("improve.finding", problem)
        return [row] if row is not None else []
    return list(reading.rows("improve.finding", {"record": problem})) if problem else []


def is_real(reading: Reading, problem: str) -> bool:
    """Whether a problem is a finding or complaint of this ledger."""
    if not problem or findings_of(reading, problem):
        return bool(problem)
    try:
        return problem.startswith("C-") and reading.row("complaints.case", problem) is not None
    except BranchOpsError:  # without that plugin nobody can tell
        return False


def returned(reading: Reading, measure: Measure) -> tuple[str, ...]:
    """The findings by which a measure's problem came back after it was closed: the measure did not hold."""
    return tuple(back for row in findings_of(reading, measure.problem) for back in came_back(reading, row))


def by_kind(reading: Reading) -> Table:
    """Measures of the period by their present kind."""
    found: list[Measure] = list(
        rows(reading, "improve.measure", "taken_at >= :start AND taken_at < :end", order="taken_at, id")
    )
    columns = (
        Column("kind", _("Kind"), shown=False),
        Column("title", _("Kind")),
        Column("measures", _("Measures"), kind="number"),
        Column("real", _("Answer a real problem"), kind="number"),
        Column("ineffective", _("Problem came back"), kind="number"),
        Column("reclassified", _("Classified anew"), kind="number"),
    )
    lines = []
    for kind, title in MEASURES.items():
        own = [measure for measure in found if measure.kind == kind]
        lines.append(
            {
                "kind": kind,
                "title": _(title),
                "measures": len(own),
                "real": len([measure for measure in own if is_real(reading, measure.problem)]),
                "ineffective": sum(bool(returned(reading, measure)) for measure in own),
                "reclassified": sum(len(measure.kinds) > 1 for measure in own),
            }
        )
    real = len([measure for measure in found if is_real(reading, measure.problem)])
    note = _("Measures that answer a real problem: {share}.").format(share=share(real, len(found)))
    return Table(columns, lines, title=_("Measures by kind"), notes=(note,))


def page(row: Measure, reading: Reading) -> Page:
    """One measure with all it was classified as."""
    back = returned(reading, row)
    facts: dict[str, Any] = {
        "id": row.id,
        "measure": row.text,
        "kind": Said(row.kind, _(MEASURES.get(row.kind, row.kind))),
        "problem": row.problem,
        "real": is_real(reading, row.problem),
        "plan": row.plan,
        "principle": row.principle,
        "owner": reading.name(row.owner),
        "taken_at": row.taken_at,
        "effect": Said("came-back", _("not effective: it came back")) if back else "",
        "came_back_as": list(back),
    }
    labels = (
        Column("id", _("Id")),
        Column("measure", _("Measure")),
        Column("kind", _("Kind")),
        Column("problem", _("Problem")),
        Column("real", _("Answers a real problem"), kind="bool"),
        Column("plan", _("Plan")),
        Column("principle", _("Principle")),
        Column("owner", _("Owner")),
        Column("taken_at", _("Taken"), kind="time"),
        Column("effect", _("Effect")),
        Column("came_back_as", _("Came back as")),
    )
    kinds = Table(
        (
            Column("since", _("Since"), kind="time"),
            Column("kind", _("Kind")),
            Column("by", _("By")),
            Column("reason", _("Reason")),
        ),
        [
            {
                "since": one.at,
                "kind": Said(one.text, _(MEASURES.get(one.text, one.text))),
                "by": one.by,
                "reason": one.reason,
            }
            for one in row.kinds
        ],
        title=_("Classified as"),
        key="kinds",
    )
    kept = {key: value for key, value in facts.items() if value not in ("", None, [])}
    return Page(_("Measure {id}").format(id=row.id), kept, (kinds,), labels)

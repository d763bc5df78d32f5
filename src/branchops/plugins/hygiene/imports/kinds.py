"""What `import` can read into hygiene: inspections, findings and sites of other registers.

Invariant: `prepare` is a pure function of the row. Dates stay the dates they are; what a source does not tell stays
unknown and never becomes a zero or a pass.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from branchops.api import N_, ImportKind, Policy, Prepared, _
from branchops.plugins.hygiene.events.inspections import FindingImported, SiteImported, VisitImported

COMMON = {"id": N_("the source's own key"), "source": N_("short name of the source"), "site": N_("code of the place")}
VISIT = {
    **COMMON,
    "name": N_("name of the place"),
    "on": N_("day of the inspection, ISO (or a [dates] form in the mapping)"),
    "kind": N_("kind of inspection"),
    "result": N_("the source's own word for the result"),
    "outcome": N_("our word: pass, conditions, fail, no-entry, not-ready, gone, other"),
    "score": N_("score on the source's own scale"),
    "critical": N_("number of critical findings"),
    "serious": N_("number of serious findings"),
    "minor": N_("number of minor findings"),
    "text": N_("findings in words, with | between them"),
}
FINDING = {
    **COMMON,
    "on": N_("day of the inspection, ISO (or a [dates] form in the mapping)"),
    "text": N_("the finding"),
    "severity": N_("how grave it is"),
}
SITE = {**COMMON, "name": N_("name of the place"), "address": N_("its address"), "kind": N_("kind of place")}
OUTCOMES = ("pass", "conditions", "fail", "no-entry", "not-ready", "gone", "other")
SEPARATOR = re.compile(r"\s\|\s")
UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class Take(msgspec.Struct, frozen=True, kw_only=True):
    """An inspection of another register."""

    visit: VisitImported


def decide_take(_state: object, command: Take, _policy: Policy) -> VisitImported:
    """It is kept as it was told."""
    return command.visit


class TakeFinding(msgspec.Struct, frozen=True, kw_only=True):
    """A finding of another register."""

    finding: FindingImported


def decide_take_finding(_state: object, command: TakeFinding, _policy: Policy) -> FindingImported:
    """It is kept as it was told."""
    return command.finding


class TakeSite(msgspec.Struct, frozen=True, kw_only=True):
    """A place of another register."""

    site: SiteImported


def decide_take_site(_state: object, command: TakeSite, _policy: Policy) -> SiteImported:
    """It is kept as it was told."""
    return command.site


def prepare_visit(row: Mapping[str, str]) -> Prepared:
    """One inspection. ValueError names what is missing or unreadable."""
    told = _told(row)
    day, text = _day(told), told.get("text", "")
    outcome = told.get("outcome", "")
    if outcome and outcome not in OUTCOMES:
        raise ValueError(_("outcome: “{value}” is none of {names}").format(value=outcome, names=", ".join(OUTCOMES)))
    visit = VisitImported(
        source=_need(told, "source"),
        site=_need(told, "site"),
        name=told.get("name", ""),
        on=day,
        kind=told.get("kind", ""),
        result=told.get("result", ""),
        outcome=outcome,
        score=_decimal(told, "score"),
        critical=_count(told, "critical"),
        serious=_count(told, "serious"),
        minor=_count(told, "minor"),
        findings=(len(SEPARATOR.split(text)) if text else 0) if "text" in row else None,
        text=text,
    )
    return _prepared(decide_take, Take(visit=visit), "visit", told, day)


def prepare_finding(row: Mapping[str, str]) -> Prepared:
    """One finding."""
    told = _told(row)
    day = _day(told)
    finding = FindingImported(
        source=_need(told, "source"),
        site=_need(told, "site"),
        on=day,
        text=_need(told, "text"),
        severity=told.get("severity", ""),
    )
    return _prepared(decide_take_finding, TakeFinding(finding=finding), "finding", told, day)


def prepare_site(row: Mapping[str, str]) -> Prepared:
    """One place."""
    told = _told(row)
    site = SiteImported(
        source=_need(told, "source"),
        site=_need(told, "site"),
        name=_need(told, "name"),
        address=told.get("address", ""),
        kind=told.get("kind", ""),
    )
    return _prepared(decide_take_site, TakeSite(site=site), "site", told, None)


def _told(row: Mapping[str, str]) -> dict[str, str]:
    return {name: text.strip() for name, text in row.items() if text and text.strip()}


def _need(told: Mapping[str, str], name: str) -> str:
    if name not in told:
        raise ValueError(_("{name} is missing").format(name=name))
    return told[name]


def _day(told: Mapping[str, str]) -> date:
    text = _need(told, "on")
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise ValueError(_("on: “{value}” is no ISO date").format(value=text)) from None


def _decimal(told: Mapping[str, str], name: str) -> Decimal | None:
    if name not in told:
        return None
    try:
        found = Decimal(told[name])
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise ValueError(_("{name}: “{value}” is no number").format(name=name, value=told[name]))
    return found


def _count(told: Mapping[str, str], name: str) -> int | None:
    if name not in told:
        return None
    if not told[name].isascii() or not told[name].isdigit():
        raise ValueError(_("{name}: “{value}” is no number").format(name=name, value=told[name]))
    return int(told[name])


def _prepared(decide: Any, command: Any, what: str, told: Mapping[str, str], day: date | None) -> Prepared:
    name = f"{told['source']}-{_need(told, 'id')}"
    return Prepared(
        decide=decide,
        command=command,
        key=f"{what}:{name}",
        target=f"{what}-{UNSAFE.sub('-', name)}",
        at=datetime.combine(day, time(), UTC) if day is not None else None,
        opens=True,
    )


KINDS = (
    ImportKind(
        name="inspections",
        title=N_("Inspections of other registers"),
        fields=VISIT,
        prepare=prepare_visit,
        required=("source", "site", "on"),
        key="id",
    ),
    ImportKind(
        name="inspection-findings",
        title=N_("Findings of other registers"),
        fields=FINDING,
        prepare=prepare_finding,
        required=("source", "site", "on", "text"),
        key="id",
    ),
    ImportKind(
        name="inspection-sites",
        title=N_("Places of other registers"),
        fields=SITE,
        prepare=prepare_site,
        required=("source", "site", "name"),
        key="id",
    ),
)

"""Inspections, what they find, what is put right, and inspections read in from other sources."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from branchops.api import Event, event_types

Answer = Literal["pass", "fail", "na", "scored"]


class Result(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The answer to one checklist row, with the row's own terms at that time: title, points, whether it is critical.

    `got` is what a scored row reached of its points, `reason` a code for not-applicable, `action_days` how many working
    days a fail may stay. `sha256` is the photo's.
    """

    code: str
    answer: Answer
    en: str = ""
    zh: str = ""
    section: str = ""
    rule: str = ""
    points: int = 1
    got: int = 0
    critical: bool = False
    note_on_fail: bool = False
    action_days: int = 0
    reason: str = ""
    note: str = ""
    photo: str = ""
    sha256: str = ""

    def with_photo(self, path: str, digest: str) -> Result:
        """The same answer with a photo."""
        return msgspec.structs.replace(self, photo=path, sha256=digest)


class Inspected(Event, frozen=True):
    """A zone was looked at, row by row. `owners` is whose desk it is; `plan` the spot check it belongs to.

    `template` is the digest of the checklist used: results of different templates are not one series.
    """

    zone: str
    inspector: str
    day: date
    results: tuple[Result, ...]
    owners: tuple[str, ...] = ()
    contractor: bool = False
    announced: bool = False
    plan: str = ""
    template: str = ""
    note: str = ""


class ActionDone(Event, frozen=True):
    """What failed was put right; `verified_by` looked at it again."""

    code: str
    by: str
    verified_by: str = ""
    note: str = ""


class VisitImported(Event, frozen=True):
    """An inspection of another register: kept as its source told it, with the source's own words for the result.

    Stream: `visit-<source>-<its key>`. `outcome` is our word for the result, `score` the source's own scale.
    """

    source: str
    site: str
    name: str
    on: date
    kind: str
    result: str = ""
    outcome: str = ""
    score: Decimal | None = None
    critical: int | None = None
    serious: int | None = None
    minor: int | None = None
    findings: int | None = None
    text: str = ""


class FindingImported(Event, frozen=True):
    """One finding of an inspection in another register. Stream: `finding-<source>-<its key>`."""

    source: str
    site: str
    on: date
    text: str
    severity: str = ""


class SiteImported(Event, frozen=True):
    """A place that another register inspects. Stream: `site-<source>-<its code>`."""

    source: str
    site: str
    name: str
    address: str = ""
    kind: str = ""


INSPECTIONS = (
    *event_types("hygiene", Inspected, ActionDone, state="hygiene.inspection"),
    *event_types("hygiene", VisitImported, state="hygiene.visit"),
    *event_types("hygiene", FindingImported, state="hygiene.finding"),
    *event_types("hygiene", SiteImported, state="hygiene.site"),
)

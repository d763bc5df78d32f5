"""Spot checks: when and where is drawn from a secret seed. The hash comes first, the seed is shown when all is done."""

from __future__ import annotations

from datetime import date, time

from branchops.api import Event, Personal, event_types


class SpotChecksPlanned(Event, frozen=True):
    """A plan was committed to: so many checks on these business days, between these hours, in these zones.

    `commitment` is the SHA-256 that `rules.spotting.commitment` gives for the seed; the seed itself is sealed with the
    key of this plan, so that neither the log nor an export tells when the next check comes. Stream: `SC-2026-0001`.
    """

    days: tuple[date, ...]
    zones: tuple[str, ...]
    checks: int
    start: time
    end: time
    commitment: str
    seed: Personal


class SpotChecksRevealed(Event, frozen=True):
    """The plan is over and its seed is shown: anybody can draw it again and compare."""

    seed: str


SPOTCHECKS = event_types("hygiene", SpotChecksPlanned, SpotChecksRevealed, state="hygiene.spot-plan")

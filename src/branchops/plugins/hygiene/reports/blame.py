"""Who answers for what is found the next morning."""

from __future__ import annotations

from datetime import date

from branchops.api import Reading
from branchops.plugins.hygiene.events.rota import month_stream
from branchops.plugins.hygiene.rules.daily import clean_stream, responsible


def blamed(reading: Reading, kind: str, day: date, zone: str) -> str:
    """The staff id responsible on that business day, or `unknown`."""
    rota = reading.row("hygiene.rota", month_stream(day))
    clean = reading.row("hygiene.clean-day", clean_stream(day))
    where = reading.row("hygiene.zone", f"zone-{zone}") if zone else None
    return responsible(kind, day, rota, clean, where, reading.policy) or "unknown"

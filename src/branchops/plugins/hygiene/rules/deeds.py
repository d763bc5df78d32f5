"""From violations as rows to deeds as the penalty table counts them."""

from __future__ import annotations

from collections.abc import Iterable

from branchops.plugins.hygiene.rules.penalty import Deed
from branchops.plugins.hygiene.views.violation import Violation


def deeds(rows: Iterable[Violation], *, final: bool = False) -> list[Deed]:
    """The deeds of staff among the rows: all that stand, or with `final` those confirmed and not contested."""
    return [
        Deed(row.id, row.person, row.kind, row.at, row.with_guest)
        for row in rows
        if row.offender == "staff" and (row.status == "confirmed" if final else row.standing)
    ]

"""Inspections of other registers, counted by source and outcome."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from branchops.api import Column, Reading, Table, _

SQL = (
    "SELECT source, outcome, count(*), count(score), sum(CAST(score AS REAL)), sum(critical), sum(serious), sum(minor),"
    ' sum(findings) FROM {table} WHERE "on" BETWEEN ? AND ? GROUP BY source, outcome ORDER BY source, outcome'
)


def visits_table(reading: Reading) -> Table:
    """One line a source and outcome: how many, the mean of the scores that there are, findings by gravity."""
    columns = (
        Column("source", _("Source")),
        Column("outcome", _("Outcome")),
        Column("n", "n", kind="number"),
        Column("scored", _("Scored"), kind="number"),
        Column("score", _("Mean score"), kind="number"),
        Column("critical", _("Critical"), kind="number"),
        Column("serious", _("Serious"), kind="number"),
        Column("minor", _("Minor"), kind="number"),
        Column("findings", _("Findings"), kind="number"),
    )
    rows: list[dict[str, Any]] = []
    span = (reading.first.isoformat(), reading.last.isoformat())
    for source, outcome, n, scored, total, *counts in reading.select("hygiene.visit", SQL, span):
        score = (Decimal(str(total)) / scored).quantize(Decimal("0.01"), ROUND_HALF_UP) if scored else None
        line = {"source": source, "outcome": outcome or "-", "n": n, "scored": scored, "score": score}
        rows.append(line | dict(zip(("critical", "serious", "minor", "findings"), counts, strict=True)))
    note = _("n = {n} inspections.").format(n=sum(row["n"] for row in rows)) if rows else _("No data.")
    return Table(columns, rows, title=_("Inspections of other registers"), notes=(note,), key="visits")

"""What imported records come to: counts by course and status, scores, hours."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal

from branchops.api import Column, Reading, Table, _


def records(reading: Reading) -> Table:
    """Records of other systems by source and course: n, learners, statuses, mean score with its n, hours."""
    n: Counter[tuple[str, str]] = Counter()
    learners: dict[tuple[str, str], set[str]] = defaultdict(set)
    statuses: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    scores: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    hours: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in reading.rows("training.record"):
        key = (row.source, row.course)
        n[key] += 1
        learners[key].add(row.learner)
        statuses[key][row.status or "-"] += 1
        hours[key] += row.hours or 0
        if row.score is not None:
            scores[key].append(row.score)
    rows = [
        {
            "source": source,
            "course": course,
            "n": n[source, course],
            "learners": len(learners[source, course]),
            "statuses": ", ".join(f"{name} {count}" for name, count in sorted(statuses[source, course].items())),
            "scores": len(scores[source, course]),
            "score": (sum(found, Decimal(0)) / len(found)).quantize(Decimal("0.01"))
            if (found := scores[source, course])
            else None,
            "hours": hours[source, course] or None,
        }
        for source, course in sorted(n)
    ]
    columns = (
        Column("source", _("Source")),
        Column("course", _("Course")),
        Column("n", _("n"), kind="number"),
        Column("learners", _("Learners"), kind="number"),
        Column("statuses", _("Status")),
        Column("scores", _("Scores (n)"), kind="number"),
        Column("score", _("Mean"), kind="number"),
        Column("hours", _("Hours"), kind="number"),
    )
    return Table(columns, rows, title=_("Imported training records"), notes=() if rows else (_("No records."),))

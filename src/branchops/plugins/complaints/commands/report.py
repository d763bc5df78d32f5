"""`branchops complaints report`: send the statistics of a period up."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from branchops.api import N_, act, session
from branchops.plugins.complaints.reports.printing import digest_of
from branchops.plugins.complaints.reports.statistics import statistics
from branchops.plugins.complaints.rules.decide import DESK, ReportPeriod, decide_report

app = typer.Typer()


@app.command()
def report(
    period: Annotated[str, typer.Argument(help=N_("such as 2026-11, 2026-Q4 or 2026"))],
    to: Annotated[str, typer.Option(help=N_("who receives it (default: complaints.report.to)"))] = "",
) -> None:
    """Record that the statistics of a period were reported to head office; a nil return too.

    Example: branchops complaints report 2026-11
    """
    run = session()
    reading = run.reading(period)
    page = statistics(reading)
    receiver = to or reading.policy["complaints.report.to"]
    n = int(page.facts["received"])
    told = [(table.key, *map(_mark, table.rows)) for table in page.sections]
    command = ReportPeriod(period=period, to=receiver, n=n, digest=digest_of(told))
    act(decide_report, command, DESK, opens=True)


def _mark(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a line of the statistics says, without its words."""
    return row.get("figure", row.get("code")), row["n"], row.get("of")

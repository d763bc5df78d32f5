"""`branchops complaints stats`: statistics of a period."""

from typing import Annotated

import typer

from branchops.api import N_, UsageError, _, run_report
from branchops.plugins.complaints.commands.shared import today

app = typer.Typer()


@app.command()
def stats(
    period: Annotated[
        str, typer.Argument(help=N_("such as 2026-11, 2026-Q4 or 2026 (default: this month)"), metavar="[PERIOD]")
    ] = "",
    month: Annotated[bool, typer.Option(help=N_("this month"))] = False,
    quarter: Annotated[bool, typer.Option(help=N_("this quarter"))] = False,
    year: Annotated[bool, typer.Option(help=N_("this year"))] = False,
) -> None:
    """Show the statistics of a month, quarter or year.

    Example: branchops complaints stats 2026-11
    """
    day = today()
    chosen = str(day.year) if year else f"{day.year}-Q{(day.month + 2) // 3}" if quarter else f"{day:%Y-%m}"
    if period and (month or quarter or year):
        raise UsageError(_("Name a period, or use one of --month, --quarter, --year."))
    run_report("complaint-statistics", period=period or chosen)

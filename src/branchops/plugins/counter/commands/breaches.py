"""`branchops counter breaches`: the register of breaches with its trend."""

from typing import Annotated

import typer

from branchops.api import N_, session
from branchops.plugins.counter.reports.breaches import breach_register, breach_trend

app = typer.Typer()


@app.command()
def breaches(
    period: Annotated[str, typer.Option(help=N_("2026-11, 2026-Q4, 2026"))] = "",
    trend: Annotated[bool, typer.Option("--trend", help=N_("by month and rule, beside the inspections"))] = False,
) -> None:
    """Show every breach at the counter, or how many there were each month.

    Example: branchops counter breaches --trend
    """
    run = session()
    reading = run.reading(period)
    run.show(breach_trend(reading) if trend else breach_register(reading))

"""`branchops complaints analyse`: causes."""

from typing import Annotated

import typer

from branchops.api import N_, run_report

app = typer.Typer()


@app.command()
def analyse(
    period: Annotated[
        str, typer.Argument(help=N_("such as 2026-11, 2026-Q4 or 2026 (default: everything)"), metavar="[PERIOD]")
    ] = "",
) -> None:
    """Show the causes of complaints, the most frequent first.

    Example: branchops complaints analyse 2026-Q4
    """
    run_report("complaint-causes", period=period)

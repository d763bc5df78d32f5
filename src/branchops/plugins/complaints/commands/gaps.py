"""`branchops complaints gaps`: what registers lack."""

from typing import Annotated

import typer

from branchops.api import N_, run_report
from branchops.plugins.complaints.commands.shared import Limit

app = typer.Typer()


@app.command()
def gaps(
    period: Annotated[
        str, typer.Argument(help=N_("such as 2026-11, 2026-Q4 or 2026 (default: everything)"), metavar="[PERIOD]")
    ] = "",
    limit: Limit = None,
) -> None:
    """List what the registers of a period still lack.

    Example: branchops complaints gaps 2026-11
    """
    run_report("complaint-gaps", period=period, limit=limit)

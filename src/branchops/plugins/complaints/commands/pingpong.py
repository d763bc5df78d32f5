"""`branchops complaints pingpong`: complaints handed around."""

from typing import Annotated

import typer

from branchops.api import N_, run_report
from branchops.plugins.complaints.commands.shared import Limit

app = typer.Typer()


@app.command()
def pingpong(
    period: Annotated[
        str, typer.Argument(help=N_("such as 2026-11, 2026-Q4 or 2026 (default: everything)"), metavar="[PERIOD]")
    ] = "",
    limit: Limit = None,
) -> None:
    """List complaints that were handed on more than once.

    Example: branchops complaints pingpong 2026-11
    """
    run_report("complaint-pingpong", period=period, limit=limit)

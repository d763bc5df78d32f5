"""`branchops training expiring`: what to renew."""

import typer

from branchops.api import run_report

app = typer.Typer()


@app.command()
def expiring() -> None:
    """List what has expired, ends soon, or lacks evidence, soonest first.

    Example: branchops training expiring
    """
    run_report("training-expiring")

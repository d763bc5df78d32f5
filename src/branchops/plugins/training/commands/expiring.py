"""`branchops training expiring`: what to renew."""

from __future__ import annotations

import typer

from branchops.api import run_report

app = typer.Typer()


@app.command()
def expiring() -> None:
    """List what has expired, ends soon, or lacks evidence, soonest first.

    Example: branchops training expiring
    """
    run_report("training-expiring")

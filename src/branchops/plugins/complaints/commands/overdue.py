"""`branchops complaints overdue`: the head's list."""

import typer

from branchops.api import run_report
from branchops.plugins.complaints.commands.shared import Limit

app = typer.Typer()


@app.command()
def overdue(limit: Limit = None) -> None:
    """List what is overdue or missed about complaints: the head's list.

    Example: branchops complaints overdue
    """
    run_report("complaints-overdue", limit=limit)

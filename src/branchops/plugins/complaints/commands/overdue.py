"""`branchops complaints overdue`: the head's list."""

import typer

from branchops.api import run_report

app = typer.Typer()


@app.command()
def overdue() -> None:
    """List what is overdue or missed about complaints: the head's list.

    Example: branchops complaints overdue
    """
    run_report("complaints-overdue")

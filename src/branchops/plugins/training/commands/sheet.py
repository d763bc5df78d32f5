"""`branchops training sheet`: the observation sheet."""

import typer

from branchops.api import session
from branchops.plugins.training.reports.service import sheet as as_table

app = typer.Typer()


@app.command()
def sheet() -> None:
    """Show the observation sheet: items, points and what they mean.

    Example: branchops training sheet
    """
    run = session()
    run.show(as_table(run.reading()))

"""`branchops counter away`: who is away from the seat."""

from typing import Annotated

import typer

from branchops.api import N_, session
from branchops.plugins.counter.reports.seat import absences

app = typer.Typer()


@app.command()
def away(
    all_: Annotated[bool, typer.Option("--all", help=N_("those who are back, too"))] = False,
    limit: Annotated[int, typer.Option(help=N_("at most so many"), min=1)] = 50,
) -> None:
    """List absences from the seat, newest first. Counts are not shown: a second count must stay blind.

    Example: branchops counter away
    """
    run = session()
    run.show(absences(run.reading(), everything=all_, limit=limit))

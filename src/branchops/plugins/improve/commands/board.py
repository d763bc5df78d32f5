"""`branchops improve board`: the branch on one page."""

from typing import Annotated

import typer

from branchops.api import N_, session
from branchops.plugins.improve.commands.shared import day

app = typer.Typer()


@app.command()
def board(
    period: Annotated[str, typer.Option(metavar="P", help=N_("2026-11, 2026-Q4 (default: today)"))] = "",
    on: Annotated[str, typer.Option(help=N_("the board of one day"))] = "",
) -> None:
    """Show what is owed, overdue, missed and found on one page; with --format html as a drawn sheet.

    Example: branchops --format html improve board --period 2026-11 > board.html
    """
    from branchops.plugins.improve.reports.board import board as made

    reading = session().reading(period)
    session().show(made(reading.over(day(on), day(on)) if on else reading))

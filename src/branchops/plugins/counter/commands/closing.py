"""`branchops counter closing`: the closing list of the day."""

from typing import Annotated

import typer

from branchops.api import N_, parse_day, session
from branchops.plugins.counter.commands.shared import Note, day_of_it, tick_rows, today
from branchops.plugins.counter.reports.controls import day_list

app = typer.Typer()


@app.command()
def closing(
    tick: Annotated[list[str] | None, typer.Option(help=N_("rows looked at: plate,opinion-book"))] = None,
    bad: Annotated[list[str] | None, typer.Option("--not-ok", help=N_("rows looked at and not in order"))] = None,
    by: Annotated[str, typer.Option(help=N_("who looked (default: who is acting)"))] = "",
    note: Note = "",
    date: Annotated[str, typer.Option(help=N_("another day's list"))] = "",
) -> None:
    """Show the day's closing list; --tick says that rows were looked at.

    Example: branchops counter closing --tick alarm-set
    """
    run = session()
    if tick or bad:
        tick_rows("closing", tick or (), bad or (), by, note)
    day = parse_day(date, today()) if date else day_of_it()
    run.show(day_list(run.reading(), "closing", day))

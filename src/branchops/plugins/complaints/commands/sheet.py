"""`branchops complaints sheet`: the report sheet for head office."""

from typing import Annotated

import typer

from branchops.api import N_, number, session
from branchops.plugins.complaints.commands.shared import Id
from branchops.plugins.complaints.reports.sheet import sheet_of

app = typer.Typer()


@app.command()
def sheet(
    id: Id,  # noqa: A002 - the word of the command line
    reveal: Annotated[bool, typer.Option(help=N_("personal data in clear"))] = False,
) -> None:
    """Show the sheet that goes up with an escalated complaint.

    Example: branchops complaints sheet 113
    """
    run = session()
    reading = run.reading(reveal=reveal)
    run.show(sheet_of(reading, reading.row("complaints.case", number(id, "C"))))

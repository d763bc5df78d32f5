"""`branchops complaints show`: one complaint."""

from typing import Annotated

import typer

from branchops.api import N_, number, session
from branchops.plugins.complaints.commands.shared import Id
from branchops.plugins.complaints.reports.lists import page

app = typer.Typer()


@app.command()
def show(
    id: Id,  # noqa: A002 - the word of the command line
    reveal: Annotated[bool, typer.Option(help=N_("personal data in clear"))] = False,
) -> None:
    """Show one complaint as it stands.

    Example: branchops complaints show 113
    """
    run = session()
    reading = run.reading(reveal=reveal)
    run.show(page(reading.row("complaints.case", number(id, "C")), reading))

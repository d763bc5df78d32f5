"""`branchops complaints template`: a letter to start from."""

from typing import Annotated

import typer

from branchops.api import N_, number, session
from branchops.plugins.complaints.commands.shared import Id
from branchops.plugins.complaints.reports.templates import filled

app = typer.Typer()


@app.command()
def template(
    id: Id,  # noqa: A002 - the word of the command line
    name: Annotated[str, typer.Argument(help=N_("apology, explanation or interim"))],
    reveal: Annotated[bool, typer.Option(help=N_("personal data in clear"))] = False,
) -> None:
    """Fill a template from the complaint; nothing is sent.

    Example: branchops complaints template 113 apology --reveal
    """
    run = session()
    reading = run.reading(reveal=reveal)
    run.show(filled(reading, reading.row("complaints.case", number(id, "C")), name))

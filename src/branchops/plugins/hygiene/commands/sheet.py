"""`branchops hygiene sheet`: a checklist or a filled-in inspection on paper."""

from typing import Annotated

import typer

from branchops.api import N_, session

app = typer.Typer()


@app.command()
def sheet(
    what: Annotated[str, typer.Argument(help=N_("a zone (blank sheet) or an inspection HI-…"), metavar="WHAT")],
    closing: Annotated[bool, typer.Option("--closing", help=N_("with the rows after closing"))] = False,
) -> None:
    """Print an inspection sheet: blank for a zone, filled in for an inspection.

    Example: branchops hygiene sheet desk-qian
    """
    from branchops.plugins.hygiene.reports.inspections import sheet as make

    run = session()
    run.show(make(run.reading(), what, closing=closing))

"""`branchops training observations`: visits observed."""

from typing import Annotated

import typer

from branchops.api import N_, session
from branchops.plugins.training.commands.shared import staff
from branchops.plugins.training.reports.service import listed

app = typer.Typer()


@app.command()
def observations(who: Annotated[str, typer.Option(help=N_("one person"))] = "") -> None:
    """List observations, newest first.

    Example: branchops training observations --who zhao
    """
    run = session()
    reading = run.reading()
    where = {"staff": staff(who)} if who else {}
    run.show(listed(reading, reading.rows("training.observation", where, order="at DESC, id DESC")))

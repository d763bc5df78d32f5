"""`branchops training list`: sessions."""

from typing import Annotated

import typer

from branchops.api import N_, UsageError, _, session
from branchops.plugins.training.reports.pages import sessions

app = typer.Typer()


@app.command("list")
def list_(
    open_: Annotated[bool, typer.Option("--open", help=N_("only those that something is owed about"))] = False,
    limit: Annotated[int, typer.Option(help=N_("at most so many"))] = 50,
) -> None:
    """List sessions, newest first.

    Example: branchops training list --open
    """
    run = session()
    if limit < 1:
        raise UsageError(_("--limit takes a number from 1 up."))
    reading = run.reading()
    where = {"open": True} if open_ else {}
    run.show(sessions(reading, reading.rows("training.session", where, order="day DESC, id DESC", limit=limit)))

"""`branchops training show`: one session, observation or refusal."""

from typing import Annotated

import typer

from branchops.api import N_, number, session
from branchops.plugins.training.reports.pages import observation_page, refusal_page, session_page

app = typer.Typer()

PAGES = {
    "TS": ("training.session", session_page),
    "TO": ("training.observation", observation_page),
    "TR": ("training.refusal", refusal_page),
}


@app.command()
def show(
    id: Annotated[str, typer.Argument(help=N_("TS-1, TO-1 or TR-1"), metavar="ID")],  # noqa: A002
) -> None:
    """Show one session, observation or refusal as it stands.

    Example: branchops training show TS-1
    """
    run = session()
    prefix = id.partition("-")[0].upper()
    view, page = PAGES.get(prefix, PAGES["TS"])
    reading = run.reading()
    run.show(page(reading.row(view, number(id, prefix if prefix in PAGES else "TS")), reading))  # type: ignore[operator]

"""`branchops complaints explain`: it was explained."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id, staff
from branchops.plugins.complaints.rules.decide import Explain, decide_explain

app = typer.Typer()


@app.command()
def explain(
    id: Id,  # noqa: A002 - the word of the command line
    by: Annotated[str, typer.Option(help=N_("who explained (default: who is acting)"))] = "",
    text: Annotated[str, typer.Option(help=N_("what was explained (kept sealed)"))] = "",
    routes: Annotated[bool, typer.Option(help=N_("the customer was told of review and mediation"))] = False,
) -> None:
    """Record that it was explained to the customer why the bank is not at fault.

    Example: branchops complaints explain 113 --text "the fee is in the tariff" --routes
    """
    act(decide_explain, Explain(by=staff(by), text=text, routes=routes), number(id, "C"))

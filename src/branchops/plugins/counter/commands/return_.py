"""`branchops counter return`: a teller is back at the seat."""

from typing import Annotated

import typer

from branchops.api import N_, act, session
from branchops.plugins.counter.commands.shared import away
from branchops.plugins.counter.events.seat import Returned
from branchops.plugins.counter.rules.decide import as_told

app = typer.Typer()


@app.command("return")
def return_(
    teller: Annotated[str, typer.Argument(help=N_("who is back, or the number of the absence"))] = "",
) -> None:
    """End an absence; one that got long without signing off is kept as a breach, with both times.

    Example: branchops counter return zhao
    """
    absence = away(teller)
    row = session().branch.row("counter.absence", absence)
    act(as_told, Returned(teller=row.teller), absence)

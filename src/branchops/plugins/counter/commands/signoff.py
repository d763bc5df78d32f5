"""`branchops counter signoff`: the terminal of somebody away is signed off."""

from typing import Annotated

import typer

from branchops.api import N_, act
from branchops.plugins.counter.commands.shared import away, staff
from branchops.plugins.counter.events.seat import SignedOff
from branchops.plugins.counter.rules.decide import as_told

app = typer.Typer()


@app.command()
def signoff(
    teller: Annotated[str, typer.Argument(help=N_("who is away, or the number of the absence"))] = "",
    by: Annotated[str, typer.Option(help=N_("who signed it off (default: who is acting)"))] = "",
) -> None:
    """Record that an absent teller's terminal was signed off; a locked screen is not signed off.

    Example: branchops counter signoff zhao
    """
    act(as_told, SignedOff(by=staff(by)), away(teller))

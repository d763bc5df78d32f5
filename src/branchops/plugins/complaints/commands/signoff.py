"""`branchops complaints signoff`: the head signs."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id, head
from branchops.plugins.complaints.rules.decide import SignOff, decide_signoff

app = typer.Typer()


@app.command()
def signoff(
    id: Id,  # noqa: A002 - the word of the command line
    by: Annotated[str, typer.Option(help=N_("the head (default: who acts as head today)"))] = "",
) -> None:
    """Sign the register line of a settled complaint, with the head's own PIN.

    Example: branchops --pins pins.toml complaints signoff 113 --by chen
    """
    act(decide_signoff, SignOff(signer=head(by)), number(id, "C"))

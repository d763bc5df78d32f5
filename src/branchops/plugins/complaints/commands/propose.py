"""`branchops complaints propose`: put a settlement to the customer."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id
from branchops.plugins.complaints.rules.decide import Propose, decide_propose

app = typer.Typer()


@app.command()
def propose(
    id: Id,  # noqa: A002 - the word of the command line
    text: Annotated[str, typer.Option(help=N_("the proposal (kept sealed)"))],
) -> None:
    """Record a proposal made to the customer.

    Example: branchops complaints propose 113 --text "fee returned"
    """
    act(decide_propose, Propose(proposal=text), number(id, "C"))

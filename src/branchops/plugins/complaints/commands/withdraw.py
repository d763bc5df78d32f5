"""`branchops complaints withdraw`: the customer takes it back."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id
from branchops.plugins.complaints.rules.decide import Withdraw, decide_withdraw

app = typer.Typer()


@app.command()
def withdraw(
    id: Id,  # noqa: A002 - the word of the command line
    reason: Annotated[str, typer.Option(help=N_("what the customer said"))] = "",
) -> None:
    """Record that the customer takes the complaint back; that ends it.

    Example: branchops complaints withdraw 113 --reason "never mind"
    """
    act(decide_withdraw, Withdraw(reason=reason), number(id, "C"))

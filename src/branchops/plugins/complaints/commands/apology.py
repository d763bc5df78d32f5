"""`branchops complaints apology`: record the apology."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id, staff
from branchops.plugins.complaints.rules.decide import Apologise, decide_apology

app = typer.Typer()


@app.command()
def apology(
    id: Id,  # noqa: A002 - the word of the command line
    by: Annotated[str, typer.Option(help=N_("who apologised: the person responsible"))] = "",
    department: Annotated[str, typer.Option(help=N_("the department, when the person has left"))] = "",
    declined: Annotated[bool, typer.Option(help=N_("the customer would not hear it"))] = False,
) -> None:
    """Record that the person or department responsible apologised.

    Example: branchops complaints apology 113 --by zhao
    """
    who = department or staff(by)
    command = Apologise(by=who, department=bool(department), declined=declined)
    act(decide_apology, command, number(id, "C"))

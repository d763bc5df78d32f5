"""`branchops complaints attempt`: the customer was not reached."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id, staff
from branchops.plugins.complaints.rules.decide import TryContact, decide_attempt

app = typer.Typer()


@app.command()
def attempt(
    id: Id,  # noqa: A002 - the word of the command line
    via: Annotated[str, typer.Option(help=N_("how it was tried: phone, visit, ..."))] = "phone",
    by: Annotated[str, typer.Option(help=N_("who tried (default: who is acting)"))] = "",
    note: Annotated[str, typer.Option(help=N_("what happened (kept sealed)"))] = "",
) -> None:
    """Record an attempt to reach the customer that failed.

    Example: branchops complaints attempt 113 --via phone --note "no such number"
    """
    act(decide_attempt, TryContact(by=staff(by), via=via, note=note), number(id, "C"))

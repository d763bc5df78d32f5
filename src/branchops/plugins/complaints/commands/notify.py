"""`branchops complaints notify`: tell the one responsible."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id, staff
from branchops.plugins.complaints.rules.decide import Notify, decide_notify

app = typer.Typer()


@app.command()
def notify(
    id: Id,  # noqa: A002 - the word of the command line
    to: Annotated[str, typer.Option(help=N_("who is responsible"))] = "",
    note: Annotated[str, typer.Option(help=N_("what was said, or why nobody could be told"))] = "",
) -> None:
    """Tell the person responsible for what stands in the opinion book.

    Example: branchops complaints notify 113 --to zhao
    """
    act(decide_notify, Notify(to=staff(to) if to else "", note=note), number(id, "C"))

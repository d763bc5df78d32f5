"""`branchops complaints accept`: take over a complaint that was handed over."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id, is_handler, staff
from branchops.plugins.complaints.rules.decide import Accept, decide_accept

app = typer.Typer()


@app.command()
def accept(
    id: Id,  # noqa: A002 - the word of the command line
    private: Annotated[str, typer.Option(help=N_("customer asked to a quieter place: yes, no, declined"))] = "",
    by: Annotated[str, typer.Option(help=N_("who accepts (default: who is acting)"))] = "",
) -> None:
    """Accept a complaint that was handed over to you; the handler enters it in the register with it.

    Example: branchops --as li complaints accept 113 --private yes
    """
    who = staff(by)
    act(decide_accept, Accept(by=who, private=private, enters=is_handler(who)), number(id, "C"))

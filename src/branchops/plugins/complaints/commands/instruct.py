"""`branchops complaints instruct`: the head says how to go on."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id, head
from branchops.plugins.complaints.rules.decide import Instruct, decide_instruct

app = typer.Typer()


@app.command()
def instruct(
    id: Id,  # noqa: A002 - the word of the command line
    text: Annotated[str, typer.Option(help=N_("the instruction"))],
    by: Annotated[str, typer.Option(help=N_("the head (default: who acts as head today)"))] = "",
) -> None:
    """Record the head's instruction, with the head's own PIN.

    Example: branchops --pins pins.toml complaints instruct 113 --text "return the fee" --by chen
    """
    act(decide_instruct, Instruct(head=head(by), text=text), number(id, "C"))

"""`branchops complaints unmerge`: take a merging back."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id
from branchops.plugins.complaints.rules.decide import Unmerge, decide_unmerge

app = typer.Typer()


@app.command()
def unmerge(
    id: Id,  # noqa: A002 - the word of the command line
    reason: Annotated[str, typer.Option(help=N_("why"))],
) -> None:
    """Take a merging back: the complaint goes on by itself, under its own clock.

    Example: branchops complaints unmerge 114 --reason "another account"
    """
    act(decide_unmerge, Unmerge(reason=reason), number(id, "C"))

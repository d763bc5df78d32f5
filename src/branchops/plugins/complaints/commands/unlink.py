"""`branchops complaints unlink`: take a link back."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id
from branchops.plugins.complaints.rules.decide import UnlinkFrom, decide_unlink

app = typer.Typer()


@app.command()
def unlink(
    id: Id,  # noqa: A002 - the word of the command line
    to: Annotated[str, typer.Option(help=N_("the other complaint"))],
    reason: Annotated[str, typer.Option(help=N_("why"))] = "",
) -> None:
    """Take the link between two complaints back.

    Example: branchops complaints unlink 114 --to 113
    """
    act(decide_unlink, UnlinkFrom(to=number(to, "C"), reason=reason), number(id, "C"))

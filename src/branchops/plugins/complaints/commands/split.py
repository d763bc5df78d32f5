"""`branchops complaints split`: take a second matter out of a complaint."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id, staff
from branchops.plugins.complaints.rules.decide import Split, decide_split

app = typer.Typer()


@app.command()
def split(
    id: Id,  # noqa: A002 - the word of the command line
    gist: Annotated[str, typer.Option(help=N_("what the second matter is (kept sealed)"))],
) -> None:
    """Take a second matter out of a complaint; it keeps the clock.

    Example: branchops complaints split 113 --gist "and the card was swallowed"
    """
    act(decide_split, Split(gist=gist, taker=staff("")), number(id, "C"))

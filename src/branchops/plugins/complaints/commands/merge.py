"""`branchops complaints merge`: the same matter, counted once."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id
from branchops.plugins.complaints.rules.decide import Merge, decide_merge

app = typer.Typer()


@app.command()
def merge(
    id: Id,  # noqa: A002 - the word of the command line
    into: Annotated[str, typer.Option(help=N_("the earlier complaint"))],
    reason: Annotated[str, typer.Option(help=N_("why"))] = "",
) -> None:
    """Merge a complaint into the earlier one it repeats; it counts once.

    Example: branchops complaints merge 114 --into 113
    """
    act(decide_merge, Merge(into=number(into, "C"), reason=reason), number(id, "C"))

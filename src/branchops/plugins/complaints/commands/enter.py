"""`branchops complaints enter`: write it into the opinion register."""

import typer

from branchops.api import act, number
from branchops.plugins.complaints.commands.shared import Id, staff
from branchops.plugins.complaints.rules.decide import Enter, decide_enter

app = typer.Typer()


@app.command()
def enter(
    id: Id,  # noqa: A002 - the word of the command line
) -> None:
    """Enter a complaint in the opinion register, as the handler.

    Example: branchops --as li complaints enter 113
    """
    act(decide_enter, Enter(by=staff("")), number(id, "C"))

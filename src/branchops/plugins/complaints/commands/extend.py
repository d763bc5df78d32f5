"""`branchops complaints extend`: extend the regulator's limit."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id, head
from branchops.plugins.complaints.rules.decide import ExtendLimit, decide_extend

app = typer.Typer()


@app.command()
def extend(
    id: Id,  # noqa: A002 - the word of the command line
    to: Annotated[int, typer.Option(help=N_("days in all: 30, then 60 with approval"))],
    reason: Annotated[str, typer.Option(help=N_("why it takes longer"))],
    by: Annotated[str, typer.Option(help=N_("the head (default: who acts as head today)"))] = "",
    approval: Annotated[str, typer.Option(help=N_("number of the superior office's approval"))] = "",
) -> None:
    """Extend the regulator's limit of a complaint.

    Example: branchops --pins pins.toml complaints extend 113 --to 30 --reason "accounts of three branches"
    """
    command = ExtendLimit(days=to, reason=reason, head=head(by), approval=approval)
    act(decide_extend, command, number(id, "C"))

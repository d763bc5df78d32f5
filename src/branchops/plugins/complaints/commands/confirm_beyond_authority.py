"""`branchops complaints confirm-beyond-authority`: the head confirms."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id, head
from branchops.plugins.complaints.rules.decide import ConfirmBeyondAuthority, decide_confirm_beyond_authority

app = typer.Typer()


@app.command()
def confirm_beyond_authority(
    id: Id,  # noqa: A002 - the word of the command line
    by: Annotated[str, typer.Option(help=N_("the head (default: who acts as head today)"))] = "",
    reason: Annotated[str, typer.Option(help=N_("why it exceeds the outlet"))] = "",
) -> None:
    """Confirm, as head, that a complaint is beyond the outlet's authority.

    Example: branchops --pins pins.toml complaints confirm-beyond-authority 113 --by chen
    """
    act(decide_confirm_beyond_authority, ConfirmBeyondAuthority(head=head(by), reason=reason), number(id, "C"))

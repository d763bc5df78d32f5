"""`branchops complaints no-reply`: say why nobody can be answered."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id
from branchops.plugins.complaints.rules.decide import GiveUpReply, decide_no_reply

app = typer.Typer()


@app.command()
def no_reply(
    id: Id,  # noqa: A002 - the word of the command line
    reason: Annotated[str, typer.Option(help=N_("unreachable, after enough attempts, or anonymous"))],
    note: Annotated[str, typer.Option(help=N_("more about it"))] = "",
) -> None:
    """Record why the customer cannot be answered.

    Example: branchops complaints no-reply 113 --reason unreachable
    """
    act(decide_no_reply, GiveUpReply(reason=reason, note=note), number(id, "C"))

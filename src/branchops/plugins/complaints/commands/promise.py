"""`branchops complaints promise`: agree a time for the reply."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id, deadline
from branchops.plugins.complaints.rules.decide import PromiseReply, decide_promise

app = typer.Typer()


@app.command()
def promise(
    id: Id,  # noqa: A002 - the word of the command line
    by: Annotated[str, typer.Option(help=N_("when the customer will be answered at the latest"))],
) -> None:
    """Promise the customer a reply by a time; it never extends the limit.

    Example: branchops complaints promise 113 --by "11-25 12:00"
    """
    act(decide_promise, PromiseReply(by=deadline(by)), number(id, "C"))

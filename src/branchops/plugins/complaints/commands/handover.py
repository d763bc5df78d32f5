"""`branchops complaints handover`: hand a complaint over."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id, handler
from branchops.plugins.complaints.rules.decide import HandOver, decide_handover

app = typer.Typer()


@app.command()
def handover(
    id: Id,  # noqa: A002 - the word of the command line
    to: Annotated[str, typer.Option(help=N_("who takes it over (default: the handler)"))] = "",
    reason: Annotated[str, typer.Option(help=N_("why"))] = "",
    via: Annotated[str, typer.Option(help=N_("how, when the handler is not on site: phone"))] = "",
) -> None:
    """Hand a complaint over; its owner stays responsible until it is accepted.

    Example: branchops complaints handover 113 --to li --reason "beyond my authority"
    """
    act(decide_handover, HandOver(to=handler(to), reason=reason, via=via), number(id, "C"))

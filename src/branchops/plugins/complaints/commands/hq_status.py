"""`branchops complaints hq-status`: what head office said."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import after
from branchops.plugins.complaints.rules.decide import AddHqStatus, decide_hq_status

app = typer.Typer()


@app.command()
def hq_status(
    words: Annotated[
        list[str],
        typer.Argument(help=N_("number of the complaint (the word add may stand before it)"), metavar="[add] ID"),
    ],
    text: Annotated[str, typer.Option(help=N_("what head office said"))],
    result: Annotated[bool, typer.Option(help=N_("that is how it ends there"))] = False,
) -> None:
    """Note what head office said about an escalated complaint.

    Example: branchops complaints hq-status add 113 --text "fee to be returned" --result
    """
    act(decide_hq_status, AddHqStatus(text=text, result=result), number(after("add", words, "hq-status"), "C"))

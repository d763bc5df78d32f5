"""`branchops complaints reply`: answer the customer."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id, staff
from branchops.plugins.complaints.rules.decide import Answer, decide_reply

app = typer.Typer()


@app.command()
def reply(
    id: Id,  # noqa: A002 - the word of the command line
    via: Annotated[str, typer.Option(help=N_("how: in person, phone, letter, ..."))],
    by: Annotated[str, typer.Option(help=N_("who answered (default: who is acting)"))] = "",
    text: Annotated[str, typer.Option(help=N_("what was said (kept sealed)"))] = "",
    on_the_spot: Annotated[bool, typer.Option(help=N_("answered on the spot"))] = False,
    interim: Annotated[bool, typer.Option(help=N_("an interim reply: the matter is still open"))] = False,
) -> None:
    """Record that the customer was answered.

    Example: branchops complaints reply 113 --via phone --text "fee returned, apology made"
    """
    command = Answer(by=staff(by), via=via, text=text, on_the_spot=on_the_spot, interim=interim)
    act(decide_reply, command, number(id, "C"))

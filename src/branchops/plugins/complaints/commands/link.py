"""`branchops complaints link`: link two complaints."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id
from branchops.plugins.complaints.events import Relation
from branchops.plugins.complaints.rules.decide import LinkTo, decide_link

app = typer.Typer()


@app.command()
def link(
    id: Id,  # noqa: A002 - the word of the command line
    to: Annotated[str, typer.Option(help=N_("the other complaint"))],
    relation: Annotated[Relation, typer.Option(help=N_("related, duplicate or reopens"))] = "related",
) -> None:
    """Link two complaints that belong together; both go on.

    Example: branchops complaints link 114 --to 113 --relation duplicate
    """
    act(decide_link, LinkTo(to=number(to, "C"), relation=relation), number(id, "C"))

"""`branchops complaints kind`: say that it is another kind of entry."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id
from branchops.plugins.complaints.events import Kind
from branchops.plugins.complaints.rules.decide import JudgeKind, decide_kind

app = typer.Typer()


@app.command()
def kind(
    id: Id,  # noqa: A002 - the word of the command line
    kind: Annotated[Kind, typer.Argument(help=N_("complaint, suggestion or praise"))],
    reason: Annotated[str, typer.Option(help=N_("why"))] = "",
) -> None:
    """Judge that an entry is a complaint, a suggestion or praise after all.

    Example: branchops complaints kind 114 praise --reason "the customer thanks us"
    """
    act(decide_kind, JudgeKind(kind=kind, reason=reason), number(id, "C"))

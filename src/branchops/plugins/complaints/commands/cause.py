"""`branchops complaints cause`: name the cause."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id
from branchops.plugins.complaints.rules.decide import FindCause, decide_cause

app = typer.Typer()


@app.command()
def cause(
    id: Id,  # noqa: A002 - the word of the command line
    code: Annotated[str, typer.Argument(help=N_("cause code of JR/T 0169, such as C1"))],
    text: Annotated[str, typer.Option(help=N_("the cause in words"))] = "",
) -> None:
    """Name the cause as the bank found it.

    Example: branchops complaints cause 113 C1 --text "one window open at noon"
    """
    act(decide_cause, FindCause(code=code, text=text), number(id, "C"))

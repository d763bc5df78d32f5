"""`branchops hygiene return`: materials are back in their place."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.hygiene.commands.shared import staff
from branchops.plugins.hygiene.rules import decide_work as decide

app = typer.Typer()


@app.command("return")
def return_(
    id: Annotated[str, typer.Argument(help=N_("number of the loan: MB-2026-0001 or 1"), metavar="ID")],  # noqa: A002
    by: Annotated[str, typer.Option(help=N_("who put it back (default: who is acting)"))] = "",
) -> None:
    """Say that consulted materials are back in their place.

    Example: branchops hygiene return 1
    """
    act(decide.decide_return, decide.Return(by=staff(by)), number(id, "MB"))

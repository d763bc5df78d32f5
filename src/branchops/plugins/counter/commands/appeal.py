"""`branchops counter appeal`: the person assessed does not agree."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.counter.commands.shared import staff
from branchops.plugins.counter.events.managing import AssessmentAppealed
from branchops.plugins.counter.rules.decide import as_told

app = typer.Typer()


@app.command()
def appeal(
    id: Annotated[str, typer.Argument(metavar="ID", help=N_("number of the assessment"))],  # noqa: A002
    reason: Annotated[str, typer.Option(help=N_("why"))],
    by: Annotated[str, typer.Option(help=N_("who appeals (default: who is acting)"))] = "",
) -> None:
    """Appeal against an assessment; it stays beside the mark.

    Example: branchops counter appeal AS-1 --reason "two of the breaches were voided"
    """
    act(as_told, AssessmentAppealed(by=staff(by), reason=reason), number(id, "AS"))

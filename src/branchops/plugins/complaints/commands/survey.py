"""`branchops complaints survey`: how satisfied the customer is."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id
from branchops.plugins.complaints.rules.decide import Survey, decide_survey

app = typer.Typer()


@app.command()
def survey(
    id: Id,  # noqa: A002 - the word of the command line
    score: Annotated[int, typer.Option(help=N_("from 1 (worst) to 5 (best)"))],
    via: Annotated[str, typer.Option(help=N_("how the customer was asked"))] = "",
    comment: Annotated[str, typer.Option(help=N_("what the customer said (kept sealed)"))] = "",
) -> None:
    """Record how satisfied the customer is after closing; every answer is kept.

    Example: branchops complaints survey 113 --score 4 --via phone
    """
    act(decide_survey, Survey(score=score, via=via, comment=comment), number(id, "C"))

"""`branchops complaints suggestion`: decide on a suggestion."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id
from branchops.plugins.complaints.rules.decide import DecideSuggestion, decide_suggestion

app = typer.Typer()


@app.command()
def suggestion(
    id: Id,  # noqa: A002 - the word of the command line
    adopted: Annotated[bool, typer.Option("--adopted/--not-adopted", help=N_("whether it is adopted"))],
    reason: Annotated[str, typer.Option(help=N_("why"))] = "",
) -> None:
    """Decide whether a suggestion is adopted.

    Example: branchops complaints suggestion 114 --adopted --reason "a second pen costs nothing"
    """
    act(decide_suggestion, DecideSuggestion(adopted=adopted, reason=reason), number(id, "C"))

"""`branchops counter suggest`: propose to change a rule or a setting."""

from typing import Annotated

import typer

from branchops.api import N_, New
from branchops.plugins.counter.commands.shared import record, staff
from branchops.plugins.counter.events.managing import Suggested

app = typer.Typer()


@app.command()
def suggest(
    text: Annotated[str, typer.Option(help=N_("what should be different"))],
    rule: Annotated[str, typer.Option(help=N_("rule or setting it is about"))] = "",
    by: Annotated[str, typer.Option(help=N_("whose idea it is (default: who is acting)"))] = "",
) -> None:
    """Propose a change.

    Example: branchops counter suggest --rule counter.large-cash-to-safe --text "30 minutes on market days"
    """
    record(Suggested(by=staff(by), rule=rule, text=text), New("SG"))

"""`branchops training incident`: a customer was abusive."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.training.commands.shared import StaffId, staff
from branchops.plugins.training.rules.decide_conduct import NoteIncident, decide_incident

app = typer.Typer()


@app.command()
def incident(
    who: StaffId,
    gist: Annotated[str, typer.Option(help=N_("what happened (kept sealed)"))],
    complaint: Annotated[str, typer.Option(help=N_("the complaint whose reflection it lifts"))] = "",
) -> None:
    """Record that a customer was abusive to a colleague, so that nobody is blamed for it.

    Example: branchops training incident zhao --gist "shouted and threw a pen" --complaint C-7
    """
    command = NoteIncident(staff=staff(who), gist=gist, complaint=number(complaint, "C") if complaint else "")
    act(decide_incident, command, "incidents", opens=True)

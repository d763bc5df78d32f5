"""`branchops complaints conduct`: somebody refused, shirked, was rude, hung up or quarrelled."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import staff
from branchops.plugins.complaints.events import Conduct
from branchops.plugins.complaints.rules.decide import ReportConduct, decide_conduct

app = typer.Typer()


@app.command()
def conduct(
    kind: Annotated[Conduct, typer.Option(help=N_("what was done"))],
    who: Annotated[str, typer.Option(help=N_("who did it"))],
    complaint: Annotated[str, typer.Option(help=N_("the complaint it was about"))] = "",
    reported_by: Annotated[str, typer.Option(help=N_("who reported it: a staff id, or customer"))] = "",
    note: Annotated[str, typer.Option(help=N_("what happened (kept sealed)"))] = "",
    observation: Annotated[str, typer.Option(help=N_("number of the training observation it went to"))] = "",
) -> None:
    """Report conduct that breaks the rules.

    Example: branchops complaints conduct --kind quarrelled --who zhao --complaint 113 --reported-by customer
    """
    who = staff(who)
    stream = number(complaint, "C") if complaint else f"conduct-{who}"
    command = ReportConduct(conduct=kind, who=who, reported_by=reported_by, note=note, observation=observation)
    act(decide_conduct, command, stream, opens=True)

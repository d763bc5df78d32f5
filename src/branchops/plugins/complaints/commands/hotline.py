"""`branchops complaints hotline`: the service line, on a telephone handed over in the hall."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import staff
from branchops.plugins.complaints.rules.decide import TakeHotline, decide_hotline

app = typer.Typer()


@app.command()
def hotline(
    complaint: Annotated[str, typer.Option(help=N_("the complaint it is about"))],
    verified_by: Annotated[
        str, typer.Option(help=N_("how the caller was verified: callback, agent-id, dialled-number"))
    ] = "",
    called: Annotated[str, typer.Option(help=N_("the number that was called back"))] = "",
    agent: Annotated[str, typer.Option(help=N_("the agent's number"))] = "",
    agent_case: Annotated[str, typer.Option(help=N_("the service line's own case number"))] = "",
    said: Annotated[str, typer.Option(help=N_("what the agent was told (kept sealed)"))] = "",
    note: Annotated[str, typer.Option(help=N_("what happened, such as: not verified, called back"))] = "",
    ended: Annotated[str, typer.Option(help=N_("how the call ended"))] = "",
    by: Annotated[str, typer.Option(help=N_("who spoke (default: who is acting)"))] = "",
) -> None:
    """Record a call of the service line; nothing is disclosed before the caller is verified.

    Example: branchops complaints hotline --complaint 113 --verified-by agent-id --agent 5531 --said "due today"
    """
    command = TakeHotline(
        staff=staff(by),
        verified_by=verified_by,
        called=called,
        agent=agent,
        agent_case=agent_case,
        said=said,
        note=note,
        ended=ended,
    )
    act(decide_hotline, command, number(complaint, "C"))

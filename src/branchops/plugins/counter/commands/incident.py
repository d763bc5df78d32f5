"""`branchops counter incident`: incidents are looked into by the head."""

from typing import Annotated

import typer

from branchops.api import N_, act, number, session
from branchops.plugins.counter.commands.shared import Note, staff
from branchops.plugins.counter.events.custody import IncidentCleared
from branchops.plugins.counter.reports.custody import incidents
from branchops.plugins.counter.rules.decide import as_told

app = typer.Typer(help=N_("incidents: clear, list"))


@app.command()
def clear(
    id: Annotated[str, typer.Argument(metavar="ID", help=N_("number of the incident"))],  # noqa: A002
    note: Note,
    by: Annotated[str, typer.Option("--by", help=N_("who looked into it (default: who is acting)"))] = "",
) -> None:
    """Clear an incident, with what came of it.

    Example: branchops counter incident clear IC-1 --note "misread, seal found intact"
    """
    act(as_told, IncidentCleared(by=staff(by), note=note), number(id, "IC"))


@app.command("list")
def list_(all_: Annotated[bool, typer.Option("--all", help=N_("cleared ones too"))] = False) -> None:
    """List incidents.

    Example: branchops counter incident list
    """
    run = session()
    run.show(incidents(run.reading(), everything=all_))

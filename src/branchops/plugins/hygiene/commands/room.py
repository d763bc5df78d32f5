"""`branchops hygiene room ...`: meeting rooms used, and cleaned after use."""

from typing import Annotated

import typer

from branchops.api import N_, New, act, number, session
from branchops.plugins.hygiene.commands.shared import staff
from branchops.plugins.hygiene.rules import decide_work as decide

app = typer.Typer(help=N_("meeting rooms: used, cleaned, list"))


@app.command()
def used(
    room: Annotated[str, typer.Argument(help=N_("which room"), metavar="ROOM")],
    by: Annotated[str, typer.Option(help=N_("who booked it (default: who is acting)"))] = "",
    visitor: Annotated[str, typer.Option(help=N_("a customer or head office: then the steward sees to it"))] = "",
) -> None:
    """Say that a room has been used; it is cleaned within the time that was set.

    Example: branchops hygiene room used small-meeting-room --by zhao
    """
    booker = "" if visitor else staff(by)
    act(decide.decide_use_room, decide.UseRoom(room=room, booker=booker, visitor=visitor), New("RU"))


@app.command()
def cleaned(
    id: Annotated[str, typer.Argument(help=N_("number of the use: RU-2026-0001 or 1"), metavar="ID")],  # noqa: A002
    by: Annotated[str, typer.Option(help=N_("who cleaned it (default: who is acting)"))] = "",
    note: Annotated[str, typer.Option(help=N_("remark"))] = "",
) -> None:
    """Say that a room was cleaned after use.

    Example: branchops hygiene room cleaned 1
    """
    act(decide.decide_clean_room, decide.CleanRoom(by=staff(by), note=note), number(id, "RU"))


@app.command("list")
def list_(all_: Annotated[bool, typer.Option("--all", help=N_("cleaned ones too"))] = False) -> None:
    """List the uses that wait for cleaning.

    Example: branchops hygiene room list
    """
    from branchops.plugins.hygiene.reports.cleaning import rooms_table

    run = session()
    run.show(rooms_table(run.reading(), every=all_))

"""`branchops counter stamp`: stamps and keys, always in exactly one person's hands."""

from typing import Annotated, Literal

import typer

from branchops.api import N_, session
from branchops.plugins.counter.commands.shared import Note, day_of_it, record, staff
from branchops.plugins.counter.events.custody import (
    StampAssigned,
    StampHandedOver,
    StampLost,
    StampStowed,
    StampTaken,
)
from branchops.plugins.counter.reports.custody import stamps
from branchops.plugins.counter.rules.decide import LoseStamp, decide_lose_stamp

app = typer.Typer(help=N_("stamps and keys: assign, handover, stow, take, lost, list"))

Id = Annotated[str, typer.Argument(metavar="ID", help=N_("number of the stamp or key"))]
Holder = Annotated[str, typer.Option("--by", help=N_("its holder (default: who is acting)"))]


@app.command()
def assign(
    stamp: Id,
    to: Annotated[str, typer.Option(help=N_("who gets it (default: who is acting)"))] = "",
    kind: Annotated[Literal["stamp", "key"], typer.Option(help=N_("stamp or key"))] = "stamp",
    title: Annotated[str, typer.Option(help=N_("what it is"))] = "",
) -> None:
    """Enter a stamp or key in the register, in somebody's hands.

    Example: branchops counter stamp assign S1 --to zhao --title "business stamp 3"
    """
    record(StampAssigned(stamp=stamp, holder=staff(to), kind=kind, title=title), f"stamp-{stamp}")


@app.command()
def handover(
    stamp: Id,
    to: Annotated[str, typer.Option(help=N_("who takes it"))],
    giver: Annotated[str, typer.Option("--from", help=N_("who gives it (default: who is acting)"))] = "",
) -> None:
    """Hand it from one to another; both sign.

    Example: branchops counter stamp handover S1 --from zhao --to sun
    """
    record(StampHandedOver(stamp=stamp, giver=staff(giver), taker=staff(to)), f"stamp-{stamp}")


@app.command()
def stow(stamp: Id, by: Holder = "") -> None:
    """Lock it away.

    Example: branchops counter stamp stow S1 --by zhao
    """
    record(StampStowed(stamp=stamp, holder=staff(by)), f"stamp-{stamp}")


@app.command()
def take(stamp: Id, by: Holder = "") -> None:
    """Take it out again.

    Example: branchops counter stamp take S1 --by zhao
    """
    record(StampTaken(stamp=stamp, holder=staff(by)), f"stamp-{stamp}")


@app.command()
def lost(stamp: Id, by: Holder = "", note: Note = "") -> None:
    """Report it lost; that raises an incident.

    Example: branchops counter stamp lost S1 --by zhao --note "not in the drawer at noon"
    """
    fact = StampLost(stamp=stamp, holder=staff(by), note=note)
    record(LoseStamp(fact=fact, day=day_of_it()), f"stamp-{stamp}", decide_lose_stamp)


@app.command("list")
def list_() -> None:
    """List all stamps and keys with their holders.

    Example: branchops counter stamp list
    """
    run = session()
    run.show(stamps(run.reading()))

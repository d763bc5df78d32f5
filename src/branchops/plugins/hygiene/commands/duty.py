"""`branchops hygiene duty`: one daily task is done."""

from typing import Annotated

import typer

from branchops.api import N_, act
from branchops.plugins.hygiene.commands.shared import day, said_day, staff
from branchops.plugins.hygiene.events.cleaning import Task
from branchops.plugins.hygiene.rules.decide_work import Tick, decide_ticks

app = typer.Typer(help=N_("daily tasks: done"))


@app.command()
def done(
    task: Annotated[Task, typer.Argument(help=N_("which task"), metavar="TASK")] = "public",
    who: Annotated[str, typer.Option(help=N_("whose desk or bin (tasks of one person)"))] = "",
    by: Annotated[str, typer.Option(help=N_("who did it (default: who is acting)"))] = "",
    for_: Annotated[str, typer.Option("--for", help=N_("the business day (default: today)"))] = "",
    left_on: Annotated[str, typer.Option(help=N_("circuits left on, commas between"))] = "",
    note: Annotated[str, typer.Option(help=N_("remark"))] = "",
) -> None:
    """Tick one daily task: public, bins, lunch, supervise, own-bin, tidy, power, last-out.

    Example: branchops --as zhao hygiene duty done public
    """
    own = task in ("own-bin", "personal-area", "tidy", "power")
    tick = Tick(
        day=day(for_) if for_ else said_day(),
        task=task,
        who=staff(who) if who or own else "",
        by=staff(by),
        left_on=tuple(part.strip() for part in left_on.split(",") if part.strip()),
        note=note,
    )
    act(decide_ticks, (tick,), None)


@app.command("show")
def show_(for_: Annotated[str, typer.Option("--for", help=N_("the business day (default: today)"))] = "") -> None:
    """Show what is ticked for a day.

    Example: branchops hygiene duty show
    """
    from branchops.api import session
    from branchops.plugins.hygiene.reports.cleaning import ticks_table

    run = session()
    run.show(ticks_table(run.reading(), day(for_) if for_ else said_day()))

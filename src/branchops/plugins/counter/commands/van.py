"""`branchops counter van`: the cash van, morning and evening, two in and two out."""

from typing import Annotated

import typer

from branchops.api import N_, UsageError, _, session
from branchops.plugins.counter.commands.shared import By, Reason, Single, With, both, day_of_it, record, why
from branchops.plugins.counter.events.custody import Turn, VanLeft, VanMet, VanNone
from branchops.plugins.counter.reports.custody import van_log

app = typer.Typer(help=N_("the cash van: arrive, depart, none, list"))

Am = Annotated[bool, typer.Option("--am", help=N_("the morning van"))]
Pm = Annotated[bool, typer.Option("--pm", help=N_("the evening van"))]


def turn(am: bool, pm: bool) -> Turn:
    """Which of the two. UsageError when neither or both are named."""
    if am == pm:
        raise UsageError(_("Which van?"), _("One of --am and --pm."))
    return "am" if am else "pm"


@app.command()
def arrive(
    am: Am = False,
    pm: Pm = False,
    by: By = None,
    second: With = "",
    plate: Annotated[str, typer.Option(help=N_("number plate of the van"))] = "",
    crew: Annotated[list[str] | None, typer.Option(help=N_("who came with the van, may be repeated"))] = None,
    boxes: Annotated[int | None, typer.Option(help=N_("how many boxes"))] = None,
    single: Single = False,
    reason: Reason = "",
) -> None:
    """Go in to meet the van, two together.

    Example: branchops counter van arrive --am --by li,wang --boxes 4
    """
    day = day_of_it()
    fact = VanMet(
        day=day,
        turn=turn(am, pm),
        by=both(by, second),
        plate=plate,
        crew=tuple(crew or ()),
        boxes=boxes,
        single=why(single, reason),
    )
    record(fact, f"van-{day}")


@app.command()
def depart(
    am: Am = False, pm: Pm = False, by: By = None, second: With = "", single: Single = False, reason: Reason = ""
) -> None:
    """Come back from the van, two together.

    Example: branchops counter van depart --am --by li,wang
    """
    day = day_of_it()
    record(VanLeft(day=day, turn=turn(am, pm), by=both(by, second), single=why(single, reason)), f"van-{day}")


@app.command()
def none(reason: Reason, am: Am = False, pm: Pm = False) -> None:
    """Record that no van came, and why.

    Example: branchops counter van none --pm --reason "road closed, cash stays in the safe"
    """
    day = day_of_it()
    record(VanNone(day=day, turn=turn(am, pm), reason=reason), f"van-{day}")


@app.command("list")
def list_(limit: Annotated[int, typer.Option(help=N_("at most so many days"), min=1)] = 10) -> None:
    """List when the van was met and left, newest first.

    Example: branchops counter van list
    """
    run = session()
    run.show(van_log(run.reading(), limit))

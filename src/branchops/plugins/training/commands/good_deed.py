"""`branchops training good-deed`: the register of good deeds."""

from typing import Annotated

import typer

from branchops.api import N_, act, run_report
from branchops.plugins.training.commands.shared import StaffId, staff
from branchops.plugins.training.rules.decide_conduct import NoteDeed, decide_good_deed

app = typer.Typer(help=N_("good deeds, noted by others"))


@app.command()
def add(
    who: StaffId,
    what: Annotated[str, typer.Option(help=N_("what they did"))],
    anticipated: Annotated[bool, typer.Option("--anticipated", help=N_("before anybody asked"))] = False,
) -> None:
    """Note a colleague's good deed.

    Example: branchops training good-deed add zhao --what "walked a lost customer home" --anticipated
    """
    act(decide_good_deed, NoteDeed(staff=staff(who), what=what, anticipated=anticipated), "good-deeds", opens=True)


@app.command("list")
def list_(period: Annotated[str, typer.Option(help=N_("2026-11, 2026-Q4 or 2026"))] = "") -> None:
    """List good deeds.

    Example: branchops training good-deed list
    """
    run_report("good-deeds", period=period)

"""`branchops training accommodate`: items that do not apply to somebody."""

from typing import Annotated

import typer

from branchops.api import N_, act
from branchops.plugins.training.commands.shared import StaffId, day, staff, words
from branchops.plugins.training.rules.decide_conduct import Accommodate, decide_accommodate

app = typer.Typer()


@app.command()
def accommodate(
    who: StaffId,
    item: Annotated[list[str], typer.Option(help=N_("item of the sheet, may be repeated"))],
    reason: Annotated[str, typer.Option(help=N_("faith, culture, pregnancy, disability or medical"))],
    until: Annotated[str, typer.Option(help=N_("last day it holds (default: for good)"))] = "",
) -> None:
    """Take items of the observation sheet off somebody, by a code and never a story.

    Example: branchops training accommodate zhao --item neat --reason pregnancy --until 2027-03-31
    """
    command = Accommodate(staff=staff(who), items=words(item), reason=reason, until=day(until))
    act(decide_accommodate, command, "accommodations", opens=True)

"""`branchops training appearance`: the check before opening."""

from typing import Annotated

import typer

from branchops.api import N_, act
from branchops.plugins.training.commands.shared import StaffId, staff, words
from branchops.plugins.training.rules.decide_conduct import CheckAppearance, decide_appearance

app = typer.Typer()


@app.command()
def appearance(
    who: StaffId,
    peer: Annotated[str, typer.Option(help=N_("the colleague who looked as well"))],
    missing: Annotated[list[str] | None, typer.Option(help=N_("points of the standard not met, by code"))] = None,
) -> None:
    """Note the check of appearance before opening: one's own eyes and a colleague's.

    Example: branchops training appearance zhao --peer sun --missing badge
    """
    command = CheckAppearance(staff=staff(who), peer=staff(peer), missing=words(missing))
    act(decide_appearance, command, "appearance", opens=True)

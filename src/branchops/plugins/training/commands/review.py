"""`branchops training review`: comment on a reflection."""

from typing import Annotated

import typer

from branchops.api import N_, NotFound, _, act, session
from branchops.plugins.training.commands.shared import StaffId, staff
from branchops.plugins.training.rules.decide_learning import Review, decide_review

app = typer.Typer()


@app.command()
def review(
    who: StaffId,
    comment: Annotated[str, typer.Option(help=N_("what you say about it"))],
    by: Annotated[str, typer.Option(help=N_("who read it (default: who is acting)"))] = "",
    about: Annotated[str, typer.Option(help=N_("session, complaint or theme (default: the latest)"))] = "",
) -> None:
    """Comment on somebody's reflection; never on your own.

    Example: branchops training review zhao --comment "honest; try it at the counter" --by chen
    """
    one = staff(who)
    rows = session().branch.rows("training.reflection", {"staff": one}, order="at DESC, id")
    found = [row for row in rows if not about or about.upper() in (row.session, row.complaint, row.theme.upper())]
    if not found:
        raise NotFound(
            _("{staff} has handed in no such reflection.").format(staff=one), _("See: branchops training reflections")
        )
    command = Review(staff=one, sha256=found[0].sha256, reviewer=staff(by), comment=comment)
    act(decide_review, command, f"learner-{one}", opens=True)

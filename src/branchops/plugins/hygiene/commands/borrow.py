"""`branchops hygiene borrow`: materials taken to be consulted."""

from typing import Annotated

import typer

from branchops.api import N_, New, UsageError, _, act, session
from branchops.plugins.hygiene.commands.shared import staff
from branchops.plugins.hygiene.rules import decide_work as decide

app = typer.Typer()


@app.command()
def borrow(
    what: Annotated[str, typer.Argument(help=N_("what was taken"), metavar="WHAT")] = "",
    who: Annotated[str, typer.Option(help=N_("by whom (default: who is acting)"))] = "",
    pieces: Annotated[int, typer.Option(help=N_("how many pieces, of one consultation"))] = 1,
    list_: Annotated[bool, typer.Option("--list", help=N_("only list what is out"))] = False,
) -> None:
    """Take books, papers or files to consult them; or list what is out.

    Example: branchops hygiene borrow "loan files 2026" --pieces 10
    """
    if list_:
        from branchops.plugins.hygiene.reports.cleaning import loans_table

        run = session()
        run.show(loans_table(run.reading()))
        return
    if not what:
        raise UsageError(_("{name} is missing.").format(name="WHAT"), _("Say what was taken, or --list."))
    act(decide.decide_borrow, decide.Borrow(what=what, who=staff(who), pieces=pieces), New("MB"))

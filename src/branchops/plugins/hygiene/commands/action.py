"""`branchops hygiene action ...`: what failed and is to be put right."""

from typing import Annotated

import typer

from branchops.api import N_, act, number, session
from branchops.plugins.hygiene.commands.shared import staff
from branchops.plugins.hygiene.rules import decide_work as decide

app = typer.Typer(help=N_("corrective actions: done, list"))


@app.command()
def done(
    id: Annotated[str, typer.Argument(help=N_("number of the inspection: HI-2026-0001 or 1"), metavar="ID")],  # noqa: A002
    code: Annotated[str, typer.Argument(help=N_("the row that failed"), metavar="CODE")],
    by: Annotated[str, typer.Option(help=N_("who put it right (default: who is acting)"))] = "",
    verified_by: Annotated[str, typer.Option(help=N_("who looked at it again"))] = "",
    note: Annotated[str, typer.Option(help=N_("remark"))] = "",
) -> None:
    """Say that something that failed was put right.

    Example: branchops hygiene action done HI-1 E05 --verified-by li
    """
    verifier = staff(verified_by) if verified_by else ""
    command = decide.FinishAction(code=code.upper(), by=staff(by), verified_by=verifier, note=note)
    act(decide.decide_finish_action, command, number(id, "HI"))


@app.command("list")
def list_(all_: Annotated[bool, typer.Option("--all", help=N_("those put right too"))] = False) -> None:
    """List what failed and is to be put right.

    Example: branchops hygiene action list
    """
    from branchops.plugins.hygiene.reports.inspections import actions_table

    run = session()
    run.show(actions_table(run.reading(), every=all_))

"""`branchops complaints report-head`: tell the head."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id, head
from branchops.plugins.complaints.rules.decide import ReportHead, decide_report_head

app = typer.Typer()


@app.command()
def report_head(
    id: Id,  # noqa: A002 - the word of the command line
    to: Annotated[str, typer.Option(help=N_("the head (default: who acts as head today)"))] = "",
    note: Annotated[str, typer.Option(help=N_("what was said"))] = "",
) -> None:
    """Report a complaint to the head of the outlet.

    Example: branchops complaints report-head 113
    """
    act(decide_report_head, ReportHead(head=head(to), note=note), number(id, "C"))

"""`branchops complaints escalate`: report a complaint to head office."""

from pathlib import Path
from typing import Annotated

import typer

from branchops.api import N_, act, file_digest, number
from branchops.plugins.complaints.commands.shared import Id
from branchops.plugins.complaints.rules.decide import Escalate, decide_escalate

app = typer.Typer()


@app.command()
def escalate(
    id: Id,  # noqa: A002 - the word of the command line
    to: Annotated[str, typer.Option(help=N_("the department at head office"))] = "HQ",
    copy: Annotated[Path | None, typer.Option(help=N_("letter: copy that stays here, kept by its digest"))] = None,
    paper_copy: Annotated[str, typer.Option(help=N_("letter: number of the paper copy on file"))] = "",
    about_head: Annotated[bool, typer.Option(help=N_("the head is complained about: goes up directly"))] = False,
) -> None:
    """Report a complaint to head office.

    Example: branchops complaints escalate 113 --to "service standards"
    """
    digest = file_digest(copy) if copy else ""
    kept = str(copy) if copy else ""
    command = Escalate(to=to, file=kept, sha256=digest, paper_copy=paper_copy, head_concerned=about_head)
    act(decide_escalate, command, number(id, "C"))

"""`branchops complaints investigate`: note what was found out."""

from pathlib import Path
from typing import Annotated

import typer

from branchops.api import N_, act, file_digest, number, staff_ids
from branchops.plugins.complaints.commands.shared import after, staff
from branchops.plugins.complaints.rules.decide import Investigate, decide_investigate

app = typer.Typer()


@app.command()
def investigate(
    words: Annotated[
        list[str],
        typer.Argument(help=N_("number of the complaint (the word add may stand before it)"), metavar="[add] ID"),
    ],
    finding: Annotated[str, typer.Option(help=N_("what was found out (kept sealed)"))],
    by: Annotated[str, typer.Option(help=N_("who investigated (default: who is acting)"))] = "",
    interviewed: Annotated[list[str] | None, typer.Option(help=N_("staff who were asked, may be repeated"))] = None,
    file: Annotated[Path | None, typer.Option(help=N_("evidence, kept by its digest"))] = None,
) -> None:
    """Record what the investigation found.

    Example: branchops complaints investigate add 113 --finding "queue was 54 minutes" --interviewed zhao
    """
    command = Investigate(
        finding=finding,
        investigator=staff(by),
        interviewed=staff_ids(interviewed or ()),
        file=str(file) if file else "",
        sha256=file_digest(file) if file else "",
    )
    act(decide_investigate, command, number(after("add", words, "investigate"), "C"))

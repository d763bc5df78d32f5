"""`branchops training minutes`: keep the minutes."""

from pathlib import Path
from typing import Annotated

import typer

from branchops.api import N_, act, file_digest, number
from branchops.plugins.training.commands.shared import SessionId
from branchops.plugins.training.rules.decide_sessions import KeepMinutes, decide_minutes

app = typer.Typer()


@app.command()
def minutes(
    id: SessionId,  # noqa: A002 - the word of the command line
    text: Annotated[str, typer.Option(help=N_("the minutes, in a few words"))] = "",
    file: Annotated[Path | None, typer.Option(help=N_("the minutes as a file, kept by its digest"))] = None,
) -> None:
    """Keep the minutes of a session, as a text or by the digest of a file.

    Example: branchops training minutes TS-1 --text "dual control again; three questions open"
    """
    command = KeepMinutes(text=text, file=file.name if file else "", sha256=file_digest(file) if file else "")
    act(decide_minutes, command, number(id, "TS"))

"""`branchops complaints close`: close what the handler closes."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id, handler
from branchops.plugins.complaints.rules.decide import Close, decide_close

app = typer.Typer()


@app.command()
def close(
    id: Id,  # noqa: A002 - the word of the command line
    by: Annotated[str, typer.Option(help=N_("the handler (default: the handler of today)"))] = "",
) -> None:
    """Close an entry of the opinion book, a suggestion or praise, with the handler's PIN.

    Example: branchops --pins pins.toml complaints close 114 --by li
    """
    act(decide_close, Close(by=handler(by)), number(id, "C"))

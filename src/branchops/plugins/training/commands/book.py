"""`branchops training book`: book places."""

from typing import Annotated

import typer

from branchops.api import N_, act, number, staff_ids
from branchops.plugins.training.commands.shared import SessionId
from branchops.plugins.training.rules.decide_sessions import Book, decide_book

app = typer.Typer()


@app.command()
def book(
    id: SessionId,  # noqa: A002 - the word of the command line
    who: Annotated[list[str], typer.Option(help=N_("staff with a place, commas allowed"))],
) -> None:
    """Book places in a planned session.

    Example: branchops training book TS-1 --who zhao,li
    """
    act(decide_book, Book(who=staff_ids(who)), number(id, "TS"))

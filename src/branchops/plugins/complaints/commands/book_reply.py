"""`branchops complaints book-reply`: the written reply in the opinion book."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id, handler
from branchops.plugins.complaints.rules.decide import ReplyInBook, decide_book_reply

app = typer.Typer()


@app.command()
def book_reply(
    id: Id,  # noqa: A002 - the word of the command line
    text: Annotated[str, typer.Option(help=N_("the words that stand in the book; everybody can read them"))],
    page: Annotated[int, typer.Option(help=N_("page of the book"))] = 0,
    signed_by: Annotated[str, typer.Option(help=N_("the handler who signs (default: the handler of today)"))] = "",
) -> None:
    """Record the written reply in the opinion book, signed by the handler.

    Example: branchops --pins pins.toml complaints book-reply 113 --page 12 --text "A second window opens at noon."
    """
    act(decide_book_reply, ReplyInBook(page=page, text=text, handler=handler(signed_by)), number(id, "C"))

"""`branchops complaints book-check`: the daily look into the opinion book."""

from typing import Annotated

import typer

from branchops.api import N_, act, parse_day
from branchops.plugins.complaints.commands.shared import page_range, staff, today
from branchops.plugins.complaints.rules.decide import CheckBook, decide_book_check
from branchops.plugins.complaints.views import BOOK

app = typer.Typer()


@app.command()
def book_check(
    entries: Annotated[int, typer.Option(help=N_("how many new entries there are; 0 is an answer"))],
    pages: Annotated[str, typer.Option(help=N_("the pages read: 12-13, or 12"))] = "",
    for_: Annotated[str, typer.Option("--for", help=N_("the day it was for (default: today)"))] = "",
    missing: Annotated[list[int] | None, typer.Option(help=N_("pages that are not there, may be repeated"))] = None,
    by: Annotated[str, typer.Option(help=N_("who read it (default: who is acting)"))] = "",
) -> None:
    """Record that the opinion book was read, with or without new entries.

    Example: branchops complaints book-check --pages 12-13 --entries 2
    """
    first, last = page_range(pages)
    command = CheckBook(
        day=parse_day(for_, today()) if for_ else today(),
        by=staff(by),
        entries=entries,
        first=first,
        last=last,
        missing=tuple(missing or ()),
    )
    act(decide_book_check, command, BOOK, opens=True)

"""`branchops complaints volume`: the volumes of the opinion book."""

from typing import Annotated

import typer

from branchops.api import N_, Column, Table, _, act, listing, session
from branchops.plugins.complaints.rules.decide import (
    EndVolume,
    StartVolume,
    decide_volume_end,
    decide_volume_start,
)
from branchops.plugins.complaints.views import BOOK

app = typer.Typer(help=N_("volumes of the opinion book: start, end, list"))
Name = Annotated[str, typer.Argument(help=N_("name or number of the volume"), metavar="VOLUME")]


@app.command()
def start(
    volume: Name,
    pages: Annotated[int, typer.Option(help=N_("how many numbered pages it has"))],
    first: Annotated[int, typer.Option(help=N_("number of its first page"))] = 1,
) -> None:
    """Lay out a new volume of the opinion book.

    Example: branchops complaints volume start 7 --pages 100
    """
    act(decide_volume_start, StartVolume(volume=volume, pages=pages, first=first), BOOK, opens=True)


@app.command()
def end(
    volume: Name,
    last: Annotated[int, typer.Option(help=N_("its last written page"))],
    reason: Annotated[str, typer.Option(help=N_("why: full, missing, torn"))] = "full",
) -> None:
    """Take a volume of the opinion book away.

    Example: branchops complaints volume end 7 --last 100
    """
    act(decide_volume_end, EndVolume(volume=volume, last=last, reason=reason), BOOK, opens=True)


@app.command("list")
def list_() -> None:
    """List the volumes of the opinion book, with the pages found missing.

    Example: branchops complaints volume list
    """
    run = session()
    book = run.reading().row("complaints.book", BOOK)
    rows = [
        {
            "volume": one.name,
            "first": one.first,
            "last": one.last,
            "ended": one.ended or None,
            "reason": one.reason,
            "why": _(one.reason),
        }
        for one in (book.volumes if book else ())
    ]
    columns = (
        Column("volume", _("Volume")),
        Column("first", _("First page"), kind="number"),
        Column("last", _("Last page"), kind="number"),
        Column("ended", _("Written up to"), kind="number"),
        Column("reason", _("Reason"), shown=False),
        Column("why", _("Reason")),
    )
    notes = [] if book else [_("No volume was started.")]
    if book and book.read_to:
        notes.append(_("Read up to page {page}.").format(page=book.read_to))
    if book and book.missing:
        notes.append(_("Missing pages: {pages}").format(pages=listing(map(str, book.missing))))
    run.show(Table(columns, rows, title=_("Volumes of the opinion book"), notes=tuple(notes)))

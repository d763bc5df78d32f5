"""`branchops improve board`: the branch on one page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from branchops.api import N_, UsageError, _, session
from branchops.plugins.improve.commands.shared import day

app = typer.Typer()


@app.command()
def board(
    period: Annotated[str, typer.Option(metavar="P", help=N_("2026-11, 2026-Q4 (default: today)"))] = "",
    on: Annotated[str, typer.Option(help=N_("the board of one day"))] = "",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help=N_("write a sheet of HTML there instead"))] = None,
) -> None:
    """Show what is owed, overdue, missed and found, and how the branch stands.

    Example: branchops improve board --period 2026-11 --out board.html
    """
    from branchops.plugins.improve.reports.board import board as made

    run = session()
    reading = run.reading(period)
    page = made(reading.over(day(on), day(on)) if on else reading)
    if out is None:
        run.show(page)
        return
    try:
        with out.open("w", encoding="utf-8", newline="\n") as stream:
            run.put(page, "html", stream)
    except OSError as error:
        raise UsageError(
            _("{path} cannot be written: {reason}.").format(path=out, reason=error.strerror),
            _("Name another file with --out."),
        ) from None
    run.say(_("Written: {path} ({format})").format(path=out, format="html"))

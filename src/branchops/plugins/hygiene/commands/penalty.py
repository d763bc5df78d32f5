"""`branchops hygiene penalty ...`: what violations cost, how that came about, the notice."""

from typing import Annotated

import typer

from branchops.api import N_, session
from branchops.plugins.hygiene.commands.shared import Id, violation

app = typer.Typer(help=N_("penalties: the table, the book, the notice"))
Period = Annotated[str, typer.Option(help=N_("2026-11, 2026-Q4 or 2026 (default: all)"))]


@app.command("list")
def list_(period: Period = "") -> None:
    """List what the violations that stand cost.

    Example: branchops hygiene penalty list --period 2026-12
    """
    from branchops.plugins.hygiene.reports.penalties import penalty_table

    run = session()
    run.show(penalty_table(run.reading(period)))


@app.command()
def book(period: Period = "") -> None:
    """Show how the penalties came about, with every compensating entry.

    Example: branchops hygiene penalty book
    """
    from branchops.plugins.hygiene.reports.penalties import book_table

    run = session()
    run.show(book_table(run.reading(period)))


@app.command()
def notice(id: Id) -> None:  # noqa: A002 - the word of the command line
    """Print the notice of one violation.

    Example: branchops hygiene penalty notice V-3
    """
    from branchops.plugins.hygiene.reports.violations import notice as make

    run = session()
    run.show(make(run.reading(), violation(id)))

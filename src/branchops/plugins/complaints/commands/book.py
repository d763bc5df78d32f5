"""`branchops complaints book`: the opinion book."""

from typing import Annotated

import typer

from branchops.api import N_
from branchops.plugins.complaints.commands.shared import show_register

app = typer.Typer()


@app.command()
def book(
    period: Annotated[
        str, typer.Argument(help=N_("such as 2026-11, 2026-Q4 or 2026 (default: everything)"), metavar="[PERIOD]")
    ] = "",
    print_: Annotated[bool, typer.Option("--print", help=N_("record a print: copy number and digest"))] = False,
    supplement: Annotated[bool, typer.Option(help=N_("only what was entered after the last print"))] = False,
    reveal: Annotated[bool, typer.Option(help=N_("personal data in clear"))] = False,
) -> None:
    """Show the opinion book as a register, or print it.

    Example: branchops complaints book 2026-11 --print
    """
    show_register("opinion-book", period, printing=print_, supplement=supplement, reveal=reveal)

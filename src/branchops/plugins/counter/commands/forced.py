"""`branchops counter forced`: the share of seals passed by force."""

from typing import Annotated, Literal

import typer

from branchops.api import N_, session
from branchops.plugins.counter.reports.registers import forced_pass

app = typer.Typer()


@app.command()
def forced(
    by: Annotated[Literal["day", "teller", "account"], typer.Option(help=N_("one line for each"))] = "teller",
    period: Annotated[str, typer.Option(help=N_("2026-11, 2026-Q4, 2026"))] = "",
) -> None:
    """Show the forced-pass share with n, interval, thresholds and trend.

    Example: branchops counter forced --by account --period 2026-11
    """
    run = session()
    run.show(forced_pass(run.reading(period), by))

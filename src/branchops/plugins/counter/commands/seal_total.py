"""`branchops counter seal-total`: what the verification system itself counted."""

from typing import Annotated

import typer

from branchops.api import N_, parse_day
from branchops.plugins.counter.commands.shared import record, today
from branchops.plugins.counter.events.registers import SealTotalled

app = typer.Typer()


@app.command("seal-total")
def seal_total(
    total: Annotated[int, typer.Option(help=N_("verifications of the day"))],
    forced: Annotated[int, typer.Option(help=N_("of these forced"))],
    date: Annotated[str, typer.Option(help=N_("day (default today)"))] = "",
) -> None:
    """Record the system's own count of a day, to hold what was recorded here against it.

    Example: branchops counter seal-total --total 41 --forced 3
    """
    day = parse_day(date, today()) if date else today()
    record(SealTotalled(day=day, total=total, forced=forced), f"seal-{day}")

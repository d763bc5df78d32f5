"""`branchops training care`: care for tellers."""

from typing import Annotated

import typer

from branchops.api import N_, act, record_id, run_report
from branchops.plugins.training.commands.shared import StaffId, staff
from branchops.plugins.training.events.conduct import CareKind
from branchops.plugins.training.rules.decide_conduct import Care, decide_care

app = typer.Typer(help=N_("care after a hard moment; counted, never shown by person"))


@app.command()
def add(
    who: StaffId,
    kind: Annotated[CareKind, typer.Option(help=N_("talk, rotation or break"))],
    after: Annotated[str, typer.Option(help=N_("the complaint that it follows"))] = "",
) -> None:
    """Note that a colleague was cared for; whom it was for is sealed.

    Example: branchops training care add zhao --kind talk --after C-7
    """
    command = Care(kind=kind, staff=staff(who), after=record_id(after, "C") if after else "")
    act(decide_care, command, "care", opens=True)


@app.command()
def stats(period: Annotated[str, typer.Option(help=N_("2026-11, 2026-Q4 or 2026"))] = "") -> None:
    """Count care by month and kind.

    Example: branchops training care stats --period 2026-Q4
    """
    run_report("teller-care", period=period)

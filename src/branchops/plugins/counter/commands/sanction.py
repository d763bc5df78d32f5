"""`branchops counter sanction`: a sanction, resting on a record."""

from typing import Annotated

import typer

from branchops.api import N_, New, session
from branchops.plugins.counter.commands.shared import record, staff
from branchops.plugins.counter.events.managing import MeritRecorded
from branchops.plugins.counter.reports.managing import merits

app = typer.Typer(help=N_("sanctions: add, list"))


@app.command()
def add(
    person: Annotated[str, typer.Option(help=N_("whom it concerns"))],
    basis: Annotated[str, typer.Option(help=N_("the record or entry that it rests on"))],
    text: Annotated[str, typer.Option(help=N_("what it is"))],
    approver: Annotated[str, typer.Option(help=N_("who approves (default: who is acting)"))] = "",
) -> None:
    """Record a sanction; somebody else approves it, and it names no money.

    Example: branchops counter sanction add --person zhao --basis D-2026-0001 --text "told at the morning meeting"
    """
    fact = MeritRecorded(kind="sanction", person=staff(person), basis=basis, approver=staff(approver), text=text)
    record(fact, New("RS"))


@app.command("list")
def list_(
    period: Annotated[str, typer.Option(help=N_("2026-11, 2026-Q4, 2026"))] = "",
    reveal: Annotated[bool, typer.Option("--reveal", help=N_("names in clear"))] = False,
) -> None:
    """List rewards and sanctions, with totals both ways; names are masked.

    Example: branchops counter sanction list --period 2026-11
    """
    run = session()
    run.show(merits(run.reading(period, reveal)))

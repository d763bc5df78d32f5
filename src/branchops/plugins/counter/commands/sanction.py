"""`branchops counter sanction`: a sanction, resting on a record."""

from __future__ import annotations

from typing import Annotated

import typer

from branchops.api import N_, New
from branchops.plugins.counter.commands.shared import record, staff
from branchops.plugins.counter.events.managing import MeritRecorded

app = typer.Typer()


@app.command()
def sanction(
    person: Annotated[str, typer.Option(help=N_("whom it concerns"))],
    basis: Annotated[str, typer.Option(help=N_("the record or entry that it rests on"))],
    text: Annotated[str, typer.Option(help=N_("what it is"))],
    approver: Annotated[str, typer.Option(help=N_("who approves (default: who is acting)"))] = "",
) -> None:
    """Record a sanction; somebody else approves it, and it names no money.

    Example: branchops counter sanction --person zhao --basis D-2026-0001 --text "told at the morning meeting"
    """
    fact = MeritRecorded(kind="sanction", person=staff(person), basis=basis, approver=staff(approver), text=text)
    record(fact, New("RS"))

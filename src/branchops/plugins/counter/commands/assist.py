"""`branchops counter assist`: a customer who cannot write was helped before a witness."""

from typing import Annotated

import typer

from branchops.api import N_, New
from branchops.plugins.counter.commands.shared import Reason, day_of_it, record, staff
from branchops.plugins.counter.events.registers import AssistanceWitnessed

app = typer.Typer()


@app.command()
def assist(
    witness: Annotated[str, typer.Option(help=N_("who watched"))],
    reason: Reason,
    teller: Annotated[str, typer.Option(help=N_("who helped (default: who is acting)"))] = "",
    customer: Annotated[str, typer.Option(help=N_("the customer's name (kept sealed)"))] = "",
) -> None:
    """Record witnessed help; off unless counter.assist.enabled is on.

    Example: branchops counter assist --witness sun --reason "blind customer"
    """
    fact = AssistanceWitnessed(
        teller=staff(teller), witness=staff(witness), day=day_of_it(), reason=reason, customer=customer or None
    )
    record(fact, New("AX"))

"""`branchops counter count`: the final count with the general teller."""

from typing import Annotated

import typer

from branchops.api import N_
from branchops.plugins.counter.commands.shared import (
    Amount,
    Currency,
    Reason,
    Single,
    With,
    day_of_it,
    maybe,
    money,
    record,
    staff,
    why,
)
from branchops.plugins.counter.events.seat import FinalCounted
from branchops.plugins.counter.rules.decide import decide_final_count

app = typer.Typer()


@app.command()
def count(
    teller: Annotated[str, typer.Option(help=N_("whose till (default: who is acting)"))] = "",
    general: With = "",
    *,
    amount: Amount,
    final: Annotated[bool, typer.Option("--final", help=N_("the final count (the only one there is)"))] = True,  # noqa: ARG001
    currency: Currency = "CNY",
    single: Single = False,
    reason: Reason = "",
) -> None:
    """Count a till with the general teller after the formal balance.

    Example: branchops counter count --final --teller zhao --with qian --amount 152400
    """
    who, day = staff(teller), day_of_it()
    fact = FinalCounted(
        teller=who,
        day=day,
        count=money(amount),
        general=maybe(general),
        currency=currency,
        single=why(single, reason),
    )
    record(fact, f"till-{who}-{day}", decide_final_count)

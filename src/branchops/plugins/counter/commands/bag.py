"""`branchops counter bag`: cash bags are opened and sealed by two."""

from typing import Annotated

import typer

from branchops.api import N_, session
from branchops.plugins.counter.commands.shared import (
    Amount,
    By,
    Currency,
    Reason,
    Single,
    With,
    both,
    day_of_it,
    money,
    record,
    why,
)
from branchops.plugins.counter.events.custody import BagOpened, BagSealed
from branchops.plugins.counter.reports.custody import bags
from branchops.plugins.counter.rules.decide import decide_open_bag

app = typer.Typer(help=N_("cash bags: open, seal, list"))

Bag = Annotated[str, typer.Argument(metavar="NO", help=N_("number of the bag"))]
SealNo = Annotated[str, typer.Option("--seal", help=N_("number on the seal"))]


@app.command("open")
def open_(
    bag: Bag,
    seal: SealNo,
    by: By = None,
    second: With = "",
    broken: Annotated[bool, typer.Option("--broken", help=N_("the seal was broken"))] = False,
    single: Single = False,
    reason: Reason = "",
) -> None:
    """Open a bag, two together; a seal that is not the recorded one is a breach and raises an incident.

    Example: branchops counter bag open B7 --seal 88123 --by li --with wang
    """
    fact = BagOpened(
        bag=bag, seal=seal, day=day_of_it(), by=both(by, second), broken=broken, single=why(single, reason)
    )
    record(fact, f"bag-{bag}", decide_open_bag)


@app.command()
def seal(
    bag: Bag,
    seal: SealNo,
    amount: Amount,
    by: By = None,
    second: With = "",
    currency: Currency = "CNY",
    single: Single = False,
    reason: Reason = "",
) -> None:
    """Seal a bag, two together, after the final count, with a number never used before.

    Example: branchops counter bag seal B7 --seal 88124 --amount 150000 --by li --with wang
    """
    fact = BagSealed(
        bag=bag,
        seal=seal,
        day=day_of_it(),
        amount=money(amount),
        by=both(by, second),
        currency=currency,
        single=why(single, reason),
    )
    record(fact, f"bag-{bag}")


@app.command("list")
def list_() -> None:
    """List the bags and whether they are sealed.

    Example: branchops counter bag list
    """
    run = session()
    run.show(bags(run.reading()))

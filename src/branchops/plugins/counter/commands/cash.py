"""`branchops counter cash`: cash came into a till."""

from typing import Annotated

import typer

from branchops.api import N_
from branchops.plugins.counter.commands.shared import Amount, Currency, day_of_it, money, record, staff
from branchops.plugins.counter.events.seat import CashReceived

app = typer.Typer()


@app.command()
def cash(
    teller: Annotated[str, typer.Argument(help=N_("whose till (default: who is acting)"))] = "",
    *,
    amount: Amount,
    currency: Currency = "CNY",
    ref: Annotated[str, typer.Option(help=N_("voucher"))] = "",
) -> None:
    """Record cash received (or, negative, paid out); from the threshold on it is owed to the safe.

    Example: branchops counter cash zhao --amount 60000
    """
    who, day = staff(teller), day_of_it()
    fact = CashReceived(teller=who, day=day, amount=money(amount), currency=currency, ref=ref)
    record(fact, f"till-{who}-{day}")

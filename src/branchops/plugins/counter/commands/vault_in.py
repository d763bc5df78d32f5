"""`branchops counter vault-in`: cash goes to the safe."""

from typing import Annotated

import typer

from branchops.api import N_
from branchops.plugins.counter.commands.shared import Amount, Currency, day_of_it, money, record, staff
from branchops.plugins.counter.events.seat import VaultedIn

app = typer.Typer()


@app.command("vault-in")
def vault_in(
    teller: Annotated[str, typer.Argument(help=N_("whose till (default: who is acting)"))] = "",
    *,
    amount: Amount,
    currency: Currency = "CNY",
) -> None:
    """Lock cash of a till in the safe.

    Example: branchops counter vault-in zhao --amount 60000
    """
    who, day = staff(teller), day_of_it()
    record(VaultedIn(teller=who, day=day, amount=money(amount), currency=currency), f"till-{who}-{day}")

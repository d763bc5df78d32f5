"""`branchops counter balance`: the ledger balance of a till is struck."""

from typing import Annotated

import typer

from branchops.api import N_, UsageError, _
from branchops.plugins.counter.commands.shared import Currency, day_of_it, money, record, staff
from branchops.plugins.counter.events.seat import Balanced
from branchops.plugins.counter.rules.decide import decide_balance

app = typer.Typer()


@app.command()
def balance(
    teller: Annotated[str, typer.Argument(help=N_("whose till (default: who is acting)"))] = "",
    interim: Annotated[bool, typer.Option("--interim", help=N_("before leaving the seat"))] = False,
    final: Annotated[bool, typer.Option("--final", help=N_("the formal balance at the end of the day"))] = False,
    book: Annotated[str, typer.Option(help=N_("what the system says"))] = "0",
    cash: Annotated[str, typer.Option(help=N_("what is in the till (default: as the book)"))] = "",
    currency: Currency = "CNY",
    manual: Annotated[bool, typer.Option("--manual", help=N_("the system was down; struck by hand"))] = False,
) -> None:
    """Strike a balance; cash that is not what the book says opens a difference.

    Example: branchops counter balance zhao --interim --book 152400 --cash 152400
    """
    if interim == final:
        raise UsageError(_("Which balance?"), _("One of --interim and --final."))
    who, day = staff(teller), day_of_it()
    fact = Balanced(
        teller=who,
        day=day,
        kind="final" if final else "interim",
        book=money(book),
        cash=money(cash or book),
        currency=currency,
        manual=manual,
    )
    record(fact, f"till-{who}-{day}", decide_balance)

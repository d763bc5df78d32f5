"""`branchops complaints correct`: the error was put right."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id, money
from branchops.plugins.complaints.rules.decide import Correct, decide_correct

app = typer.Typer()


@app.command()
def correct(
    id: Id,  # noqa: A002 - the word of the command line
    text: Annotated[str, typer.Option(help=N_("what was put right"))],
    amount: Annotated[str, typer.Option(help=N_("money that moved"))] = "",
    currency: Annotated[str, typer.Option(help=N_("its currency"))] = "CNY",
    voucher: Annotated[str, typer.Option(help=N_("number of the voucher in the core system"))] = "",
) -> None:
    """Record that the error was put right.

    Example: branchops complaints correct 113 --text "fee returned" --amount 20 --voucher 88-1204
    """
    command = Correct(text=text, amount=money(amount), currency=currency, voucher=voucher)
    act(decide_correct, command, number(id, "C"))

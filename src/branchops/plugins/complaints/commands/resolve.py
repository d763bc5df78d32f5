"""`branchops complaints resolve`: say what came of it."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id, money, staff
from branchops.plugins.complaints.events import Finding
from branchops.plugins.complaints.rules.decide import Resolve, decide_resolve

app = typer.Typer()


@app.command()
def resolve(
    id: Id,  # noqa: A002 - the word of the command line
    outcome: Annotated[Finding, typer.Option(help=N_("upheld, partly or not-upheld"))],
    facts: Annotated[str, typer.Option(help=N_("the facts it rests on (kept sealed)"))],
    amount: Annotated[str, typer.Option(help=N_("money granted, within the authority of the post"))] = "",
    currency: Annotated[str, typer.Option(help=N_("its currency"))] = "CNY",
    by: Annotated[str, typer.Option(help=N_("who decided (default: who is acting)"))] = "",
) -> None:
    """Settle a complaint.

    Example: branchops complaints resolve 113 --outcome upheld --facts "queue log confirms it"
    """
    command = Resolve(outcome=outcome, facts=facts, by=staff(by), amount=money(amount), currency=currency)
    act(decide_resolve, command, number(id, "C"))

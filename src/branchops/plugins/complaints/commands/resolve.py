"""`branchops complaints resolve`: say what came of it."""

from __future__ import annotations

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.complaints.commands.shared import Id
from branchops.plugins.complaints.events import Finding
from branchops.plugins.complaints.rules.decide import Resolve, decide_resolve

app = typer.Typer()


@app.command()
def resolve(
    id: Id,  # noqa: A002 - the word of the command line
    outcome: Annotated[Finding, typer.Option(help=N_("upheld, partly or not-upheld"))],
    facts: Annotated[str, typer.Option(help=N_("the facts it rests on (kept sealed)"))],
    amount: Annotated[str, typer.Option(help=N_("money returned, if any"))] = "",
) -> None:
    """Settle a complaint.

    Example: branchops complaints resolve 113 --outcome upheld --facts "queue log confirms it"
    """
    act(decide_resolve, Resolve(outcome=outcome, facts=facts, amount=amount), number(id, "C"))

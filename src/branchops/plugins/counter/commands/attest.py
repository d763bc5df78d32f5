"""`branchops counter attest`: a second person counts after a teller left alone."""

from typing import Annotated

import typer

from branchops.api import N_, _, act
from branchops.plugins.counter.commands.shared import away, count, staff, today
from branchops.plugins.counter.rules.decide import Attest, decide_attest

app = typer.Typer()


@app.command()
def attest(
    absence: Annotated[str, typer.Argument(metavar="ABSENCE", help=N_("number of the absence, or the teller"))],
    witness: Annotated[str, typer.Option(help=N_("who counted (default: who is acting)"))] = "",
    given: Annotated[str, typer.Option("--witness-count", help=N_("the count; on a terminal asked for unseen"))] = "",
) -> None:
    """Sign a second count; outside the window it is kept as a late attestation and does not meet the rule.

    Example: branchops counter attest AW-1 --witness sun --witness-count 152400
    """
    who = staff(witness)
    counted, _unseen = count(given, _("Count of {who}: ").format(who=who))
    act(decide_attest, Attest(witness=who, witness_count=counted, day=today()), away(absence))

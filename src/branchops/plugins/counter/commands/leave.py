"""`branchops counter leave`: a teller leaves the seat, after two have counted."""

from typing import Annotated

import typer

from branchops.api import N_, New, _
from branchops.plugins.counter.commands.shared import (
    Currency,
    Reason,
    Single,
    count,
    day_of_it,
    maybe,
    record,
    staff,
    why,
)
from branchops.plugins.counter.events.seat import SeatLeft
from branchops.plugins.counter.rules.decide import decide_leave

app = typer.Typer()


@app.command()
def leave(
    teller: Annotated[str, typer.Argument(help=N_("who leaves (default: who is acting)"))] = "",
    witness: Annotated[str, typer.Option(help=N_("who counts along"))] = "",
    given: Annotated[str, typer.Option("--count", help=N_("the teller's count; on a terminal asked for unseen"))] = "",
    second: Annotated[
        str, typer.Option("--witness-count", help=N_("the witness's own count; on a terminal asked unseen"))
    ] = "",
    currency: Currency = "CNY",
    long: Annotated[bool, typer.Option("--long", help=N_("it will be a long absence"))] = False,
    signed_off: Annotated[bool, typer.Option("--signed-off", help=N_("the terminal is signed off"))] = False,
    stamps_stowed: Annotated[bool, typer.Option("--stamps-stowed", help=N_("the stamps are locked away"))] = False,
    single: Single = False,
    reason: Reason = "",
) -> None:
    """Leave the seat after two have counted the cash, each without seeing the other's figure.

    Example: branchops counter leave zhao --witness sun --count 152400 --witness-count 152400
    """
    who, by = staff(teller), maybe(witness)
    first, unseen = count(given, _("Count of {who}: ").format(who=who))
    other, blind = count(second, _("Count of {who}: ").format(who=by)) if by else (None, False)
    fact = SeatLeft(
        teller=who,
        day=day_of_it(),
        count=first,
        witness=by,
        witness_count=other,
        currency=currency,
        long=long,
        signed_off=signed_off,
        stamps_stowed=stamps_stowed,
        single=why(single, reason),
        blind=unseen and blind,
    )
    record(fact, New("AW"), decide_leave)

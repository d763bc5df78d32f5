"""`branchops counter seal-check`: a seal was verified."""

from typing import Annotated, Literal

import typer

from branchops.api import N_, parse_day
from branchops.plugins.counter.commands.shared import Reason, Single, maybe, record, staff, tail, today, why
from branchops.plugins.counter.events.registers import SealChecked

app = typer.Typer()


@app.command("seal-check")
def seal_check(
    result: Annotated[Literal["pass", "manual", "forced"], typer.Option(help=N_("how it ended"))],
    account: Annotated[str, typer.Option(help=N_("account; only the last four digits are kept"))],
    teller: Annotated[str, typer.Option(help=N_("who verified (default: who is acting)"))] = "",
    reason: Reason = "",
    authoriser: Annotated[str, typer.Option(help=N_("who authorised the forced pass, with an own PIN"))] = "",
    single: Single = False,
    date: Annotated[str, typer.Option(help=N_("day (default today)"))] = "",
    ref: Annotated[str, typer.Option(help=N_("voucher"))] = "",
) -> None:
    """Record a verification; a forced pass needs a reason and another person's authority.

    Example: branchops counter seal-check --result forced --account ****8800 --reason "worn stamp" --authoriser qian
    """
    day = parse_day(date, today()) if date else today()
    fact = SealChecked(
        result=result,
        teller=staff(teller),
        account=tail(account),
        day=day,
        reason=reason,
        authoriser=maybe(authoriser),
        unauthorised=why(single, reason),
        ref=ref,
    )
    record(fact, f"seal-{day}")

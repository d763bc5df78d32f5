"""`branchops hygiene fund ...`: the activity fund."""

from pathlib import Path
from typing import Annotated

import typer

from branchops.api import N_, UsageError, _, act, file_digest, number, session
from branchops.plugins.hygiene.commands.shared import Id, holder, money, staff, violation
from branchops.plugins.hygiene.events.fund import FUND_STREAM
from branchops.plugins.hygiene.events.violations import ADMIN
from branchops.plugins.hygiene.rules import decide

app = typer.Typer(help=N_("the activity fund: in, out, refunds, balance, statement"))
Amount = Annotated[str, typer.Option(help=N_("amount (default: all that is open)"))]
Payer = Annotated[str, typer.Option(help=N_("who pays it out and signs (default: who is acting)"))]
Approver = Annotated[str, typer.Option(help=N_("who approves and signs: administration or head"))]


@app.command("in")
def in_(id: Id, amount: Amount = "") -> None:  # noqa: A002 - the word of the command line
    """Take a penalty into the fund.

    Example: branchops hygiene fund in V-3
    """
    from branchops.plugins.hygiene.reports.fund import open_on

    row = violation(id)
    left = money(amount) if amount else open_on(session().reading(), row)
    if not amount and left <= 0:
        raise UsageError(
            _("Nothing is payable for {id}.").format(id=row.id),
            _("Only confirmed, uncontested fines are: branchops hygiene violation show {id}").format(id=row.id),
        )
    command = decide.PayIn(violation=row.id, amount=left, person=row.person, received_by=session().actor)
    act(decide.decide_pay_in, command, FUND_STREAM, opens=True)


@app.command()
def out(
    amount: Annotated[str, typer.Option(help=N_("amount"))],
    activity: Annotated[str, typer.Option(help=N_("which activity"))],
    approver: Approver,
    purpose: Annotated[str, typer.Option(help=N_("kind of activity, as hygiene.fund.purposes lists them"))] = "outing",
    payer: Payer = "",
    receipt: Annotated[Path | None, typer.Option(help=N_("the receipt, kept by path and digest"))] = None,
) -> None:
    """Spend on a collective activity; payer and approver both sign.

    Example: branchops --pins pins.toml hygiene fund out --amount 60 --activity outing --payer li --approver chen
    """
    command = decide.Spend(
        amount=money(amount),
        activity=activity,
        purpose=purpose,
        payer=staff(payer),
        approver=staff(approver),
        receipt=str(receipt or ""),
        sha256=file_digest(receipt) if receipt else "",
    )
    act(decide.decide_spend, command, FUND_STREAM, opens=True)


@app.command()
def refund(
    id: Annotated[str, typer.Argument(help=N_("number of the violation: V-2026-0003, V-3 or 3"), metavar="ID")],  # noqa: A002
    approver: Approver = "",
    payer: Payer = "",
    amount: Amount = "",
) -> None:
    """Give back what is no longer owed: the compensating entry; payer and approver both sign.

    Example: branchops --pins pins.toml hygiene fund refund V-3 --payer li --approver chen
    """
    from branchops.plugins.hygiene.reports.fund import to_give_back

    name = number(id, "V")
    back, person = to_give_back(session().reading(), name)
    if not amount and back <= 0:
        raise UsageError(
            _("Nothing is to be given back for {id}.").format(id=name), _("See: branchops hygiene fund balance")
        )
    command = decide.Refund(
        violation=name,
        amount=money(amount) if amount else back,
        person=person,
        payer=staff(payer),
        approver=holder(ADMIN, approver),
    )
    act(decide.decide_refund, command, FUND_STREAM, opens=True)


@app.command()
def balance() -> None:
    """Show the balance, what is still to come in, what is to be given back.

    Example: branchops hygiene fund balance
    """
    from branchops.plugins.hygiene.reports.fund import balance_page

    run = session()
    run.show(balance_page(run.reading()))


@app.command()
def statement(period: Annotated[str, typer.Option(help=N_("2026-11, 2026-Q4 or 2026 (default: all)"))] = "") -> None:
    """Print the fund's statement.

    Example: branchops hygiene fund statement --period 2026-12
    """
    from branchops.plugins.hygiene.reports.fund import statement as make

    run = session()
    run.show(make(run.reading(period)))

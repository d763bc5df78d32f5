"""`branchops counter statement`: statements of account, always in one person's custody."""

from typing import Annotated, Literal

import typer

from branchops.api import N_, NotFound, _, session
from branchops.plugins.counter.commands.shared import record, staff
from branchops.plugins.counter.events.registers import CustodianSet, CustodyHandedOver, StatementsMoved
from branchops.plugins.counter.reports.registers import custody_page

app = typer.Typer(help=N_("statements of account: custodian, handover, receive, issue, return, show"))

STREAM = "statements"
Count = Annotated[int, typer.Option("--count", help=N_("how many"))]
Who = Annotated[str, typer.Option("--by", help=N_("who did it (default: who is acting)"))]
Period = Annotated[str, typer.Option(help=N_("which month they are of"))]
Ref = Annotated[str, typer.Option(help=N_("delivery, customer or reason"))]


@app.command()
def custodian(
    who: Annotated[str, typer.Argument(metavar="STAFF", help=N_("the custodian"))],
    head: Annotated[str, typer.Option(help=N_("the head who decides (default: who is acting)"))] = "",
) -> None:
    """Put the statements into the first custodian's hands; both sign.

    Example: branchops counter statement custodian li
    """
    record(CustodianSet(custodian=staff(who), head=staff(head)), STREAM)


@app.command()
def handover(
    to: Annotated[str, typer.Option(help=N_("who takes over"))],
    giver: Annotated[str, typer.Option("--from", help=N_("who hands over (default: who is acting)"))] = "",
    stock: Annotated[int | None, typer.Option(help=N_("how many were counted"))] = None,
) -> None:
    """Hand the custody over; both sign, and at every instant exactly one is custodian.

    Example: branchops counter statement handover --from li --to qian --stock 120
    """
    record(CustodyHandedOver(giver=staff(giver), taker=staff(to), stock=stock), STREAM)


def _moved(action: Literal["receive", "issue", "return"], count: int, by: str, period: str, ref: str) -> None:
    record(StatementsMoved(action=action, count=count, by=staff(by), period=period, ref=ref), STREAM)


@app.command()
def receive(count: Count, by: Who = "", period: Period = "", ref: Ref = "") -> None:
    """Statements came in.

    Example: branchops counter statement receive --count 120 --period 2026-10
    """
    _moved("receive", count, by, period, ref)


@app.command()
def issue(count: Count, by: Who = "", period: Period = "", ref: Ref = "") -> None:
    """Statements went out to customers.

    Example: branchops counter statement issue --count 3 --ref "Hua Ltd"
    """
    _moved("issue", count, by, period, ref)


@app.command("return")
def return_(count: Count, by: Who = "", period: Period = "", ref: Ref = "") -> None:
    """Statements came back undelivered; they are kept, never destroyed.

    Example: branchops counter statement return --count 1 --ref "moved away"
    """
    _moved("return", count, by, period, ref)


@app.command()
def show() -> None:
    """Show who keeps the statements, who did, and how many there are.

    Example: branchops counter statement show
    """
    run = session()
    row = run.branch.row("counter.custody", STREAM)
    if row is None:
        raise NotFound(_("Nobody is custodian yet."), _("branchops counter statement custodian STAFF"))
    run.show(custody_page(row, run.reading()))

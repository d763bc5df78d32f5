"""`branchops counter diff`: cash differences, one record each, never netted, never split."""

from typing import Annotated

import typer

from branchops.api import N_, New, UsageError, _, act, number, session
from branchops.plugins.counter.commands.shared import (
    Currency,
    Note,
    day_of_it,
    maybe,
    money,
    record,
    staff,
    tail,
)
from branchops.plugins.counter.events.differences import (
    ClaimLinked,
    DifferenceDisposed,
    DifferenceFollowedUp,
    DifferenceOpened,
    DifferenceResolved,
    DifferenceSuspended,
    Disposition,
)
from branchops.plugins.counter.reports.differences import diffs
from branchops.plugins.counter.rules.decide import as_told

app = typer.Typer(help=N_("cash differences: open, resolve, suspend, follow, claim, dispose, list"))

Id = Annotated[str, typer.Argument(metavar="ID", help=N_("number of the difference: D-2026-0001, D-1 or 1"))]
Offset = Annotated[str, typer.Option(help=N_("refused: a difference is never netted against another"), hidden=True)]
Part = Annotated[str, typer.Option("--amount", help=N_("refused: a difference is settled whole"), hidden=True)]
Who = Annotated[str, typer.Option("--by", help=N_("who did it (default: who is acting)"))]
Approver = Annotated[str, typer.Option(help=N_("who approves, with an own PIN"))]
How = Annotated[Disposition, typer.Option(help=N_("what became of it"))]


@app.command("open")
def open_(
    amount: Annotated[str, typer.Option(help=N_("over +, short -"))],
    atm: Annotated[str, typer.Option(help=N_("number of the machine"))] = "",
    till: Annotated[str, typer.Option(help=N_("whose till"))] = "",
    teller: Annotated[str, typer.Option(help=N_("who answers for the machine's cash"))] = "",
    currency: Currency = "CNY",
    card: Annotated[str, typer.Option(help=N_("card number; only the last four digits are kept"))] = "",
    note: Note = "",
) -> None:
    """Open a difference: cash over or short at a machine or a till.

    Example: branchops counter diff open --atm A3 --amount -500 --teller zhao
    """
    if bool(atm) == bool(till):
        raise UsageError(_("At a machine or at a till?"), _("One of --atm A3 and --till zhao."))
    owner = maybe(till or teller)
    fact = DifferenceOpened(
        place="atm" if atm else "till",
        unit=atm or owner,
        amount=money(amount),
        day=day_of_it(),
        currency=currency,
        teller=owner,
        card=tail(card),
        note=note,
    )
    record(fact, New("D"))


@app.command()
def resolve(
    id: Id,  # noqa: A002 - the word of the command line
    disposition: How = "booking-corrected",
    by: Who = "",
    note: Note = "",
    offset: Offset = "",
    part: Part = "",
) -> None:
    """Resolve a difference, whole and by itself.

    Example: branchops counter diff resolve 7 --disposition booking-corrected
    """
    fact = DifferenceResolved(
        disposition=disposition, by=staff(by), note=note, offset=offset, part=money(part) if part else None
    )
    act(as_told, fact, number(id, "D"))


@app.command()
def suspend(
    id: Id,  # noqa: A002 - the word of the command line
    approver: Approver,
    account: Annotated[str, typer.Option(help=N_("suspense account; only the last four digits are kept"))],
    by: Annotated[str, typer.Option("--by", help=N_("who asks for it (default: who is acting)"))] = "",
    reason: Annotated[str, typer.Option(help=N_("why"))] = "",
    offset: Offset = "",
    part: Part = "",
) -> None:
    """Park a difference in a suspense account, with the head's approval; a follow-up is owed.

    Example: branchops counter diff suspend 7 --approver chen --account ****8800 --by qian
    """
    fact = DifferenceSuspended(
        account=tail(account),
        approver=staff(approver),
        requested_by=staff(by),
        reason=reason,
        offset=offset,
        part=money(part) if part else None,
    )
    act(as_told, fact, number(id, "D"))


@app.command()
def follow(id: Id, note: Note, by: Who = "") -> None:  # noqa: A002 - the word of the command line
    """Follow a suspended difference up.

    Example: branchops counter diff follow 7 --note "recording asked for"
    """
    act(as_told, DifferenceFollowedUp(by=staff(by), note=note), number(id, "D"))


@app.command()
def claim(
    id: Id,  # noqa: A002 - the word of the command line
    claim: Annotated[str, typer.Option("--claim", help=N_("number of the complaint, or a reference"))],
    amount: Annotated[str, typer.Option(help=N_("how much the customer claims"))] = "",
    customer: Annotated[str, typer.Option(help=N_("the customer's name (kept sealed)"))] = "",
    card: Annotated[str, typer.Option(help=N_("card number; only the last four digits are kept"))] = "",
) -> None:
    """Link a customer's claim, however late it comes.

    Example: branchops counter diff claim 7 --claim C-2026-0113 --amount 500
    """
    fact = ClaimLinked(
        claim=claim, amount=money(amount) if amount else None, customer=customer or None, card=tail(card)
    )
    act(as_told, fact, number(id, "D"))


@app.command()
def dispose(
    id: Id,  # noqa: A002 - the word of the command line
    disposition: How,
    approver: Approver,
    by: Who = "",
    customer_signed: Annotated[bool, typer.Option("--customer-signed", help=N_("the customer has signed"))] = False,
    note: Note = "",
    offset: Offset = "",
    part: Part = "",
) -> None:
    """Dispose of a suspended difference, with the head's approval.

    Example: branchops counter diff dispose 7 --disposition customer-card --approver chen --by qian
    """
    fact = DifferenceDisposed(
        disposition=disposition,
        approver=staff(approver),
        by=staff(by),
        customer_signed=customer_signed,
        note=note,
        offset=offset,
        part=money(part) if part else None,
    )
    act(as_told, fact, number(id, "D"))


@app.command("list")
def list_(
    all_: Annotated[bool, typer.Option("--all", help=N_("closed ones too"))] = False,
    teller: Annotated[str, typer.Option(help=N_("one person's"))] = "",
    limit: Annotated[int, typer.Option(help=N_("at most so many"), min=1)] = 50,
) -> None:
    """List cash differences, newest first.

    Example: branchops counter diff list --all
    """
    run = session()
    run.show(diffs(run.reading(), everything=all_, teller=maybe(teller), limit=limit))

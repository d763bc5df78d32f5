"""`branchops complaints handler`: who manages the outlet's complaints."""

from datetime import date, timedelta
from typing import Annotated

import typer

from branchops.api import N_, Column, People, Table, _, act, parse_day, session
from branchops.plugins.complaints.commands.shared import head, staff, today
from branchops.plugins.complaints.rules.decide import HANDLER, DesignateHandler, decide_handler_set

app = typer.Typer(help=N_("the complaint handler: set, show"))


@app.command("set")
def set_(
    who: Annotated[str, typer.Argument(help=N_("staff id or name"), metavar="STAFF")],
    by: Annotated[str, typer.Option(help=N_("the head who designates (default: who acts as head today)"))] = "",
    from_: Annotated[str, typer.Option("--from", help=N_("first day (default: today)"))] = "",
    until: Annotated[str, typer.Option(help=N_("last day, if it is known"))] = "",
) -> None:
    """Designate the complaint handler, with the head's PIN; whoever it was before is relieved.

    Example: branchops --pins pins.toml complaints handler set li --by chen
    """
    people = session().branch.house.people
    start = parse_day(from_, today()) if from_ else today()
    new = staff(who)
    command = DesignateHandler(
        staff=new,
        start=start,
        head=head(by),
        until=parse_day(until, today()) if until else None,
        relieved=_last_days(people, start, new),
    )
    act(decide_handler_set, command, opens=True)


def _last_days(people: People, start: date, new: str) -> dict[str, date]:
    """Who is relieved, and their last day: the day before, or their first day if that is later."""
    spans = {one.id: [span.start for span in one.roles if span.role == HANDLER] for one in people if one.id != new}
    holding = {staff: begun for staff, begun in spans.items() if people.holds_in_own_right(staff, HANDLER, start)}
    return {staff: max(start - timedelta(days=1), min(begun)) for staff, begun in holding.items()}


@app.command("show")
def show() -> None:
    """Show who handles complaints today, delegates included.

    Example: branchops complaints handler show
    """
    run = session()
    people = run.branch.house.people
    rows = [
        {"staff": one, "name": people.name(one), "own": people.holds_in_own_right(one, HANDLER, today())}
        for one in people.holders(HANDLER, today())
    ]
    columns = (Column("staff", _("Staff")), Column("name", _("Name")), Column("own", _("In own right"), kind="bool"))
    run.show(Table(columns, rows, title=_("Complaint handler"), notes=() if rows else (_("Nobody is designated."),)))

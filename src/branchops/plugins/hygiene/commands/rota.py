"""`branchops hygiene rota ...`: make, show, swap, cover, prove, print."""

from datetime import date
from typing import Annotated

import typer

from branchops.api import N_, UsageError, _, act, session, staff_ids
from branchops.plugins.hygiene.commands.shared import day, now_day, show_outcome, staff
from branchops.plugins.hygiene.events.rota import Turn, month_stream
from branchops.plugins.hygiene.rules import decide_work as decide
from branchops.plugins.hygiene.rules.rota import absent_by, fair_plan

app = typer.Typer(help=N_("the duty rota: make, show, swap, cover, prove, print"))
Month = Annotated[str, typer.Option(help=N_("2026-12 (default: this month)"))]


@app.command()
def make(
    first: Annotated[str, typer.Option("--from", help=N_("first day"))],
    last: Annotated[str, typer.Option("--to", help=N_("last day"))],
    people: Annotated[
        list[str] | None, typer.Option(help=N_("who serves (default: all employees), commas allowed"))
    ] = None,
) -> None:
    """Make a fair rota over the duty days from one day to another.

    Example: branchops hygiene rota make --from 2026-12-01 --to 2026-12-31 --people zhao,li,sun
    """
    from branchops.plugins.hygiene.reports.rota import rota_table
    from branchops.plugins.hygiene.reports.words import facts_of

    run = session()
    reading = run.reading()
    chosen = staff_ids(people or ()) or _employees()
    begin, end = day(first), day(last)
    if end < begin or (end - begin).days > 366:
        raise UsageError(_("A rota runs from a day to a later one, a year at most."), _("See --from and --to."))
    days = list(reading.calendar.business_days(begin, end))
    if not days:
        raise UsageError(
            _("There is no business day from {a} to {b}.").format(a=begin, b=end), _("See --from and --to.")
        )
    plan = fair_plan(chosen, days, absent_by(facts_of(reading)))
    turns = tuple(Turn(day=one, who=who) for one, who in sorted(plan.items()))
    outcome = run.act(decide.decide_make_rota, decide.MakeRota(first=begin, last=end, people=chosen, turns=turns), None)
    show_outcome(
        outcome, lambda: rota_table(run.reading(f"{begin:%Y-%m}" if begin.month == end.month else f"{begin:%Y}"))
    )


def _employees() -> tuple[str, ...]:
    people = session().branch.house.people
    found: dict[str, str] = {}
    for one in people:
        if one.kind == "employee" and people.active(one.id, now_day()):
            found.setdefault(one.person, one.id)
    return tuple(sorted(found.values()))


@app.command()
def show(month: Month = "") -> None:
    """Show who is due when, and who was due at first.

    Example: branchops hygiene rota show --month 2026-12
    """
    from branchops.plugins.hygiene.reports.rota import rota_table

    run = session()
    run.show(rota_table(run.reading(month or f"{now_day():%Y-%m}")))


@app.command("print")
def print_(month: Month = "") -> None:
    """Print a month's rota to hang up.

    Example: branchops hygiene rota print --month 2026-12
    """
    from branchops.plugins.hygiene.reports.rota import rota_sheet

    run = session()
    run.show(rota_sheet(run.reading(month or f"{now_day():%Y-%m}")))


@app.command()
def proof(month: Month = "") -> None:
    """Prove that the rota is fair: turns, days present, weekdays, and why it is not evener.

    Example: branchops hygiene rota proof --month 2026-12
    """
    from branchops.plugins.hygiene.reports.rota import proof_page

    run = session()
    run.show(proof_page(run.reading(month or f"{now_day():%Y-%m}")))


@app.command()
def swap(
    a: Annotated[str, typer.Argument(help=N_("one of the two"), metavar="A")],
    b: Annotated[str, typer.Argument(help=N_("the other"), metavar="B")],
    on_a: Annotated[str, typer.Option(help=N_("the day of A's turn (default: the next)"))] = "",
    on_b: Annotated[str, typer.Option(help=N_("the day of B's turn (default: the next)"))] = "",
    consent: Annotated[str, typer.Option(help=N_("who agreed, as you heard it: both, or ids"))] = "",
    sign: Annotated[bool, typer.Option("--sign", help=N_("both sign with their PINs"))] = False,
    note: Annotated[str, typer.Option(help=N_("why"))] = "",
) -> None:
    """Swap two turns; both people agree, signed or as recorded.

    Example: branchops hygiene rota swap zhao li --consent both
    """
    who_a, who_b = staff(a), staff(b)
    said = (who_a, who_b) if consent == "both" else staff_ids([consent]) if consent else ()
    command = decide.Swap(
        day_a=day(on_a) if on_a else _next_turn(who_a),
        who_a=who_a,
        day_b=day(on_b) if on_b else _next_turn(who_b),
        who_b=who_b,
        consents=() if sign else said,
        signed=(who_a, who_b) if sign else (),
        note=note,
    )
    act(decide.decide_swap, command, None)


@app.command()
def cover(
    on: Annotated[str, typer.Argument(help=N_("the day"), metavar="DAY")],
    by: Annotated[str, typer.Option(help=N_("who takes the turn"))],
    reason: Annotated[str, typer.Option(help=N_("why"))] = "",
) -> None:
    """Take over one turn of somebody who cannot come.

    Example: branchops hygiene rota cover 2026-12-19 --by zhao --reason "Li is ill"
    """
    chosen = day(on)
    row = session().branch.row("hygiene.rota", month_stream(chosen))
    slot = row.slot(chosen) if row else None
    command = decide.Cover(day=chosen, who=slot.who if slot else "", by=staff(by), reason=reason)
    act(decide.decide_cover, command, None)


def _next_turn(who: str) -> date:
    rows = session().branch.rows("hygiene.rota")
    days = [date.fromisoformat(text) for row in rows for text, slot in row.slots.items() if slot.who == who]
    ahead = [one for one in sorted(days) if one >= now_day()]
    if not ahead:
        raise UsageError(_("{who} has no turn ahead.").format(who=who), _("See: branchops hygiene rota show"))
    return ahead[0]

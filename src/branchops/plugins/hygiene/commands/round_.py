"""`branchops hygiene round`: the closing round, many ticks in one command."""

from typing import Annotated, get_args

import typer

from branchops.api import N_, UsageError, _, act, session, staff_ids
from branchops.plugins.hygiene.commands.shared import day, said_day, staff
from branchops.plugins.hygiene.events.cleaning import Task
from branchops.plugins.hygiene.rules.daily import clean_stream
from branchops.plugins.hygiene.rules.decide_work import Tick, decide_ticks

app = typer.Typer()
DESK = ("own-bin", "tidy", "power")
SHARED = ("public", "bins", "lunch")


@app.command("round")
def round_(
    who: Annotated[list[str] | None, typer.Option(help=N_("whose desks were seen to: ids, or all"))] = None,
    task: Annotated[list[str] | None, typer.Option(help=N_("tasks (default: own-bin, tidy, power for desks)"))] = None,
    shared: Annotated[bool, typer.Option("--shared", help=N_("also public areas, bins and lunch room"))] = False,
    last_out: Annotated[
        bool, typer.Option("--last-out", help=N_("the last one out turned off the main switch"))
    ] = False,
    left_on: Annotated[str, typer.Option(help=N_("circuits left on, commas between"))] = "",
    for_: Annotated[str, typer.Option("--for", help=N_("the business day (default: today)"))] = "",
    show: Annotated[bool, typer.Option("--show", help=N_("only show what is ticked"))] = False,
) -> None:
    """Tick the closing round: many desks and tasks in one command.

    Example: branchops hygiene round --who all --shared --last-out
    """
    run = session()
    on = day(for_) if for_ else said_day()
    if show:
        from branchops.plugins.hygiene.reports.cleaning import ticks_table

        run.show(ticks_table(run.reading(), on))
        return
    unknown = [name for name in task or () if name not in get_args(Task)]
    if unknown:
        raise UsageError(
            _("There is no task {name}.").format(name=unknown[0]),
            _("One of: {names}").format(names=", ".join(get_args(Task))),
        )
    wanted: list[tuple[str, str]] = [(name, one) for one in _people(who or []) for name in task or DESK]
    wanted += [(name, "") for name in SHARED if shared]
    wanted += [(name, "") for name in task or () if not who]
    wanted += [("last-out", "")] if last_out else []
    row = run.branch.row("hygiene.clean-day", clean_stream(on))
    fresh = [(name, one) for name, one in dict.fromkeys(wanted) if row is None or row.tick(name, one) is None]
    if not fresh:
        raise UsageError(_("Nothing new to tick."), _("See what is ticked: branchops hygiene round --show"))
    circuits = tuple(part.strip() for part in left_on.split(",") if part.strip())
    ticks = tuple(
        Tick(
            day=on,
            task=name,  # type: ignore[arg-type]
            who=one,
            by=staff(""),
            left_on=circuits if name == ("last-out" if last_out else "power") else (),
        )
        for name, one in fresh
    )
    act(decide_ticks, ticks, None)


def _people(words: list[str]) -> tuple[str, ...]:
    if words != ["all"]:
        return staff_ids(words)
    run = session()
    today = said_day()
    people = run.branch.house.people
    owners = [who for zone in run.branch.rows("hygiene.zone", {"kind": "personal"}) for who in zone.people(today)]
    return tuple(who for who in dict.fromkeys(owners) if people.active(who, today) and not people.on_leave(who, today))

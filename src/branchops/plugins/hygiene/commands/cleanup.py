"""`branchops hygiene cleanup ...`: big clean-ups: when, who was there, what was done."""

from datetime import date
from typing import Annotated

import typer

from branchops.api import N_, NotFound, Page, UsageError, _, act, session, staff_ids
from branchops.plugins.hygiene.commands.shared import day, now_day, said_day, show_outcome
from branchops.plugins.hygiene.events.cleaning import Attendance, CleanUpHeld
from branchops.plugins.hygiene.rules import decide_work as decide
from branchops.plugins.hygiene.rules.cleanups import clean_ups, planned_for, stream_of

app = typer.Typer(help=N_("big clean-ups: plan, record, attendance, show"))
People = Annotated[list[str] | None, typer.Option(help=N_("ids, commas allowed"))]
Excused = Annotated[list[str] | None, typer.Option(help=N_("ID=REASON, may be repeated"))]


@app.command()
def plan(period: Annotated[str, typer.Option(help=N_("2026-12, 2027-Q1 or 2027 (default: this month)"))] = "") -> None:
    """Show the dates, those dropped or moved with the reason, and months that do not have two.

    Example: branchops hygiene cleanup plan --period 2027-01
    """
    from branchops.plugins.hygiene.reports.cleanups import clean_up_table

    run = session()
    run.show(clean_up_table(run.reading(period or f"{now_day():%Y-%m}")))


@app.command()
def record(
    planned: Annotated[str, typer.Option(help=N_("its date by the schedule (default: the latest)"))] = "",
    held: Annotated[str, typer.Option(help=N_("the day it was held (default: that date)"))] = "",
    start: Annotated[str, typer.Option(help=N_("when it began, HH:MM"))] = "",
    present: People = None,
    excused: Excused = None,
    absent: People = None,
    zones: Annotated[str, typer.Option(help=N_("areas cleaned, commas between, or all"))] = "all",
    result: Annotated[str, typer.Option(help=N_("what it came to"))] = "",
) -> None:
    """Record a big clean-up with its attendance; who is not named is unrecorded, not absent.

    Example: branchops hygiene cleanup record --present chen,li --excused "sun=sick leave"
    """
    from datetime import time

    reading = session().reading()
    due = planned_for(day(planned), reading.policy, reading.calendar) if planned else _latest()
    try:
        began = time.fromisoformat(start) if start else None
    except ValueError:
        raise UsageError(_("“{text}” is not a time.").format(text=start), _("Write HH:MM.")) from None
    event = CleanUpHeld(
        planned=due,
        held=day(held) if held else day(planned) if planned else due,
        start=began,
        zones=tuple(part.strip() for part in zones.split(",") if part.strip()),
        attendance=tuple(_attendance(present, excused, absent)),
        result=result,
    )
    outcome = session().act(decide.decide_clean_up, decide.CleanUp(held=event), None)
    show_outcome(outcome, lambda: _page(outcome.stream))


@app.command()
def attend(
    planned: Annotated[str, typer.Argument(help=N_("the clean-up's date by the schedule"), metavar="DATE")],
    present: People = None,
    excused: Excused = None,
    absent: People = None,
) -> None:
    """Add to or set right the attendance of a clean-up.

    Example: branchops hygiene cleanup attend 2026-12-19 --excused "zhao=at head office"
    """
    name = stream_of(day(planned))
    if session().branch.row("hygiene.clean-up", name) is None:
        raise NotFound(_("There is no record of that clean-up."), _("Record it: branchops hygiene cleanup record"))
    people = tuple(_attendance(present, excused, absent))
    if not people:
        raise UsageError(_("Nobody is named."), _("Use --present, --excused or --absent."))
    act(decide.decide_attend, decide.Attend(people=people), name)


@app.command()
def show(
    planned: Annotated[str, typer.Argument(help=N_("the clean-up's date by the schedule"), metavar="DATE")],
) -> None:
    """Show one clean-up: present, excused, absent, and who is unrecorded.

    Example: branchops hygiene cleanup show 2026-12-19
    """
    from branchops.plugins.hygiene.reports.cleanups import clean_up_page

    run = session()
    row = run.branch.row("hygiene.clean-up", stream_of(day(planned)))
    if row is None:
        raise NotFound(_("There is no record of that clean-up."), _("Record it: branchops hygiene cleanup record"))
    run.show(clean_up_page(row, run.reading()))


def _page(name: str) -> Page:
    from branchops.plugins.hygiene.reports.cleanups import clean_up_page

    run = session()
    return clean_up_page(run.branch.row("hygiene.clean-up", name), run.reading())


def _attendance(present: list[str] | None, excused: list[str] | None, absent: list[str] | None) -> list[Attendance]:
    found = [Attendance(who=who, presence="present") for who in staff_ids(present or ())]
    for pair in excused or ():
        who, _eq, reason = pair.partition("=")
        found.append(Attendance(who=staff_ids([who])[0], presence="excused", reason=reason.strip()))
    return [*found, *(Attendance(who=who, presence="absent") for who in staff_ids(absent or ()))]


def _latest() -> date:
    reading = session().reading()
    today = said_day()
    for back in range(4):
        number = today.year * 12 + today.month - 1 - back
        month = f"{number // 12:04d}-{number % 12 + 1:02d}"
        dates = [one.original_date for one in clean_ups(month, reading.policy, reading.calendar) if one.kept]
        past = [one for one in dates if one <= today]
        if past:
            return past[-1]
    raise UsageError(_("No clean-up was due lately."), _("Name it with --planned."))

"""`branchops due`: what is owed and by when, soonest first."""

from datetime import date
from typing import Annotated

import typer

from branchops.core.errors import Exit, PluginFailed
from branchops.core.output.messages import N_, _
from branchops.core.output.table import Table
from branchops.core.rulebook.duty import Duty, status
from branchops.doing import staff_ids
from branchops.looking import today
from branchops.session import Session, parse_day, session
from branchops.showing import duty_table, first_of, tell_unasked, with_more

app = typer.Typer()

LATE = ("overdue", "missed")


@app.command()
def due(
    overdue: Annotated[bool, typer.Option("--overdue", help=N_("only what is overdue or missed"))] = False,
    who: Annotated[str, typer.Option(metavar="STAFF", help=N_("what this person must do, by name or by role"))] = "",
    role: Annotated[str, typer.Option(help=N_("what a role must do"))] = "",
    on: Annotated[str, typer.Option(metavar="DATE", help=N_("only what is due on that day"))] = "",
    check: Annotated[
        bool, typer.Option("--check", help=N_("exit 3 if anything is overdue or missed; say nothing otherwise"))
    ] = False,
    all_: Annotated[bool, typer.Option("--all", help=N_("also what was met"))] = False,
    limit: Annotated[
        int | None, typer.Option(help=N_("so many at most (default: 200 for people, all for programs; 0: all)"))
    ] = None,
) -> None:
    """What is owed, soonest first.

    Example: branchops due --who li
    """
    from branchops.core.owed import duties

    run = session()
    day = parse_day(on, today(run)) if on else None
    wanted = _Wanted(run, who=who, role=role, on=day, states=_states(late=overdue or check, everything=all_))
    failures: list[PluginFailed] = []
    owed = duties(run.branch, on=day, everything=all_, failures=failures)
    for failure in failures:
        run.say(failure.message)
        run.exit = int(Exit.PLUGIN)
    found = [duty for duty in owed if wanted.fits(duty)]
    silent = tell_unasked(run)
    if not check:
        run.show(_page(run, found, limit, _title(day)))
        return
    if found or run.machine:
        run.show(_page(run, found, limit, _("Overdue or missed")))
    if found or silent:
        run.exit = int(Exit.OWED if found else Exit.PLUGIN)


def _page(run: Session, found: list[Duty], limit: int | None, title: str) -> Table:
    """The first so many, and how many more there are."""
    shown, left = first_of(run, found, limit)
    note = _("{count} more: narrow the list with --who, --on or --overdue, or see all with --limit 0.")
    return with_more(duty_table(run, shown, title, streamed=True), left, note)


def _states(*, late: bool, everything: bool) -> tuple[str, ...]:
    if late:
        return LATE
    return ("open", *LATE, "met", "late") if everything else ("open", *LATE)


def _title(day: date | None) -> str:
    return _("Due on {date}").format(date=day) if day else _("Due")


class _Wanted:
    """Which duties were asked for."""

    def __init__(self, run: Session, *, who: str, role: str, on: date | None, states: tuple[str, ...]) -> None:
        people = run.branch.house.people
        self._now = run.clock.now()
        self._tz = run.branch.house.tz
        self._states = states
        self._role = role
        self._on = on
        staff = staff_ids([who])[0] if who else ""
        self._ids = people.ids_of(people.person(staff)) if staff else ()
        self._roles = people.roles(staff, today(run)) if staff else frozenset()

    def fits(self, duty: Duty) -> bool:
        """Whether a duty is one of them. A duty of nobody by name is that of everybody who holds its role."""
        if status(duty, self._now) not in self._states:
            return False
        if self._role and duty.role != self._role:
            return False
        if self._on is not None and (duty.due is None or duty.due.astimezone(self._tz).date() != self._on):
            return False
        if not self._ids:
            return True
        return duty.who in self._ids if duty.who else duty.role in self._roles

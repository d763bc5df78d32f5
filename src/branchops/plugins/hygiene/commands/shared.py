"""Words and look-ups that several commands share."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

import typer

from branchops.api import N_, NotFound, UsageError, _, number, parse_day, session

Id = Annotated[str, typer.Argument(help=N_("number of the violation: V-2026-0003, V-3 or 3"), metavar="ID")]


def staff(text: str) -> str:
    """A staff id of an id or name (with or without `staff:`); the acting person when nothing is given."""
    run = session()
    return run.branch.house.people.resolve(text.removeprefix("staff:")) if text else run.actor


def holder(role: str, text: str) -> str:
    """The staff id given, else the acting person if they hold the role today, else its first holder, else the actor."""
    run = session()
    people = run.branch.house.people
    if text:
        return people.resolve(text)
    today = now_day()
    if people.holds(run.actor, role, today):
        return run.actor
    return next(iter(people.holders(role, today)), run.actor)


def now_day() -> date:
    """Today at the outlet."""
    run = session()
    return run.clock.now().astimezone(run.branch.house.tz).date()


def said_day() -> date:
    """The day that `--at` claims, else today."""
    run = session()
    at = run.occurred_at
    return (at or run.clock.now()).astimezone(run.branch.house.tz).date()


def day(text: str) -> date:
    """A date as people write one; today when nothing is given."""
    return parse_day(text, now_day()) if text else now_day()


def show_outcome(outcome: Any, thing: Any) -> None:
    """For people what was recorded as `thing()` with the verdicts on it; for programs the outcome like everywhere."""
    from branchops.api import tell, verdict_table

    run = session()
    if run.machine or not outcome.stored:
        tell(run, outcome)
        return
    run.show(thing())
    if outcome.verdicts:
        run.show(verdict_table(run, outcome.verdicts))


def money(text: str) -> Decimal:
    """An amount of money. UsageError for anything else."""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite():
        raise UsageError(_("“{text}” is no amount of money.").format(text=text), _("Write 10 or 10.00."))
    return amount.quantize(Decimal("0.01")) if amount == amount.quantize(Decimal("0.01")) else amount


def violation(text: str) -> Any:
    """A violation's row by number. NotFound when there is none (any more)."""
    name = number(text, "V")
    row = session().branch.row("hygiene.violation", name)
    if row is None:
        raise NotFound(
            _("The violation {id} was voided.").format(id=name), _("See: branchops show {id}").format(id=name)
        )
    return row

"""Words that several commands take."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer

from branchops.api import N_, UsageError, _, parse_day, session
from branchops.plugins.complaints.rules.shared import HANDLER

Id = Annotated[str, typer.Argument(help=N_("number of the complaint: C-2026-0113, C-113 or 113"), metavar="ID")]

Limit = Annotated[
    int | None, typer.Option(help=N_("so many at most (default: 200 for people, all for programs; 0: all)"))
]


def staff(text: str) -> str:
    """A staff id of an id or name; the acting person when nothing is given."""
    run = session()
    return run.branch.house.people.resolve(text) if text else run.actor


def head(text: str) -> str:
    """The staff id given, else whoever acts as head today."""
    run = session()
    if text:
        return run.branch.house.people.resolve(text)
    today = run.clock.now().astimezone(run.branch.house.tz).date()
    return run.branch.house.people.head(today) or run.actor


def handler(text: str) -> str:
    """The staff id given, else the designated handler. UsageError when nobody is designated."""
    run = session()
    if text:
        return run.branch.house.people.resolve(text)
    today = run.clock.now().astimezone(run.branch.house.tz).date()
    found = run.branch.house.people.holders(HANDLER, today)
    if not found:
        raise UsageError(
            _("Nobody is designated as complaint handler."),
            _("Designate one: branchops staff role ID complaint-handler"),
        )
    return found[0]


def deadline(text: str) -> datetime:
    """An instant of the outlet's clock; a bare date means close of business on it."""
    run = session()
    house = run.branch.house
    now = run.clock.now()
    if ":" not in text:
        calendar = house.calendar_of(house.policies.at(now))
        return calendar.close_of(parse_day(text, now.astimezone(house.tz).date()))
    return run.moment(text)


def today() -> date:
    """The outlet's date."""
    run = session()
    return run.clock.now().astimezone(run.branch.house.tz).date()


def is_handler(who: str) -> bool:
    """Whether somebody handles complaints today, by delegation too."""
    people = session().branch.house.people
    return people.knows(who) and people.holds(who, HANDLER, today())


def after(word: str, words: list[str], command: str) -> str:
    """The one argument of a command, before which a verb may stand: `investigate add 113` is `investigate 113`."""
    rest = words[1:] if len(words) > 1 and words[0] == word else words
    if len(rest) != 1:
        raise UsageError(
            _("One complaint, not {count}.").format(count=len(rest)),
            _("Write: branchops complaints {command} 113").format(command=command),
        )
    return rest[0]


def money(text: str) -> Decimal | None:
    """An amount of money; None for none. UsageError for anything else."""
    try:
        found = Decimal(text) if text else None
    except InvalidOperation:
        found = Decimal("NaN")
    if found is not None and not found.is_finite():
        raise UsageError(_("“{text}” is no amount of money.").format(text=text), _("Write 20 or 20.50."))
    return found


def page_range(text: str) -> tuple[int, int]:
    """Pages `12-13` or `12`; (0, 0) for none."""
    first, _dash, last = text.partition("-")
    if not text:
        return 0, 0
    if not (first.isdecimal() and (last or first).isdecimal()):
        raise UsageError(_("“{text}” are no pages.").format(text=text), _("Write 12-13, or 12."))
    return int(first), int(last or first)


def show_register(name: str, period: str, *, printing: bool, supplement: bool, reveal: bool) -> None:
    """Shows a register; with `printing` as a print that is recorded: its copy number, its digest."""
    from branchops.plugins.complaints.reports.printing import copy_of
    from branchops.plugins.complaints.rules.decide import PrintRegister, decide_print

    run = session()
    reading = run.reading(period, reveal=reveal)
    register = copy_of(reading, name, supplement=supplement)
    if printing:
        command = PrintRegister(
            register=name,
            period=period,
            copy=register.copy,
            lines=len(register.lines),
            digest=register.digest,
            supplement=supplement,
        )
        run.act(decide_print, command, f"{name}-{period or 'all'}", opens=True)
    run.show(register)

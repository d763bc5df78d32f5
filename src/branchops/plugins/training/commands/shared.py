"""Words that several commands take."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, get_args

import typer

from branchops.api import N_, NotFound, UsageError, _, parse_day, session
from branchops.plugins.training.events.sessions import SessionKind
from branchops.plugins.training.reports.matrix import book_of
from branchops.plugins.training.rules.curriculum import Topic

SessionId = Annotated[str, typer.Argument(help=N_("number of the session: TS-2026-0001, TS-1 or 1"), metavar="SESSION")]
StaffId = Annotated[str, typer.Argument(help=N_("staff id or name"), metavar="STAFF")]


def staff(text: str) -> str:
    """A staff id of an id or name; the acting person when nothing is given."""
    run = session()
    return run.branch.house.people.resolve(text) if text else run.actor


def head(text: str) -> str:
    """The staff id given, else whoever acts as head today."""
    run = session()
    return staff(text) if text else run.branch.house.people.head(today()) or run.actor


def today() -> date:
    """The outlet's date of what is being recorded: that of `--at`, else now."""
    run = session()
    return (run.occurred_at or run.clock.now()).astimezone(run.branch.house.tz).date()


def day(text: str) -> date | None:
    """A date, or None for nothing."""
    return parse_day(text, today()) if text else None


def words(texts: Iterable[str] | None) -> tuple[str, ...]:
    """Words given one by one or with commas."""
    return tuple(part.strip() for text in texts or () for part in text.split(",") if part.strip())


def kinds(texts: Iterable[str] | None) -> tuple[SessionKind, ...]:
    """Kinds of session. UsageError names the ones there are."""
    known = get_args(SessionKind)
    found = words(texts)
    wrong = [one for one in found if one not in known]
    if wrong:
        raise UsageError(
            _("“{kind}” is no kind of session.").format(kind=wrong[0]),
            _("Kinds: {known}").format(known=", ".join(known)),
        )
    return found  # type: ignore[return-value]


def book() -> dict[str, Topic]:
    """The curriculum."""
    return book_of(session().reading())


def topic(code: str) -> Topic:
    """A topic by its code. NotFound names the codes there are."""
    known = book()
    if code not in known:
        raise NotFound(
            _("The curriculum has no topic “{topics}”.").format(topics=code),
            _("Its topics: {known}").format(known=", ".join(known)),
        )
    return known[code]


def pairs(texts: Iterable[str] | None, option: str) -> list[tuple[str, str, str]]:
    """`ITEM=VALUE` or `ITEM=VALUE:note`, as (item, value, note)."""
    found = []
    for text in texts or ():
        item, equals, rest = text.partition("=")
        value, _colon, note = rest.partition(":")
        if not equals or not item.strip() or not value.strip():
            raise UsageError(
                _("“{text}” is not ITEM=VALUE.").format(text=text),
                _("Write {option} smile=2, or {option} smile=2:note.").format(option=option),
            )
        found.append((item.strip(), value.strip(), note.strip()))
    return found

"""`branchops log`: entries in order, straight from the ledger, whether or not their plugin is there."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from fnmatch import fnmatchcase
from itertools import islice
from typing import Annotated, Any

import typer

from branchops.core.clock import stamp
from branchops.core.errors import NotFound, UsageError
from branchops.core.ledger.event import StoredEvent
from branchops.core.output.messages import N_, _
from branchops.core.output.table import Column, Table
from branchops.history import row, struck
from branchops.looking import stream as stream_of
from branchops.looking import today
from branchops.session import Session, parse_day, session

app = typer.Typer()


@app.command()
def log(
    stream: Annotated[str, typer.Option(metavar="ID", help=N_("entries of one record, such as C-2026-0001"))] = "",
    type_: Annotated[
        list[str] | None, typer.Option("--type", help=N_("entries of a type; * stands for anything; may be repeated"))
    ] = None,
    by: Annotated[str, typer.Option(metavar="STAFF", help=N_("entries by one staff id"))] = "",
    since: Annotated[str, typer.Option(metavar="TIME", help=N_("happened at or after"))] = "",
    until: Annotated[str, typer.Option(metavar="TIME", help=N_("happened before; a date counts to its end"))] = "",
    limit: Annotated[int | None, typer.Option(help=N_("so many entries at most"))] = None,
    reverse: Annotated[bool, typer.Option("--reverse", help=N_("newest first"))] = False,
) -> None:
    """Entries of the ledger, in order.

    Example: branchops log --type "complaints.*" --since yesterday
    """
    run = session()
    if limit is not None and limit < 0:
        raise UsageError(_("A limit is 0 or more."), _("Leave --limit out for all entries."))
    patterns = [one for one in type_ or () if "*" in one]
    events = run.branch.ledger.read(
        stream=_stream(run, stream) if stream else None,
        types=type_ if type_ and not patterns else None,
        since=stamp(_moment(run, since)) if since else None,
        until=stamp(_moment(run, until, end=True)) if until else None,
        actor=_actor(run, by) if by else None,
        limit=limit if not patterns else None,
        newest_first=reverse,
    )
    if patterns:
        fitting = (event for event in events if any(fnmatchcase(event.type, one) for one in type_ or ()))
        events = islice(fitting, limit)
    run.show(_table(run, events))


def _table(run: Session, events: Iterator[StoredEvent]) -> Table:
    """Rows one at a time. Programs get exactly the columns of the contract, people the marks instead."""
    voided = frozenset[int]() if run.machine else struck(run)
    rows: Iterator[dict[str, Any]] = (row(event, voided) for event in events)
    people = run.chosen_format in ("table", "plain", "md", "html")
    columns = (
        Column("pos", _("Position"), kind="number"),
        Column("id", _("Id"), shown=False),
        Column("occurred_at", _("Occurred at"), kind="time"),
        Column("recorded_at", _("Recorded at"), kind="time", shown=False),
        Column("stream", _("Record")),
        Column("version", _("Version"), kind="number", shown=False),
        Column("type", _("Type")),
        Column("schema", _("Schema"), kind="number", shown=False),
        Column("actor", _("Actor")),
        Column("data", _("Data"), shown=False),
        Column("meta", _("Meta"), shown=False),
    )
    if people:
        shown = (Column("what", _("Type")) if column.key == "type" else column for column in columns)
        return Table((*shown, Column("marks", _("Marks"))), rows)
    order = ("pos", "id", "stream", "version", "type", "schema", "occurred_at", "recorded_at", "actor", "data", "meta")
    return Table(tuple(sorted(columns, key=lambda column: order.index(column.key))), rows)


def _stream(run: Session, text: str) -> str:
    found = stream_of(run, text)
    if found is None:
        raise NotFound(_("There is no record {id}.").format(id=text), _("Look for it with `branchops log`."))
    return found


def _actor(run: Session, text: str) -> str:
    """A staff id or name, or an actor that is nobody, such as `system`."""
    from branchops.core.entry import SYSTEM

    return text if text == SYSTEM else run.branch.house.people.resolve(text)


def _moment(run: Session, text: str, *, end: bool = False) -> datetime:
    """An instant; a bare day is its first one, or with `end` the first after it."""
    try:
        day = parse_day(text, today(run))
    except UsageError:
        return run.moment(text)
    return datetime.combine(day + timedelta(days=1 if end else 0), time(), run.branch.house.tz)

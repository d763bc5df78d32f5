"""`branchops export`: the events, or what plugins make of them, for other programs. Streamed; personal data masked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from branchops.core.clock import stamp
from branchops.core.errors import BranchOpsError, NotFound, PluginFailed, UsageError
from branchops.core.exchange.cloudevents import cloud_event, source_of
from branchops.core.exchange.mapfile import near
from branchops.core.extend.descriptors import Export
from branchops.core.output.messages import N_, _
from branchops.core.output.table import Column, Page, Table
from branchops.core.output.whole import whole
from branchops.history import row
from branchops.session import Session, parse_day, session

app = typer.Typer()

Write = Callable[[Session, str, TextIO], None]
COLUMNS = ("pos", "id", "stream", "version", "type", "schema", "occurred_at", "recorded_at", "actor", "data", "meta")


@app.command()
def export(
    format_: Annotated[str, typer.Argument(metavar="FORMAT", help=N_("jsonl, csv, cloudevents, or a plugin's"))] = "",
    since: Annotated[str, typer.Option(metavar="TIME", help=N_("recorded at or after"))] = "",
    period: Annotated[str, typer.Option(metavar="P", help=N_("2026-11, 2026-Q4, 2026-W48 or 2026"))] = "",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help=N_("write it there instead"))] = None,
) -> None:
    """Write the events, or what a plugin makes of them, for other programs. Without a format: the list of them.

    Example: branchops export cloudevents --since 2026-11-01 --out events.jsonl
    """
    run = session()
    if not format_:
        run.show(_list(run))
        return
    write = _writer(run, format_, since, period)
    with _opened(run, out) as stream:
        write(stream)
    if out is not None:
        run.say(_("Written: {path} ({format})").format(path=out, format=format_))
        if run.machine:
            run.show(Page(_("Export"), {"format": format_, "out": str(out)}))


def _list(run: Session) -> Table:
    rows = [
        {"name": "jsonl", "title": _("events, one JSON object a line")},
        {"name": "csv", "title": _("events as CSV")},
        {"name": "cloudevents", "title": _("events as CloudEvents 1.0, one JSON object a line")},
    ]
    rows += [{"name": name, "title": _(one.title)} for name, one in sorted(_offered(run).items())]
    return Table((Column("name", _("Format")), Column("title", _("Title"))), rows, title=_("Exports"))


def _offered(run: Session) -> dict[str, Export]:
    return {one.name: one for _owner, offer in run.branch.registry.offers() for one in offer.exports}


def _writer(run: Session, name: str, since: str, period: str) -> Callable[[TextIO], None]:
    """What writes the format. Raises before anything is written when it cannot."""
    if name in _OWN:
        if period:
            raise UsageError(_("The events take no period."), _("Use --since, or a report with --period."))
        return lambda stream: _OWN[name](run, _since(run, since), stream)
    found = _offered(run)
    if name not in found:
        raise NotFound(_("There is no export “{name}”.").format(name=name), near(name, [*_OWN, *found]))
    if since:
        raise UsageError(_("The export {name} takes no --since.").format(name=name), _("Use --period."))
    reading = run.reading(period)

    def write(stream: TextIO) -> None:
        try:
            found[name].write(reading, stream)
        except (BranchOpsError, OSError):
            raise
        except Exception as error:
            raise PluginFailed(
                _("The export {name} failed: {error}").format(name=name, error=f"{type(error).__name__}: {error}"),
                _("This is a fault of its plugin; nothing in the store was changed."),
            ) from error

    return write


def _since(run: Session, text: str) -> str:
    """The stamp from which events count; a bare day begins at its first instant."""
    if not text:
        return ""
    today = run.clock.now().astimezone(run.branch.house.tz).date()
    try:
        return stamp(datetime.combine(parse_day(text, today), time(), run.branch.house.tz))
    except UsageError:
        return stamp(run.moment(text))


def _rows(run: Session, since: str) -> Iterator[dict[str, Any]]:
    for event in run.branch.ledger.read():
        if event.recorded_at >= since:
            yield row(event, ())


def _table(run: Session, since: str) -> Table:
    kinds: dict[str, Any] = {"occurred_at": "time", "recorded_at": "time"}
    columns = tuple(Column(name, name, kind=kinds.get(name, "text")) for name in COLUMNS)
    return Table(columns, _rows(run, since))


def _jsonl(run: Session, since: str, stream: TextIO) -> None:
    from branchops.core.output.formats import render

    render(_table(run, since), "jsonl", stream, tz=run.tz, width=None, colour=False)


def _csv(run: Session, since: str, stream: TextIO) -> None:
    from branchops.core.output.formats import render

    render(_table(run, since), "csv", stream, tz=run.tz, width=None, colour=False)


def _cloudevents(run: Session, since: str, stream: TextIO) -> None:
    import json

    from branchops.core.output.safe import json_text

    outlet = run.branch.house.outlet
    source = source_of(outlet.code if outlet else "")
    for event in _rows(run, since):
        stream.write(json_text(json.dumps(cloud_event(event, source), ensure_ascii=False)) + "\n")


_OWN: dict[str, Write] = {"jsonl": _jsonl, "csv": _csv, "cloudevents": _cloudevents}


@contextmanager
def _opened(run: Session, out: Path | None) -> Iterator[TextIO]:
    """The stream to write to: a file appears under its name only when it is complete."""
    if out is None:
        yield run.stdout
        return
    with whole(out, "") as file:
        yield file

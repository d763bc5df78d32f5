"""`branchops report`: any plugin's report or register, on the screen or into a file."""

from pathlib import Path
from typing import Annotated, Any

import typer

from branchops.core.errors import BranchOpsError, PluginFailed, UsageError
from branchops.core.extend.descriptors import Report
from branchops.core.output.messages import N_, _
from branchops.core.output.table import Column, Table
from branchops.core.output.whole import whole
from branchops.doing import shortened
from branchops.session import Session, session

app = typer.Typer()

SUFFIXES = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".md": "md",
    ".html": "html",
    ".htm": "html",
    ".txt": "plain",
}


@app.command()
def report(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help=N_("the report (without one: the list)"))] = "",
    period: Annotated[str, typer.Option(metavar="P", help=N_("2026-11, 2026-Q4, 2026-W48 or 2026"))] = "",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help=N_("write it there instead"))] = None,
    reveal: Annotated[bool, typer.Option("--reveal", help=N_("personal data in clear"))] = False,
    limit: Annotated[
        int | None,
        typer.Option(help=N_("of a list so many rows at most (default: 200 for people, all for programs; 0: all)")),
    ] = None,
) -> None:
    """Make a report or register.

    Example: branchops report opinion-register --period 2026-11 --out register.html
    """
    run = session()
    if not name:
        thing: Any = _list(run)
    else:
        found, thing = _made(run, name, period, reveal)
        whole = out is not None and limit is None
        thing = thing if whole else shortened(run, found, thing, limit)
    if out is None:
        run.show(thing)
        return
    written = _write(run, thing, out)
    run.say(_("Written: {path} ({format})").format(path=out, format=written))


def _list(run: Session) -> Table:
    rows = [
        {"name": one.name, "plugin": owner, "title": _(one.title), "period": one.period, "rules": list(one.rules)}
        for owner, offer in run.branch.registry.offers()
        for one in offer.reports
    ]
    columns = (
        Column("name", _("Report")),
        Column("plugin", _("Plugin")),
        Column("title", _("Title")),
        Column("period", _("Takes a period"), kind="bool", shown=False),
        Column("rules", _("Rules"), shown=False),
    )
    return Table(columns, rows, title=_("Reports"))


def _made(run: Session, name: str, period: str, reveal: bool) -> tuple[Report, Any]:
    """The report, and its table, page or register. A report that breaks is its plugin's failure, named so."""
    found = run.branch.registry.report(name)
    if period and not found.period:
        raise UsageError(_("The report {name} takes no period.").format(name=name), _("Leave --period out."))
    try:
        return found, found.make(run.reading(period, reveal))
    except BranchOpsError:
        raise
    except Exception as error:
        raise PluginFailed(
            _("The report {name} failed: {error}").format(name=name, error=f"{type(error).__name__}: {error}"),
            _("Its code is {where}. Report this to who made the plugin.").format(where=found.make.__module__),
        ) from error


def _write(run: Session, thing: Any, path: Path) -> str:
    """Writes whole or not at all: a file that was there stays until the new one is complete. Gives the format."""
    chosen = run.format or SUFFIXES.get(path.suffix.lower(), "plain")
    chosen = "plain" if chosen == "table" else chosen
    with whole(path, "" if chosen == "csv" else "\n") as stream:
        run.put(thing, chosen, stream)
    return chosen

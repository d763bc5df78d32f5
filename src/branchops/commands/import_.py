"""`branchops import`: rows of CSV or JSON lines into the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from branchops.core.errors import Exit, NotFound, UsageError
from branchops.core.exchange.importing import Importer, Tally
from branchops.core.exchange.mapfile import MapFile, load, near
from branchops.core.exchange.mapping import Binding
from branchops.core.exchange.rejects import Rejects, beside
from branchops.core.exchange.rows import CsvRows, JsonRows, Row
from branchops.core.exchange.source import Source, open_source
from branchops.core.output.messages import N_, _
from branchops.core.output.table import Page
from branchops.session import Session, session

if TYPE_CHECKING:
    from branchops.core.extend.descriptors import ImportKind

app = typer.Typer()

Telling = Callable[[Tally], None]


@app.command()
def import_(
    kind: Annotated[str, typer.Argument(help=N_("what the rows are, such as cfpb"))],
    file: Annotated[Path, typer.Argument(help=N_("CSV or JSON lines, also .gz; - for standard input"))],
    map_: Annotated[Path | None, typer.Option("--map", metavar="FILE", help=N_("mapping of columns, TOML"))] = None,
    encoding: Annotated[str, typer.Option(metavar="E", help=N_("text encoding, such as gbk (default utf-8)"))] = "",
    rejects: Annotated[Path | None, typer.Option(metavar="FILE", help=N_("where rejected rows go"))] = None,
) -> None:
    """Import rows of CSV or JSON lines; good rows go in, bad ones go to a rejects file with line and reason.

    Example: branchops import cfpb complaints.csv.gz --rejects bad.csv
    """
    run = session()
    chosen = find_kind(run, kind)
    given = load(map_, chosen.fields) if map_ else None
    source = open_source(file, encoding or (given.encoding if given else ""), run.stdin)
    try:
        _import(run, chosen, file, source, given, rejects)
    finally:
        source.close()


def find_kind(run: Session, name: str) -> ImportKind:
    """The kind of import of that name. Raises NotFound with the names there are.

    The plugin that the name begins with is asked first, for asking all of them loads all of them.
    """
    registry = run.branch.registry
    for owner in registry.owners:
        if name == owner or name.startswith(f"{owner}-"):
            for one in registry.offer(owner).imports:
                if one.name == name:
                    return one
    kinds = {one.name: one for _owner, offer in registry.offers() for one in offer.imports}
    if name not in kinds:
        hint = near(name, sorted(kinds)) if kinds else _("No plugin that is loaded imports anything.")
        raise NotFound(_("There is no import “{name}”.").format(name=name), hint)
    return kinds[name]


def _import(
    run: Session, kind: ImportKind, file: Path, source: Source, given: MapFile | None, rejects: Path | None
) -> None:
    rows: CsvRows | JsonRows
    rows = JsonRows(source) if source.jsonl else CsvRows(source, given.delimiter if given else "")
    bind = _binder(kind, rows, given, source.name)
    place = rejects or (None if run.dry_run else beside(file, run.cwd))
    if place is not None and file.exists() and place.exists() and place.samefile(file):
        raise UsageError(_("The rejects file and the file to import are the same."), _("Name another with --rejects."))
    refused = Rejects(place, rows.columns)
    importer = Importer(
        run.branch,
        kind,
        actor=run.actor,
        rejects=refused,
        origin=source.name,
        secrets=run.secrets,
        dry_run=run.dry_run,
        at_hand=file.is_file(),
    )
    done = False
    try:
        with _progress(run, file, source) as told:
            importer.run(rows, bind, told)
        done = True
    finally:
        refused.close()
        if not done and importer.tally.read:
            run.say(_stopped(importer.tally))
    _report(run, importer.tally, refused)


def _binder(kind: ImportKind, rows: CsvRows | JsonRows, given: MapFile | None, file: str) -> Callable[[Row], Binding]:
    """The binding of each row: one for a whole CSV file, one for each set of keys in JSON lines."""
    counts: dict[int, int] = {}
    if isinstance(rows, CsvRows):
        binding = Binding(kind, rows.columns, given, file, counts)
        return lambda _row: binding

    @lru_cache(256)
    def bound(columns: tuple[str, ...]) -> Binding:
        return Binding(kind, columns, given, file, counts)

    return lambda row: bound(row.columns or ())


def _stopped(tally: Tally) -> str:
    return _("Stopped after {read} rows; {stored} of them are stored. Run it again: they are recognised.").format(
        read=tally.read, stored=tally.stored
    )


def _report(run: Session, tally: Tally, refused: Rejects) -> None:
    for line, reason in refused.reasons:
        run.say(_("Line {line}: {reason}").format(line=line, reason=reason))
    if tally.rejected > len(refused.reasons):
        run.say(_("… and {count} more.").format(count=tally.rejected - len(refused.reasons)))
    if run.dry_run:
        run.say(_("A dry run: nothing was stored."))
    where = str(refused.path) if refused.path is not None and tally.rejected else None
    facts: dict[str, Any] = {
        "read": tally.read,
        "stored": tally.stored,
        "duplicates": tally.duplicates,
        "rejected": tally.rejected,
        "rejects": where,
    }
    run.show(Page(_("Import"), facts))
    if tally.rejected:
        run.exit = int(Exit.PARTLY)


@contextmanager
def _progress(run: Session, file: Path, source: Source) -> Iterator[Telling]:
    """A bar on a terminal, over the bytes of the file; silence elsewhere."""
    if not run.terminal or run.quiet or run.machine or not run.stderr.isatty():
        yield lambda _tally: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    size = file.stat().st_size if file.is_file() else None
    console = Console(file=run.stderr, no_color=bool(run.environ.get("NO_COLOR")))
    text = TextColumn("{task.fields[rows]}", markup=False)
    columns = (TextColumn(_("Importing")), BarColumn(), text, TimeRemainingColumn())
    with Progress(*columns, console=console, auto_refresh=False) as bar:  # which would take a thread
        task = bar.add_task("import", total=size, rows="")

        def told(tally: Tally) -> None:
            rows = _("{read} rows, {rejected} rejected").format(read=tally.read, rejected=tally.rejected)
            bar.update(task, completed=source.position(), rows=rows, refresh=True)

        yield told
        if size is not None:
            bar.update(task, completed=size, refresh=True)

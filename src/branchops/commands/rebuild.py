"""`branchops rebuild`: the read models made anew from the ledger. They hold nothing of their own."""

import time
from typing import Annotated

import typer

from branchops.core.errors import IntegrityError
from branchops.core.output.messages import N_, _
from branchops.core.output.table import Column, Page, Table
from branchops.session import Session, session

app = typer.Typer()


@app.command()
def rebuild(
    view: Annotated[str, typer.Argument(metavar="[VIEW]", help=N_("one read model (default all)"))] = "",
) -> None:
    """Make the read models anew from the ledger.

    Example: branchops rebuild complaints.case
    """
    run = session()
    branch = run.branch
    began = time.perf_counter()
    views = (branch.registry.view(view),) if view else branch.registry.all_views()
    _forget(run, whole=not view)
    for one in views:
        branch.models.forget(one)
    branch.models.catch_up(views, branch.source())
    seconds = round(time.perf_counter() - began, 2)
    rows = [
        {"view": one.name, "rows": branch.models.select(f"SELECT count(*) FROM {one.table}")[0][0]}  # noqa: S608 - own name
        for one in views
    ]
    columns = (Column("view", _("Read model")), Column("rows", _("Rows"), kind="number"))
    facts = {"events": branch.ledger.head().size, "seconds": f"{seconds:.2f}"}
    run.show(Page(_("Rebuilt"), facts, (Table(columns, rows, key="views"),)))


def _forget(run: Session, *, whole: bool) -> None:
    """With all of them to be made anew, a views.db that cannot be read is put aside and begun afresh."""
    import sqlite3

    try:
        run.branch.models.select("PRAGMA schema_version")
        damaged = whole and run.branch.models.select("PRAGMA quick_check(1)")[0][0] != "ok"
    except (sqlite3.DatabaseError, IntegrityError):
        damaged = True
    if damaged and whole:
        run.branch.discard_views()
        run.say(_("views.db could not be read and was made afresh."))

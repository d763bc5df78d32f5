"""`branchops complaints mine`: what the acting person owns."""

import typer

from branchops.api import first_of, session, with_more
from branchops.plugins.complaints.commands.shared import Limit
from branchops.plugins.complaints.reports.lists import listed

app = typer.Typer()


@app.command()
def mine(limit: Limit = None) -> None:
    """List the open complaints you own.

    Example: branchops --as li complaints mine
    """
    run = session()
    reading = run.reading()
    where = {"open": True, "owner": run.actor}
    cases, left = first_of(run, reading.rows("complaints.case", where, order="received_at, id"), limit)
    run.show(with_more(listed(reading, cases), left))

"""`branchops complaints mine`: what the acting person owns."""

import typer

from branchops.api import session
from branchops.plugins.complaints.reports.lists import listed

app = typer.Typer()


@app.command()
def mine() -> None:
    """List the open complaints you own.

    Example: branchops --as li complaints mine
    """
    run = session()
    reading = run.reading()
    where = {"open": True, "owner": run.actor}
    run.show(listed(reading, reading.rows("complaints.case", where, order="received_at, id")))

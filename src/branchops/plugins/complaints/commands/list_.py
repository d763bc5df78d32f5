"""`branchops complaints list`: complaints, filtered."""

from __future__ import annotations

from typing import Annotated

import typer

from branchops.api import N_, UsageError, _, session
from branchops.plugins.complaints.events import Channel
from branchops.plugins.complaints.reports import listed

app = typer.Typer()


@app.command("list")
def list_(
    all_: Annotated[bool, typer.Option("--all", help=N_("closed ones too"))] = False,
    channel: Annotated[Channel | None, typer.Option(help=N_("one channel"))] = None,
    owner: Annotated[str, typer.Option(help=N_("one owner"))] = "",
    status: Annotated[str, typer.Option(help=N_("one status"))] = "",
    limit: Annotated[int, typer.Option(help=N_("at most so many"))] = 50,
    reveal: Annotated[bool, typer.Option(help=N_("personal data in clear"))] = False,
) -> None:
    """List complaints, newest first.

    Example: branchops complaints list --channel oral
    """
    run = session()
    if limit < 1:
        raise UsageError(_("--limit takes a number from 1 up."))
    where: dict[str, object] = {} if all_ or status == "closed" else {"open": True}
    if channel:
        where["channel"] = channel
    if owner:
        where["owner"] = run.branch.house.people.resolve(owner)
    if status:
        where["status"] = status
    reading = run.reading(reveal=reveal)
    run.show(listed(reading, reading.rows("complaints.case", where, order="received_at DESC, id DESC", limit=limit)))

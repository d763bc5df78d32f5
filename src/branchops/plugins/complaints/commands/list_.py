"""`branchops complaints list`: complaints, filtered."""

from typing import Annotated

import typer

from branchops.api import N_, UsageError, _, listing, session
from branchops.plugins.complaints.events import Channel, Kind
from branchops.plugins.complaints.reports.lists import listed
from branchops.plugins.complaints.reports.words import STATUS

app = typer.Typer()


@app.command("list")
def list_(
    all_: Annotated[bool, typer.Option("--all", help=N_("closed ones too"))] = False,
    channel: Annotated[Channel | None, typer.Option(help=N_("one channel"))] = None,
    kind: Annotated[Kind | None, typer.Option(help=N_("complaint, suggestion or praise"))] = None,
    owner: Annotated[str, typer.Option(help=N_("one owner"))] = "",
    status: Annotated[str, typer.Option(help=N_("one status"))] = "",
    cause: Annotated[str, typer.Option(help=N_("one cause code"))] = "",
    business: Annotated[str, typer.Option(help=N_("one business code"))] = "",
    period: Annotated[str, typer.Option(help=N_("received in a period, such as 2026-11"))] = "",
    limit: Annotated[int, typer.Option(help=N_("at most so many"))] = 50,
    reveal: Annotated[bool, typer.Option(help=N_("personal data in clear"))] = False,
) -> None:
    """List complaints, newest first.

    Example: branchops complaints list --channel oral
    """
    run = session()
    if limit < 1:
        raise UsageError(_("--limit takes a number from 1 up."))
    if status and status not in STATUS:
        raise UsageError(
            _("There is no status {status}.").format(status=status),
            _("Use one of: {names}.").format(names=listing(STATUS)),
        )
    chosen = {"channel": channel, "kind": kind, "status": status, "cause": cause.upper(), "business": business.upper()}
    where: dict[str, object] = {name: value for name, value in chosen.items() if value}
    if not all_ and status in ("", "received", "handling", "replied", "resolved"):
        where["open"] = True
    if owner:
        where["owner"] = run.branch.house.people.resolve(owner)
    reading = run.reading(period, reveal=reveal)
    span = {"sql": "received_at >= ? AND received_at < ?", "params": reading.span()} if period else {}
    rows = reading.rows("complaints.case", where, order="received_at DESC, id DESC", limit=limit, **span)
    run.show(listed(reading, rows))

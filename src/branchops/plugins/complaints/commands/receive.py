"""`branchops complaints receive`: take a complaint."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from branchops.api import N_, New, act, file_digest, parse_day, session, staff_ids
from branchops.plugins.complaints.commands.shared import staff
from branchops.plugins.complaints.events import Channel, Kind
from branchops.plugins.complaints.rules.decide import Receive, decide_receive

app = typer.Typer()


@app.command()
def receive(
    channel: Annotated[Channel, typer.Option(help=N_("how it came in"))],
    gist: Annotated[str, typer.Option(help=N_("what it is about, in a few words"))],
    taker: Annotated[str, typer.Option("--by", help=N_("who took it (default: who is acting)"))] = "",
    readback: Annotated[str, typer.Option(help=N_("were the main points said back: yes, no, or a reason"))] = "",
    caller: Annotated[str, typer.Option(help=N_("how the customer wants to be called (kept sealed)"))] = "",
    contact: Annotated[str, typer.Option(help=N_("how to reach the customer (kept sealed)"))] = "",
    about: Annotated[list[str] | None, typer.Option(help=N_("staff complained about, may be repeated"))] = None,
    kind: Annotated[Kind, typer.Option(help=N_("complaint, suggestion or praise"))] = "complaint",
    subtype: Annotated[str, typer.Option(help=N_("finer channel, such as web, app, regulator"))] = "",
    business: Annotated[str, typer.Option(help=N_("code of the business concerned"))] = "",
    cause: Annotated[str, typer.Option(help=N_("the cause as the customer sees it (kept sealed)"))] = "",
    received_on: Annotated[str, typer.Option(help=N_("letter: the day it arrived"))] = "",
    postmark: Annotated[str, typer.Option(help=N_("letter: the day of the postmark"))] = "",
    file: Annotated[Path | None, typer.Option(help=N_("letter: scan, kept by its digest"))] = None,
) -> None:
    """Take a complaint, whatever the channel.

    Example: branchops complaints receive --channel oral --gist "waited an hour" --readback yes
    """
    run = session()
    today = run.clock.now().astimezone(run.branch.house.tz).date()
    command = Receive(
        channel=channel,
        gist=gist,
        taker=staff(taker),
        subtype=subtype,
        kind=kind,
        readback=readback,
        caller=caller,
        contact=contact,
        about=staff_ids(about or ()),
        business=business,
        customer_cause=cause,
        received_on=parse_day(received_on, today) if received_on else None,
        postmark=parse_day(postmark, today) if postmark else None,
        file=str(file) if file else "",
        sha256=file_digest(file) if file else "",
    )
    act(decide_receive, command, New("C"))

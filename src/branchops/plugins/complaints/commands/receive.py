"""`branchops complaints receive`: take a complaint."""

from pathlib import Path
from typing import Annotated

import typer

from branchops.api import N_, New, act, file_digest, number, parse_day, session, staff_ids
from branchops.plugins.complaints.commands.shared import is_handler, staff, today
from branchops.plugins.complaints.events import Channel, Kind, Level, Urgency
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
    no_contact: Annotated[str, typer.Option(help=N_("why no contact is known: withheld, declined, anonymous"))] = "",
    about: Annotated[list[str] | None, typer.Option(help=N_("staff complained about, may be repeated"))] = None,
    kind: Annotated[Kind, typer.Option(help=N_("complaint, suggestion or praise"))] = "complaint",
    subtype: Annotated[str, typer.Option(help=N_("finer channel, such as web, app, regulator"))] = "",
    outlet: Annotated[str, typer.Option(help=N_("code of the outlet (default: this one)"))] = "",
    unit: Annotated[str, typer.Option(help=N_("unit complained about"))] = "",
    business: Annotated[str, typer.Option(help=N_("code of the business concerned"))] = "",
    product: Annotated[str, typer.Option(help=N_("product complained about"))] = "",
    channel_code: Annotated[str, typer.Option(help=N_("standard code of the channel"))] = "",
    cause: Annotated[str, typer.Option(help=N_("the cause as the customer sees it (kept sealed)"))] = "",
    demand: Annotated[str, typer.Option(help=N_("what the customer wants (kept sealed)"))] = "",
    level: Annotated[Level, typer.Option(help=N_("ordinary, complex or major"))] = "",
    urgency: Annotated[Urgency, typer.Option(help=N_("I, II or III"))] = "",
    tag: Annotated[list[str] | None, typer.Option(help=N_("sensitivity tag, may be repeated"))] = None,
    repeat: Annotated[bool, typer.Option(help=N_("the customer says it is not the first time"))] = False,
    regulator: Annotated[str, typer.Option(help=N_("the regulator that transferred it"))] = "",
    received_on: Annotated[str, typer.Option(help=N_("letter: the day it arrived"))] = "",
    postmark: Annotated[str, typer.Option(help=N_("letter: the day of the postmark"))] = "",
    file: Annotated[Path | None, typer.Option(help=N_("letter: scan, kept by its digest"))] = None,
    volume: Annotated[str, typer.Option(help=N_("book: the volume"))] = "",
    page: Annotated[int, typer.Option(help=N_("book: the page"))] = 0,
    reopens: Annotated[str, typer.Option(help=N_("the closed complaint that comes up again"))] = "",
) -> None:
    """Take a complaint, whatever the channel.

    Example: branchops complaints receive --channel oral --gist "waited an hour" --readback yes
    """
    who = staff(taker)
    command = Receive(
        channel=channel, gist=gist, taker=who, subtype=subtype, kind=kind, readback=readback, caller=caller,
        contact=contact, no_contact=no_contact, about=staff_ids(about or ()), outlet=outlet, unit=unit,
        business=business, product=product, channel_code=channel_code, customer_cause=cause, demand=demand,
        level=level, urgency=urgency, sensitivity=tuple(tag or ()), repeat=repeat, regulator=regulator,
        complainant=session().branch.keys.keyed_digest(contact)[:32],
        received_on=parse_day(received_on, today()) if received_on else None,
        postmark=parse_day(postmark, today()) if postmark else None,
        file=str(file) if file else "",
        sha256=file_digest(file) if file else "",
        volume=volume, page=page,
        reopens=number(reopens, "C") if reopens else "",
        enters=channel != "book" and is_handler(session().actor),
    )  # fmt: skip
    act(decide_receive, command, New("C"))

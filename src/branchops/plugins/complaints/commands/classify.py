"""`branchops complaints classify`: level, urgency, tags and codes."""

from typing import Annotated

import typer

from branchops.api import N_, UsageError, _, act, number
from branchops.plugins.complaints.commands.shared import Id
from branchops.plugins.complaints.events import Level, Urgency
from branchops.plugins.complaints.rules.decide import Classify, decide_classify

app = typer.Typer()


@app.command()
def classify(
    id: Id,  # noqa: A002 - the word of the command line
    level: Annotated[Level, typer.Option(help=N_("ordinary, complex or major"))] = "",
    urgency: Annotated[Urgency, typer.Option(help=N_("I, II or III"))] = "",
    tag: Annotated[list[str] | None, typer.Option(help=N_("sensitivity tag, may be repeated"))] = None,
    business: Annotated[str, typer.Option(help=N_("code of the business concerned"))] = "",
    channel_code: Annotated[str, typer.Option(help=N_("standard code of the channel"))] = "",
    unit: Annotated[str, typer.Option(help=N_("unit complained about"))] = "",
    product: Annotated[str, typer.Option(help=N_("product complained about"))] = "",
    repeat: Annotated[bool, typer.Option(help=N_("it is a repeat complaint"))] = False,
    regulator: Annotated[str, typer.Option(help=N_("the regulator that transferred it"))] = "",
) -> None:
    """Judge level, urgency, tags and codes anew.

    Example: branchops complaints classify 113 --level complex --urgency II --tag media
    """
    command = Classify(
        level=level,
        urgency=urgency,
        sensitivity=tuple(tag or ()),
        business=business,
        channel_code=channel_code,
        unit=unit,
        product=product,
        repeat=repeat,
        regulator=regulator,
    )
    if command == Classify():
        raise UsageError(_("Nothing is said to be judged anew."), _("Give --level, --urgency, --tag or a code."))
    act(decide_classify, command, number(id, "C"))

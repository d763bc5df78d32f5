"""`branchops counter decide`: the head decides a suggestion."""

from typing import Annotated

import typer

from branchops.api import N_, UsageError, _, act, number, parse_day
from branchops.plugins.counter.commands.shared import staff, today
from branchops.plugins.counter.events.managing import SuggestionDecided
from branchops.plugins.counter.rules.decide import as_told

app = typer.Typer()


@app.command()
def decide(
    id: Annotated[str, typer.Argument(metavar="ID", help=N_("number of the suggestion"))],  # noqa: A002
    accept: Annotated[bool, typer.Option("--accept", help=N_("accepted"))] = False,
    decline: Annotated[bool, typer.Option("--decline", help=N_("declined"))] = False,
    effective: Annotated[str, typer.Option(help=N_("from which day it holds"))] = "",
    policy_key: Annotated[str, typer.Option(help=N_("the setting that was changed"))] = "",
    reason: Annotated[str, typer.Option(help=N_("why"))] = "",
    head: Annotated[str, typer.Option(help=N_("who decides (default: who is acting)"))] = "",
) -> None:
    """Decide a suggestion; an accepted one holds from a day to come.

    Example: branchops counter decide SG-1 --accept --effective 2026-12-01 --policy-key counter.cash.large_minutes
    """
    if accept == decline:
        raise UsageError(_("Accepted or declined?"), _("One of --accept and --decline."))
    fact = SuggestionDecided(
        head=staff(head),
        accepted=accept,
        reason=reason,
        effective=parse_day(effective, today()) if effective else None,
        policy_key=policy_key,
    )
    act(as_told, fact, number(id, "SG"))

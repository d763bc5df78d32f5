"""`branchops training plan`: announce a session."""

from typing import Annotated

import typer

from branchops.api import N_, New, act, parse_day, staff_ids
from branchops.plugins.training.commands.shared import kinds, staff, today, words
from branchops.plugins.training.events.sessions import Scope
from branchops.plugins.training.rules.decide_sessions import Plan, decide_plan

app = typer.Typer()


@app.command()
def plan(
    topic: Annotated[list[str], typer.Option(help=N_("topic of the curriculum, may be repeated"))],
    on: Annotated[str, typer.Option(help=N_("the day it is to be held"))],
    type_: Annotated[list[str] | None, typer.Option("--type", help=N_("training, study or summary"))] = None,
    start: Annotated[str, typer.Option(help=N_("when it begins, such as 09:00"))] = "",
    who: Annotated[list[str] | None, typer.Option(help=N_("staff with a place, commas allowed"))] = None,
    trainer: Annotated[str, typer.Option(help=N_("who teaches"))] = "",
    scope: Annotated[Scope, typer.Option(help=N_("who holds it"))] = "department",
    title: Annotated[str, typer.Option(help=N_("a title"))] = "",
) -> None:
    """Announce a session and book places in it.

    Example: branchops training plan --topic courtesy --on 2026-12-19 --start 09:00 --who zhao,li
    """
    command = Plan(
        topics=words(topic),
        kinds=kinds(type_) or ("training",),
        on=parse_day(on, today()),
        start=start,
        scope=scope,
        trainer=staff(trainer) if trainer else "",
        title=title,
        who=staff_ids(who or ()),
    )
    act(decide_plan, command, New("TS"))

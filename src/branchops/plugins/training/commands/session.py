"""`branchops training session`: record a session that was held."""

from typing import Annotated

import typer

from branchops.api import N_, New, UsageError, _, act, number, staff_ids
from branchops.api import session as running
from branchops.plugins.training.commands.shared import book, kinds, staff, today, words
from branchops.plugins.training.events.sessions import Scope
from branchops.plugins.training.rules.curriculum import required
from branchops.plugins.training.rules.decide_sessions import Hold, decide_hold

app = typer.Typer()


@app.command()
def session(
    topic: Annotated[list[str] | None, typer.Option(help=N_("topic of the curriculum, may be repeated"))] = None,
    type_: Annotated[list[str] | None, typer.Option("--type", help=N_("training, study or summary"))] = None,
    minutes: Annotated[int, typer.Option(help=N_("how long it lasted"))] = 60,
    trainer: Annotated[str, typer.Option(help=N_("who taught"))] = "",
    scope: Annotated[Scope, typer.Option(help=N_("who held it"))] = "department",
    expected: Annotated[
        list[str] | None, typer.Option(help=N_("who was to come (default: those here whom a topic binds)"))
    ] = None,
    planned: Annotated[str, typer.Option(help=N_("the planned session that this was"))] = "",
    title: Annotated[str, typer.Option(help=N_("a title"))] = "",
) -> None:
    """Record a session that was held; say who attended with `attend`.

    Example: branchops --at 09:00 training session --topic rules --type study --type summary --minutes 90
    """
    run = running()
    target = number(planned, "TS") if planned else None
    row = run.branch.row("training.session", target) if target else None
    topics = words(topic) or (row.topics if row else ())
    if not topics:
        raise UsageError(_("--topic is missing."), _("Topics: {known}").format(known=", ".join(book())))
    command = Hold(
        topics=topics,
        kinds=kinds(type_) or (row.kinds if row else ("training",)),
        on=today(),
        minutes=minutes,
        scope=row.scope if row else scope,
        trainer=staff(trainer) if trainer else "",
        title=title,
        expected=staff_ids(expected) if expected is not None else () if row else bound(topics),
        essay=any("essay" in one.needs for code, one in book().items() if code in topics),
    )
    act(decide_hold, command, target or New("TS"))


def bound(topics: tuple[str, ...]) -> tuple[str, ...]:
    """Those here today whom one of the topics binds, one id a person."""
    run = running()
    people, known, on = run.branch.house.people, book(), today()
    wanted = [known[code] for code in topics if code in known]
    here = [one for one in people.present(on) if any(required(topic, people.roles(one, on)) for topic in wanted)]
    return tuple({people.person(one): one for one in reversed(here)}.values())[::-1]

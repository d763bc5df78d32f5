"""`branchops training matrix`: who stands how in which topic."""

from typing import Annotated

import typer

from branchops.api import N_, UsageError, _, session
from branchops.plugins.training.commands.shared import staff, topic
from branchops.plugins.training.reports.matrix import grid as as_grid
from branchops.plugins.training.reports.matrix import matrix as as_lines
from branchops.plugins.training.rules.curriculum import STATES

app = typer.Typer()


@app.command()
def matrix(
    who: Annotated[str, typer.Option(help=N_("one person"))] = "",
    topic_: Annotated[str, typer.Option("--topic", help=N_("one topic"))] = "",
    state: Annotated[list[str] | None, typer.Option(help=N_("one state, such as expired; may be repeated"))] = None,
    all_: Annotated[bool, typer.Option("--all", help=N_("what is not required as well"))] = False,
    grid: Annotated[bool, typer.Option("--grid", help=N_("people down, topics across"))] = False,
) -> None:
    """Show how everybody stands in each topic: eight states, with what is missing and until when it holds.

    Example: branchops training matrix --state expired --state due-soon
    """
    run = session()
    unknown = [one for one in state or () if one not in STATES]
    if unknown:
        raise UsageError(
            _("There is no state “{state}”.").format(state=unknown[0]),
            _("States: {known}").format(known=", ".join(STATES)),
        )
    reading = run.reading()
    if grid:
        run.show(as_grid(reading))
        return
    code = topic(topic_).code if topic_ else ""
    chosen = staff(who) if who else ""
    run.show(as_lines(reading, who=chosen, topic=code, states=state or (), everything=all_))

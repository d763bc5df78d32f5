"""`branchops training signoff`: a trainer signs that somebody does it right."""

from typing import Annotated

import typer

from branchops.api import N_, act, number, record_id
from branchops.plugins.training.commands.shared import StaffId, staff, topic
from branchops.plugins.training.rules.decide_learning import SignOff, decide_signoff

app = typer.Typer()


@app.command()
def signoff(
    who: StaffId,
    topic_: Annotated[str, typer.Option("--topic", help=N_("topic of the curriculum"))],
    by: Annotated[str, typer.Option(help=N_("the trainer, who signs (default: who is acting)"))] = "",
    task: Annotated[str, typer.Option(help=N_("what was shown"))] = "",
    session: Annotated[str, typer.Option(help=N_("the session it was part of"))] = "",
    complaint: Annotated[str, typer.Option(help=N_("the complaint that it follows"))] = "",
) -> None:
    """Sign off practice that you watched; never your own.

    Example: branchops --pins pins.toml training signoff zhao --topic operation --by wang --task "cash count"
    """
    one = staff(who)
    command = SignOff(
        staff=one,
        topic=topic(topic_).code,
        trainer=staff(by),
        task=task,
        session=number(session, "TS") if session else "",
        complaint=record_id(complaint, "C") if complaint else "",
    )
    act(decide_signoff, command, f"learner-{one}", opens=True)

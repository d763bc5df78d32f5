"""`branchops training waive`: the head lets somebody off a topic."""

from typing import Annotated

import typer

from branchops.api import N_, act
from branchops.plugins.training.commands.shared import StaffId, day, head, staff, topic
from branchops.plugins.training.rules.decide_learning import Waive, decide_waive

app = typer.Typer()


@app.command()
def waive(
    who: StaffId,
    topic_: Annotated[str, typer.Option("--topic", help=N_("topic of the curriculum"))],
    reason: Annotated[str, typer.Option(help=N_("why"))],
    until: Annotated[str, typer.Option(help=N_("last day it holds (default: until it is voided)"))] = "",
    by: Annotated[str, typer.Option(help=N_("the head, who signs (default: who acts as head today)"))] = "",
) -> None:
    """Let somebody off a topic, for a reason, with the head's PIN.

    Example: branchops --pins pins.toml training waive qian --topic operation --reason "on loan to 0302" --until 12-31
    """
    one = staff(who)
    command = Waive(staff=one, topic=topic(topic_).code, reason=reason, head=head(by), until=day(until))
    act(decide_waive, command, f"learner-{one}", opens=True)

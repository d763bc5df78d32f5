"""`branchops training correct`: correct a record of attendance."""

from typing import Annotated

import typer

from branchops.api import N_, act, number
from branchops.plugins.training.commands.shared import SessionId, StaffId, staff
from branchops.plugins.training.events.sessions import Attendance
from branchops.plugins.training.rules.decide_sessions import Attend, decide_attend

app = typer.Typer()


@app.command()
def correct(
    id: SessionId,  # noqa: A002 - the word of the command line
    who: StaffId,
    to: Annotated[Attendance, typer.Option(help=N_("what it really was"))],
    reason: Annotated[str, typer.Option(help=N_("why the record was wrong"))],
    minutes: Annotated[int | None, typer.Option(help=N_("how long they were there (default: all of it)"))] = None,
) -> None:
    """Correct how somebody attended; the earlier record stays as history.

    Example: branchops training correct TS-1 wang --to excused --reason "leave was approved on Friday"
    """
    command = Attend(marks=((staff(who), to),), minutes=minutes, reason=reason)
    act(decide_attend, command, number(id, "TS"))

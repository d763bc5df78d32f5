"""`branchops training attend`: who attended, and how."""

from typing import Annotated

import typer

from branchops.api import N_, UsageError, _, act, number, staff_ids
from branchops.plugins.training.commands.shared import SessionId
from branchops.plugins.training.rules.decide_sessions import Attend, decide_attend

app = typer.Typer()

Names = Annotated[list[str] | None, typer.Option(help=N_("staff, commas allowed"))]


@app.command()
def attend(
    id: SessionId,  # noqa: A002 - the word of the command line
    present: Names = None,
    late: Names = None,
    excused: Names = None,
    absent: Names = None,
    minutes: Annotated[int | None, typer.Option(help=N_("how long they were there (default: all of it)"))] = None,
    reason: Annotated[str, typer.Option(help=N_("why they are excused"))] = "",
) -> None:
    """Say who was present, late, excused or absent; whoever is not named stays unrecorded.

    Example: branchops training attend TS-1 --present zhao,li --excused wang --reason "sick leave"
    """
    marks = []
    for status, names in (("present", present), ("late", late), ("excused", excused), ("absent", absent)):
        marks += [(one, status) for one in staff_ids(names or ())]
    if not marks:
        raise UsageError(_("Nobody is named."), _("Use --present, --late, --excused or --absent."))
    twice = sorted({one for one, _status in marks if [name for name, _s in marks].count(one) > 1})
    if twice:
        raise UsageError(_("Named twice: {names}.").format(names=", ".join(twice)), _("Say one thing of each."))
    command = Attend(marks=tuple(marks), minutes=minutes, reason=reason)  # type: ignore[arg-type]
    act(decide_attend, command, number(id, "TS"))

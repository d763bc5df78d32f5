"""`branchops training observe`: hand in the sheet of a visit."""

from typing import Annotated

import typer

from branchops.api import N_, New, UsageError, _, act, number, record_id
from branchops.plugins.training.commands.shared import StaffId, pairs, staff
from branchops.plugins.training.events.conduct import Score, Visit
from branchops.plugins.training.rules.decide_conduct import Observe, ObserveToo, decide_observe, decide_observe_too

app = typer.Typer(help=N_("observe how customers are served"))

Points = Annotated[list[str], typer.Option(help=N_("ITEM=POINTS or ITEM=POINTS:note, may be repeated"))]
Left = Annotated[list[str] | None, typer.Option(help=N_("ITEM=REASON for what does not apply, may be repeated"))]


@app.command()
def add(
    who: StaffId,
    score: Points,
    na: Left = None,
    by: Annotated[str, typer.Option(help=N_("the observer (default: who is acting)"))] = "",
    visit: Annotated[Visit, typer.Option(help=N_("announced, mystery or routine"))] = "routine",
    complaint: Annotated[str, typer.Option(help=N_("the complaint that it follows"))] = "",
    note: Annotated[str, typer.Option(help=N_("a note"))] = "",
) -> None:
    """Hand in the sheet of a visit; the sheet with its anchors: branchops training sheet.

    Example: branchops training observe add zhao --score smile=2 --na friendly-face=mask --visit mystery
    """
    command = Observe(
        staff=staff(who),
        observer=staff(by),
        visit=visit,
        scores=scores(score, na),
        complaint=record_id(complaint, "C") if complaint else "",
        note=note,
    )
    act(decide_observe, command, New("TO"))


@app.command()
def second(
    id: Annotated[str, typer.Argument(help=N_("number of the observation: TO-1"), metavar="ID")],  # noqa: A002
    score: Points,
    na: Left = None,
    by: Annotated[str, typer.Option(help=N_("the second observer (default: who is acting)"))] = "",
) -> None:
    """Hand in a second observer's sheet of the same visit, to compare.

    Example: branchops training observe second TO-1 --score smile=1 --score hands-over=1 --by li
    """
    act(decide_observe_too, ObserveToo(observer=staff(by), scores=scores(score, na)), number(id, "TO"))


def scores(points: list[str], left: list[str] | None) -> tuple[Score, ...]:
    """The sheet that was typed. UsageError for what is no number."""
    found = []
    for item, value, note in pairs(points, "--score"):
        if not (value.isascii() and value.isdigit() and len(value) < 4):
            raise UsageError(_("“{text}” is not a number of points.").format(text=value), _("Write --score smile=2."))
        found.append(Score(item=item, points=int(value), note=note))
    found += [Score(item=item, na=reason, note=note) for item, reason, note in pairs(left, "--na")]
    return tuple(found)

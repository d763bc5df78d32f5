"""`branchops complaints check`: go through a checklist of the pack."""

from typing import Annotated, Literal

import typer

from branchops.api import N_, UsageError, _, act, listing, number, pick, session
from branchops.plugins.complaints.commands.shared import today
from branchops.plugins.complaints.events import CheckedItem
from branchops.plugins.complaints.rules.decide import Check, decide_check

app = typer.Typer()


@app.command()
def check(
    checklist: Annotated[Literal["opening", "handling"], typer.Argument(help=N_("opening (of the day) or handling"))],
    complaint: Annotated[str, typer.Option(help=N_("handling: the complaint that was handled"))] = "",
    no: Annotated[list[str] | None, typer.Option(help=N_("code of a line that is wanting, may be repeated"))] = None,
    na: Annotated[
        list[str] | None, typer.Option(help=N_("code of a line that does not apply, may be repeated"))
    ] = None,
    note: Annotated[str, typer.Option(help=N_("anything to add"))] = "",
) -> None:
    """Go through a checklist: every line is right unless it is named.

    Example: branchops complaints check opening --no O2
    """
    if (checklist == "handling") != bool(complaint):
        raise UsageError(
            _("The checklist handling is about one complaint, opening about the day."),
            _("Name it with --complaint ID, or leave it out."),
        )
    lines = [row for row in session().branch.registry.pack("complaints").data["checklist"] if row["list"] == checklist]
    wanting, left_out = {one.upper() for one in no or ()}, {one.upper() for one in na or ()}
    unknown = (wanting | left_out) - {row["code"] for row in lines}
    if unknown:
        shown = pick("; ", "；").join(f"{row['code']} {pick(row['en'], row['zh'])}" for row in lines)
        raise UsageError(_("No such line: {codes}.").format(codes=listing(sorted(unknown))), shown)
    items = tuple(
        CheckedItem(
            code=row["code"],
            rule=row["rules"][0],
            answer="no" if row["code"] in wanting else "na" if row["code"] in left_out else "yes",
        )
        for row in lines
    )
    stream = number(complaint, "C") if complaint else f"opening-{today()}"
    act(decide_check, Check(checklist=checklist, items=items, note=note), stream, opens=True)

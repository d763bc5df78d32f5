"""`branchops counter inspect`: reviews on a drawn sample, by an independent checker."""

from typing import Annotated

import typer

from branchops.api import N_, New, UsageError, _, act, number, parse_day, session
from branchops.plugins.counter.commands.shared import Note, record, staff, today
from branchops.plugins.counter.events.managing import InspectionDone
from branchops.plugins.counter.reports.controls import inspections
from branchops.plugins.counter.rules.decide import PlanInspection, as_told, decide_plan_inspection

app = typer.Typer(help=N_("inspections: plan, do, list"))


@app.command()
def plan(
    area: Annotated[str, typer.Option(help=N_("what is reviewed"))],
    checker: Annotated[str, typer.Option(help=N_("who reviews; nobody of what is reviewed"))],
    due: Annotated[str, typer.Option(help=N_("by which day"))],
    unit: Annotated[list[str], typer.Option(help=N_("what can be drawn: tellers, vouchers; repeated or with commas"))],
    size: Annotated[int, typer.Option(help=N_("how many are drawn"))],
    seed: Annotated[str, typer.Option(help=N_("any words; the same words draw the same sample"))],
    template: Annotated[str, typer.Option(help=N_("kind of review"))] = "self-inspection",
) -> None:
    """Plan a review and draw its sample.

    Example: branchops counter inspect plan --area tills --checker li --due 11-30 --unit wang,sun --size 1 --seed 4-2-6
    """
    units = tuple(part.strip() for name in unit for part in name.split(",") if part.strip())
    command = PlanInspection(
        template=template,
        area=area,
        checker=staff(checker),
        due=parse_day(due, today()),
        population=units,
        size=size,
        seed=seed,
    )
    record(command, New("IN"), decide_plan_inspection)


@app.command()
def do(
    id: Annotated[str, typer.Argument(metavar="ID", help=N_("number of the inspection"))],  # noqa: A002
    checker: Annotated[str, typer.Option(help=N_("who reviewed (default: who is acting)"))] = "",
    failed: Annotated[list[str] | None, typer.Option(help=N_("UNIT=what was wrong, may be repeated"))] = None,
    left: Annotated[list[str] | None, typer.Option(help=N_("drawn and not checked, may be repeated"))] = None,
    note: Note = "",
) -> None:
    """Record a review; without --failed nothing was wrong, which is a result.

    Example: branchops counter inspect do IN-1 --failed "zhao=stamp lay open"
    """
    inspection = number(id, "IN")
    sample = session().branch.row("counter.inspection", inspection).sample
    wrong = dict(part.split("=", 1) for part in failed or () if "=" in part)
    if len(wrong) != len(failed or ()):
        raise UsageError(_("--failed says what was wrong where."), _('Write --failed "zhao=stamp lay open".'))
    checked = tuple(unit for unit in sample if unit not in (left or ()))
    fact = InspectionDone(checker=staff(checker), checked=checked, failed=wrong, note=note)
    act(as_told, fact, inspection)


@app.command("list")
def list_(period: Annotated[str, typer.Option(help=N_("2026-11, 2026-Q4, 2026"))] = "") -> None:
    """List planned and done reviews.

    Example: branchops counter inspect list
    """
    run = session()
    run.show(inspections(run.reading(period)))

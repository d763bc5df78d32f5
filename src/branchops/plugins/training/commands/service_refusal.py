"""`branchops training service-refusal`: small business refused."""

from typing import Annotated

import typer

from branchops.api import N_, New, act, record_id, run_report
from branchops.plugins.training.commands.shared import staff
from branchops.plugins.training.rules.decide_conduct import Refuse, decide_refuse

app = typer.Typer(help=N_("small business that was refused"))


@app.command()
def add(
    business: Annotated[str, typer.Option(help=N_("change-notes, coins, damaged-notes, small-deposit"))],
    by: Annotated[str, typer.Option(help=N_("who refused (default: who is acting)"))] = "",
    ground: Annotated[str, typer.Option(help=N_("code of the lawful ground; without one it is a breach"))] = "",
    explained: Annotated[bool, typer.Option("--explained", help=N_("it was explained to the customer why"))] = False,
    complaint: Annotated[str, typer.Option(help=N_("the complaint that tells of it"))] = "",
    note: Annotated[str, typer.Option(help=N_("a note"))] = "",
) -> None:
    """Record that small business was refused.

    Example: branchops training service-refusal add --business coins --ground out-of-stock --explained --by wang
    """
    command = Refuse(
        staff=staff(by),
        business=business,
        ground=ground,
        explained=explained,
        complaint=record_id(complaint, "C") if complaint else "",
        note=note,
    )
    act(decide_refuse, command, New("TR"))


@app.command("list")
def list_(period: Annotated[str, typer.Option(help=N_("2026-11, 2026-Q4 or 2026"))] = "") -> None:
    """List refusals with their grounds, counted.

    Example: branchops training service-refusal list --period 2026-11
    """
    run_report("service-refusals", period=period)

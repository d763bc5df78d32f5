"""`branchops counter assess`: somebody's work is assessed, and both sign."""

from decimal import Decimal
from typing import Annotated

import typer

from branchops.api import N_, New, UsageError, _
from branchops.plugins.counter.commands.shared import Note, money, record, staff
from branchops.plugins.counter.rules.decide import Assess, decide_assess

app = typer.Typer()


@app.command()
def assess(
    person: Annotated[str, typer.Option(help=N_("who is assessed"))],
    period: Annotated[str, typer.Option(help=N_("2026-11, 2026-Q4, 2026"))],
    mark: Annotated[list[str], typer.Option(help=N_("HEADLINE=0..100, one for each headline"))],
    assessor: Annotated[str, typer.Option(help=N_("who assesses (default: who is acting)"))] = "",
    note: Note = "",
) -> None:
    """Assess somebody's work of a period under the weights of the policy.

    Example: branchops counter assess --person zhao --period 2026-11 --mark discipline=90 --mark accuracy=80 --mark custody=95 --mark cooperation=85
    """  # noqa: E501
    marks: dict[str, Decimal] = {}
    for part in mark:
        name, equals, value = part.partition("=")
        if not equals:
            raise UsageError(_("“{text}” is no mark.").format(text=part), _("Write discipline=90."))
        marks[name.strip()] = money(value)
    record(
        Assess(period=period, person=staff(person), assessor=staff(assessor), marks=marks, note=note),
        New("AS"),
        decide_assess,
    )

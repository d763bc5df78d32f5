"""`branchops counter breach`: breaches that somebody saw."""

from typing import Annotated, Literal

import typer

from branchops.api import N_, New, NotFound, _, session
from branchops.plugins.counter.commands.shared import Note, day_of_it, record, staff
from branchops.plugins.counter.events.registers import FORMS, BreachObserved
from branchops.plugins.counter.reports.breaches import breach_register

app = typer.Typer(help=N_("observed breaches: add, list"))


@app.command()
def add(
    person: Annotated[str, typer.Option(help=N_("who broke the rule"))],
    rule: Annotated[str, typer.Option(help=N_("the rule's id"))] = FORMS,
    origin: Annotated[
        Literal["spot-check", "complaint", "self-inspection"], typer.Option(help=N_("how it came to light"))
    ] = "spot-check",
    filled: Annotated[
        Literal["hand", "machine"], typer.Option(help=N_("a form: by hand or printed by a machine"))
    ] = "hand",
    ref: Annotated[str, typer.Option(help=N_("complaint or inspection"))] = "",
    note: Note = "",
) -> None:
    """Record that somebody broke a rule.

    Example: branchops counter breach add --person zhao --origin spot-check
    """
    known = {one.id for one in session().reading().pack("counter").rules}
    if rule not in known and f"counter.{rule}" in known:
        rule = f"counter.{rule}"
    if rule not in known:
        raise NotFound(_("There is no rule {id}.").format(id=rule), _("The list: branchops rules list"))
    fact = BreachObserved(
        rule=rule,
        person=staff(person),
        origin=origin,
        day=day_of_it(),
        filled=filled if rule == FORMS else "",
        ref=ref,
        note=note,
    )
    record(fact, New("BR"))


@app.command("list")
def list_(period: Annotated[str, typer.Option(help=N_("2026-11, 2026-Q4, 2026"))] = "") -> None:
    """List all breaches at the counter.

    Example: branchops counter breach list --period 2026-11
    """
    run = session()
    run.show(breach_register(run.reading(period)))

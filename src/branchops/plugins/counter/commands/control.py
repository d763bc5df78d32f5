"""`branchops counter control`: controls with names on them."""

from typing import Annotated

import typer

from branchops.api import N_, NotFound, _, act, session
from branchops.plugins.counter.commands.shared import Note, record, staff
from branchops.plugins.counter.events.managing import Component, ControlExercised, ControlRetired, ControlSet
from branchops.plugins.counter.reports.controls import controls
from branchops.plugins.counter.rules.decide import as_told

app = typer.Typer(help=N_("controls: set, use, retire, list"))

Key = Annotated[str, typer.Argument(metavar="KEY", help=N_("short name of the control"))]


@app.command("set")
def set_(
    key: Key,
    responsible: Annotated[str, typer.Option(help=N_("who answers for it"))] = "",
    implementer: Annotated[str, typer.Option(help=N_("who carries it out"))] = "",
    title: Annotated[str, typer.Option(help=N_("what it is"))] = "",
    rule: Annotated[list[str] | None, typer.Option(help=N_("rule it serves, may be repeated"))] = None,
    every: Annotated[int, typer.Option(help=N_("expected days between uses; 0: on rare events only"))] = -1,
    component: Annotated[Component, typer.Option(help=N_("part of the COSO framework"))] = "control-activities",
) -> None:
    """Set a control up, or change the names on it; what is left out stays.

    Example: branchops counter control set vault-count --responsible chen --implementer qian --title "vault counted"
    """
    run = session()
    row = run.branch.row("counter.control", f"CL-{key}")
    people = run.branch.house.people
    first = people.resolve(responsible) if people_knows(responsible) else responsible
    second = people.resolve(implementer) if people_knows(implementer) else implementer
    fact = ControlSet(
        key=key,
        title=title or (row.title if row else key),
        responsible=first or (row.responsible if row else ""),
        implementer=second or (row.implementer if row else ""),
        rules=tuple(rule) if rule else (row.rules if row else ()),
        every=every if every >= 0 else (row.every if row else 30),
        component=component,
    )
    record(fact, f"CL-{key}")


def people_knows(text: str) -> bool:
    """Whether a text means somebody of the staff list; what does not is judged, with the rule's own words."""
    try:
        return bool(text and session().branch.house.people.resolve(text))
    except NotFound:
        return False


def _stream(key: str) -> str:
    stream = key if key.startswith("CL-") else f"CL-{key}"
    if not session().branch.ledger.version(stream):
        raise NotFound(_("There is no control {key}.").format(key=key), _("See them: branchops counter control list"))
    return stream


@app.command()
def use(
    key: Key, by: Annotated[str, typer.Option(help=N_("who did it (default: who is acting)"))] = "", note: Note = ""
) -> None:
    """Record that a control was carried out.

    Example: branchops counter control use vault-count --by qian
    """
    act(as_told, ControlExercised(by=staff(by), note=note), _stream(key))


@app.command()
def retire(key: Key, reason: Annotated[str, typer.Option(help=N_("why"))]) -> None:
    """Take a control out of use.

    Example: branchops counter control retire old-count --reason "replaced by vault-count"
    """
    act(as_told, ControlRetired(reason=reason), _stream(key))


@app.command("list")
def list_() -> None:
    """List the controls in use.

    Example: branchops counter control list
    """
    run = session()
    run.show(controls(run.reading()))

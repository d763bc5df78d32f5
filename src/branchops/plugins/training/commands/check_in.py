"""`branchops training check-in`: a note to oneself."""

from typing import Annotated

import typer

from branchops.api import N_, Column, Table, _, act, session
from branchops.plugins.training.rules.decide_conduct import CheckIn, decide_check_in

app = typer.Typer(help=N_("your own mood, for your own eyes"))


@app.command()
def add(
    mood: Annotated[str, typer.Option(help=N_("a word or a number (kept sealed)"))],
    note: Annotated[str, typer.Option(help=N_("a note (kept sealed)"))] = "",
) -> None:
    """Note your mood for yourself; nobody is shown it and nothing counts it.

    Example: branchops --as zhao training check-in add --mood tired
    """
    act(decide_check_in, CheckIn(mood=mood, note=note), f"checkin-{session().actor}", opens=True)


@app.command()
def mine() -> None:
    """Read your own notes, with your own PIN.

    Example: branchops --as zhao --pins pins.toml training check-in mine
    """
    run = session()
    run.branch.prove(run.actor, run.secrets, run.actor)
    reading = run.reading(reveal=True)
    rows = [
        {"at": one.occurred_at, "mood": reading.clear(one.data.mood), "note": reading.clear(one.data.note)}
        for one in reading.events("training.checked-in", stream=f"checkin-{run.actor}")
    ]
    columns = (Column("at", _("When"), kind="time"), Column("mood", _("Mood")), Column("note", _("Note")))
    run.show(Table(columns, rows, title=_("My notes")))

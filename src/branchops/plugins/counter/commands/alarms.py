"""`branchops counter alarms`: what is overdue at the counter, now."""

import typer

from branchops.api import _, duty_table, session, status

app = typer.Typer()


@app.command()
def alarms() -> None:
    """List what is overdue at the counter, soonest first.

    Example: branchops counter alarms
    """
    run = session()
    reading = run.reading()
    late = [duty for duty in reading.duties(under="counter.") if status(duty, reading.now) in ("overdue", "missed")]
    run.show(duty_table(run, late, _("Alarms")))

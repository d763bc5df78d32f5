"""`branchops counter controls`: are there names on all of them, and is everything covered?"""

import typer

from branchops.api import N_, Exit, Grade, session, verdict_table
from branchops.plugins.counter.reports.controls import controls_checked, coverage

app = typer.Typer(help=N_("all controls: check, coverage"))


@app.command()
def check() -> None:
    """Check that every control has a responsible and an implementer who are here. Exit code 3 if not.

    Example: branchops counter controls check
    """
    run = session()
    verdicts = tuple(controls_checked(run.reading()))
    run.show(verdict_table(run, verdicts))
    if any(one.outcome is Grade.REJECT for one in verdicts):
        run.exit = int(Exit.OWED)


@app.command("coverage")
def coverage_() -> None:
    """Show controls not used, controls without a rule, rules without a control.

    Example: branchops counter controls coverage
    """
    run = session()
    run.show(coverage(run.reading()))

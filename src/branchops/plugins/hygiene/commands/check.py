"""`branchops hygiene check`: what the branch still lacks in hygiene."""

import typer

from branchops.api import Owed, _, session, verdict_table

app = typer.Typer()


@app.command()
def check() -> None:
    """Tell what hygiene lacks: choices, rooms in no zone, zones without owner (exit 3 if anything).

    Example: branchops hygiene check
    """
    from branchops.plugins.hygiene.reports.checks import hygiene_is_set_up

    run = session()
    found = tuple(hygiene_is_set_up(run.reading()))
    run.show(verdict_table(run, found))
    if found:
        raise Owed(_("{count} things are missing.").format(count=len(found)), _("Each line names what to do."))

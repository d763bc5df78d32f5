"""`branchops training topics`: the curriculum."""

import typer

from branchops.api import Column, Table, _, session
from branchops.plugins.training.commands.shared import book
from branchops.plugins.training.rules.curriculum import PART_NAMES

app = typer.Typer()


@app.command()
def topics() -> None:
    """Show the curriculum: topics, whom they bind, what they need, how long they hold.

    Example: branchops training topics
    """
    rows = [
        {
            "code": one.code,
            "title": one.title,
            "roles": list(one.roles),
            "needs": list(one.needs),
            "needs_title": ", ".join(_(PART_NAMES[part]) for part in one.needs),
            "months": one.months or None,
        }
        for one in book().values()
    ]
    columns = (
        Column("code", _("Code")),
        Column("title", _("Topic")),
        Column("roles", _("Roles"), shown=False),
        Column("needs", _("Needs"), shown=False),
        Column("needs_title", _("Needs")),
        Column("months", _("Months"), kind="number"),
    )
    session().show(Table(columns, rows, title=_("Curriculum")))

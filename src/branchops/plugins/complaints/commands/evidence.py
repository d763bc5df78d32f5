"""`branchops complaints evidence`: are the files still what they were."""

import typer

from branchops.api import Column, Exit, Table, _, kept_files, session

app = typer.Typer()


@app.command("evidence")
def evidence() -> None:
    """Compare the files kept as evidence with their digests. Exit code 8 when one was changed.

    Example: branchops complaints evidence
    """
    run = session()
    words = {"same": _("same"), "changed": _("changed"), "gone": _("not there")}
    rows = [
        {"id": one.stream, "file": one.name, "state": one.state, "said": words[one.state], "pos": one.pos}
        for one in kept_files(run)
        if one.type.startswith("complaints.")
    ]
    columns = (
        Column("id", _("Id")),
        Column("file", _("File")),
        Column("state", _("State"), shown=False),
        Column("said", _("State")),
        Column("pos", _("Position"), kind="number"),
    )
    run.show(Table(columns, rows, title=_("Evidence"), notes=() if rows else (_("No files are kept."),)))
    changed = sum(row["state"] == "changed" for row in rows)
    if changed:
        run.exit = int(Exit.INTEGRITY)
        run.say(_("{count} files are not what they were.").format(count=changed))

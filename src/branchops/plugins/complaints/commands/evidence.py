"""`branchops complaints evidence`: are the files still what they were."""

from __future__ import annotations

import typer

from branchops.api import Exit, _, session
from branchops.plugins.complaints.reports.evidence import evidence

app = typer.Typer()


@app.command("evidence")
def evidence_() -> None:
    """Compare the files kept as evidence with their digests. Exit code 8 when one was changed.

    Example: branchops complaints evidence
    """
    run = session()
    table = evidence(run.reading())
    run.show(table)
    changed = [row for row in table.rows if row["state"] == "changed"]
    if changed:
        run.exit = int(Exit.INTEGRITY)
        run.say(_("{count} files are not what they were.").format(count=len(changed)))

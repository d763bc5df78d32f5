"""`branchops training reflections`: what was handed in."""

import typer

from branchops.api import run_report

app = typer.Typer()


@app.command()
def reflections() -> None:
    """List reflections: who, about what, how long, how like another; never the text.

    Example: branchops training reflections
    """
    run_report("training-reflections")

"""`branchops training explanations`: how to explain a rule that annoys."""

import typer

from branchops.api import Column, Table, _, pick, session

app = typer.Typer()


@app.command()
def explanations() -> None:
    """Show what to say when a customer minds a rule; nothing here helps a fraudster.

    Example: branchops training explanations
    """
    run = session()
    rows = [
        {"code": row["code"], "text": pick(row["en"], row["zh"])}
        for row in run.reading().pack("training").data.get("explanation", ())
    ]
    run.show(Table((Column("code", _("Code")), Column("text", _("What to say"))), rows, title=_("Explanations")))

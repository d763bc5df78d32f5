"""`branchops training ack`: sign for having read a statement."""

from typing import Annotated

import typer

from branchops.api import N_, Column, Table, UsageError, _, act, pick, session
from branchops.plugins.training.commands.shared import book, staff, topic
from branchops.plugins.training.rules.decide_learning import Acknowledge, decide_ack

app = typer.Typer()


@app.command()
def ack(
    code: Annotated[
        str, typer.Argument(help=N_("the statement; without one, the list of them"), metavar="STATEMENT")
    ] = "",
    by: Annotated[str, typer.Option(help=N_("who read it, and signs (default: who is acting)"))] = "",
    read: Annotated[bool, typer.Option("--read", help=N_("show the text and sign nothing"))] = False,
) -> None:
    """Read a statement and sign for having read it, with your own PIN; without a statement, list them.

    Example: branchops --pins pins.toml training ack internal-control --by zhao
    """
    run = session()
    if not code:
        columns = (Column("code", _("Statement")), Column("title", _("Title")), Column("text", _("Text")))
        rows = [
            {"code": one.code, "title": one.title, "text": pick(one.text_en, one.text_zh)}
            for one in book().values()
            if "ack" in one.needs
        ]
        run.show(Table(columns, rows, title=_("Statements")))
        return
    found = topic(code)
    text = pick(found.text_en, found.text_zh)
    if not text:
        raise UsageError(_("“{topic}” has no statement to sign for.").format(topic=code), "branchops training ack")
    run.say(text)
    if read:
        return
    one = staff(by)
    command = Acknowledge(staff=one, topic=code, text_sha256=found.text_sha256)
    act(decide_ack, command, f"learner-{one}", opens=True)

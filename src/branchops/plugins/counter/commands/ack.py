"""`branchops counter ack`: read and sign the statement on internal control."""

from typing import Annotated

import typer

from branchops.api import N_, pick, session
from branchops.plugins.counter.commands.shared import record, staff
from branchops.plugins.counter.events.managing import StatementRead

app = typer.Typer()


@app.command()
def ack(
    who: Annotated[str, typer.Option("--by", help=N_("who signs (default: who is acting)"))] = "",
    quiz: Annotated[int | None, typer.Option(help=N_("score of the quiz, 0 to 100"))] = None,
) -> None:
    """Read and sign the statement in force; again each year, and when it changes.

    Example: branchops counter ack --by zhao --quiz 90
    """
    run = session()
    reading = run.reading()
    for text in reading.pack("counter").data.get("statement", ()):
        run.say(pick(text["en"], text["zh"]))
    person = staff(who)
    version = reading.policy["counter.statement.version"]
    record(StatementRead(staff=person, version=version, quiz=quiz), f"ack-{person}")

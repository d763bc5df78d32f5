"""`branchops training quiz`: an attempt at a quiz."""

from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer

from branchops.api import N_, UsageError, _, act, number, record_id
from branchops.plugins.training.commands.shared import StaffId, staff, topic
from branchops.plugins.training.rules.decide_learning import TakeQuiz, decide_quiz

app = typer.Typer()


@app.command()
def quiz(
    who: StaffId,
    topic_: Annotated[str, typer.Option("--topic", help=N_("topic of the curriculum"))],
    score: Annotated[str, typer.Option(help=N_("points reached"))],
    of: Annotated[str, typer.Option(help=N_("points to be had"))] = "100",
    session: Annotated[str, typer.Option(help=N_("the session it was part of"))] = "",
    complaint: Annotated[str, typer.Option(help=N_("the complaint that it follows"))] = "",
) -> None:
    """Record an attempt at the quiz of a topic; the pass mark decides.

    Example: branchops training quiz zhao --topic rules --score 17 --of 20
    """
    one = staff(who)
    command = TakeQuiz(
        staff=one,
        topic=topic(topic_).code,
        score=points(score),
        out_of=points(of),
        session=number(session, "TS") if session else "",
        complaint=record_id(complaint, "C") if complaint else "",
    )
    act(decide_quiz, command, f"learner-{one}", opens=True)


def points(text: str) -> Decimal:
    """A decimal number. UsageError for anything else."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise UsageError(_("“{text}” is not a number.").format(text=text), _("Write --score 17 --of 20."))
    return value

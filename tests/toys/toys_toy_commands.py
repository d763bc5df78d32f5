"""The commands of the toy plugin."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from branchops.api import N_, Entry, New, act, session, tell

app = typer.Typer(help=N_("toy cases"))


@app.command("open")
def open_(title: Annotated[str, typer.Option(help=N_("what it is about"))]) -> None:
    """Open a case.

    Example: branchops toy open --title Lamp
    """
    toy = sys.modules["toys_toy"]
    act(lambda _state, command, _policy: toy.Opened(title=command), title, New("T"))


@app.command()
def note(
    case: Annotated[str, typer.Argument(help=N_("the case"))],
    topic: Annotated[str, typer.Argument(help=N_("the topic"))],
    amount: Annotated[int, typer.Option(help=N_("how much"))] = 1,
) -> None:
    """Note something.

    Example: branchops toy note T-2026-0001 light --amount 2
    """
    toy = sys.modules["toys_toy"]
    act(lambda _state, command, _policy: toy.Noted(topic=command[0], amount=command[1]), (topic, amount), case)


@app.command()
def count(
    first: Annotated[str, typer.Option(help=N_("who counts"))],
    second: Annotated[str, typer.Option(help=N_("who counts along"))],
    amount: Annotated[int, typer.Argument(help=N_("how much"))] = 1,
) -> None:
    """Count something together.

    Example: branchops toy count 5 --first wang --second qian
    """
    toy = sys.modules["toys_toy"]
    run = session()
    event = toy.Counted(amount=amount, first=first, second=second)
    tell(run, run.branch.record(Entry(event, "counts"), actor=run.actor, secrets=run.secrets, dry_run=run.dry_run))

"""`branchops training stats`: hours, trend, agreement, gap."""

from typing import Annotated

import typer

from branchops.api import N_, run_report

app = typer.Typer(help=N_("hours, competence, observers, study Saturdays"))

Period = Annotated[str, typer.Option(help=N_("2026-11, 2026-Q4 or 2026"))]


@app.command()
def hours(period: Period = "") -> None:
    """Compare hours and coverage with the period before (default: this quarter).

    Example: branchops training stats hours --period 2026-Q4
    """
    run_report("training-hours", period=period)


@app.command()
def trend(period: Period = "") -> None:
    """Show quiz marks, observations, breaches and expiring competences by cohort.

    Example: branchops training stats trend --period 2026-Q4
    """
    run_report("training-trend", period=period)


@app.command()
def coverage() -> None:
    """Show how much of the house is covered, topic by topic.

    Example: branchops training stats coverage
    """
    run_report("training-coverage")


@app.command()
def saturdays(period: Period = "") -> None:
    """Show the study Saturdays of a month or quarter, and what was held.

    Example: branchops training stats saturdays --period 2027-01
    """
    run_report("training-saturdays", period=period)


@app.command()
def gap(period: Period = "") -> None:
    """Compare announced with mystery visits.

    Example: branchops training stats gap --period 2026
    """
    run_report("service-gap", period=period)


@app.command()
def agreement(period: Period = "") -> None:
    """Show how far observers agree beyond chance.

    Example: branchops training stats agreement --period 2026
    """
    run_report("service-agreement", period=period)


@app.command()
def service(period: Period = "") -> None:
    """Show each person's observations over time.

    Example: branchops training stats service --period 2026
    """
    run_report("service-trend", period=period)


@app.command()
def loop(period: Period = "") -> None:
    """Show what followed complaints about attitude that were upheld.

    Example: branchops training stats loop --period 2026
    """
    run_report("service-loop", period=period)

"""`branchops hygiene spotcheck ...`: draw in secret, look, reveal, prove."""

from datetime import time, timedelta
from typing import Annotated

import typer

from branchops.api import N_, New, UsageError, _, act, month_ends, number, session
from branchops.plugins.hygiene.commands.shared import day
from branchops.plugins.hygiene.events.spotchecks import SpotChecksPlanned, SpotChecksRevealed
from branchops.plugins.hygiene.events.violations import ADMIN
from branchops.plugins.hygiene.rules.spotting import PlanChecks, RevealChecks, commitment, decide_plan, decide_reveal

app = typer.Typer(help=N_("spot checks: plan, next, reveal, show, list"))
Id = Annotated[str, typer.Argument(help=N_("number of the plan: SC-2026-0001 or 1"), metavar="ID")]


@app.command()
def plan(
    first: Annotated[str, typer.Option("--from", help=N_("first day (default: the next business day)"))] = "",
    last: Annotated[str, typer.Option("--to", help=N_("last day (default: the end of that month)"))] = "",
    checks: Annotated[int, typer.Option(help=N_("how many checks"))] = 4,
    zones: Annotated[str, typer.Option(help=N_("zones, commas between (default: all)"))] = "",
    hours: Annotated[str, typer.Option(help=N_("between which hours"))] = "09:00-17:00",
    _secret: Annotated[bool, typer.Option("--seed-secret", help=N_("draw from a secret seed (always so)"))] = True,
) -> None:
    """Draw spot checks from a secret seed; only its hash is shown.

    Example: branchops --as li hygiene spotcheck plan --from 2026-12-01 --to 2026-12-31 --checks 4
    """
    import secrets

    run = session()
    reading = run.reading()
    known = [zone.code for zone in reading.rows("hygiene.zone", {"active": True})]
    chosen = [part.strip() for part in zones.split(",") if part.strip()] or known
    unknown = sorted(set(chosen) - set(known))
    if unknown or not chosen:
        raise UsageError(
            _("There is no zone {code}.").format(code=", ".join(unknown) or "-"), _("See: branchops hygiene zones list")
        )
    start, _dash, end = hours.partition("-")
    try:
        begin, stop = time.fromisoformat(start.strip()), time.fromisoformat(end.strip())
    except ValueError:
        raise UsageError(_("“{text}” is not HH:MM-HH:MM.").format(text=hours), _("Write 09:00-17:00.")) from None
    seed = secrets.token_hex(32)
    begins = day(first) if first else reading.calendar.next_business_day(reading.today)
    ends = day(last) if last else month_ends(begins, begins + timedelta(days=31))[0]
    open_plan = SpotChecksPlanned(
        days=tuple(reading.calendar.business_days(begins, ends)),
        zones=tuple(sorted(chosen)),
        checks=checks,
        start=begin,
        end=stop,
        commitment="",
        seed=seed,
    )
    act(decide_plan, PlanChecks(plan=open_plan, commitment=commitment(open_plan, seed)), New("SC"))


@app.command("next")
def next_(id: Id, by: Annotated[str, typer.Option(help=N_("who asks (default: who is acting)"))] = "") -> None:  # noqa: A002
    """Show the checks of a plan to the administration department only, against a PIN.

    Example: branchops --pins pins.toml hygiene spotcheck next SC-1 --by li
    """
    from branchops.api import NotEntitled
    from branchops.plugins.hygiene.commands.shared import now_day, staff
    from branchops.plugins.hygiene.reports.spotchecks import drawn_table

    run = session()
    who = staff(by)
    if not run.branch.house.people.holds(who, ADMIN, now_day()):
        raise NotEntitled(
            _("Only the administration department sees a plan before it is over."),
            _("It is revealed to all afterwards."),
        )
    run.branch.prove(who, run.secrets, run.actor)
    reading = run.reading(reveal=True)
    run.show(drawn_table(reading, reading.row("hygiene.spot-plan", number(id, "SC"))))


@app.command()
def reveal(id: Id) -> None:  # noqa: A002
    """Reveal the seed of a plan that is over, so that everybody can check the draw.

    Example: branchops --as li hygiene spotcheck reveal SC-1
    """
    run = session()
    name = number(id, "SC")
    reading = run.reading(reveal=True)
    seed = reading.clear(reading.row("hygiene.spot-plan", name).seed)
    act(decide_reveal, RevealChecks(event=SpotChecksRevealed(seed=seed)), name)


@app.command()
def show(id: Id) -> None:  # noqa: A002
    """Show a plan: its commitment, and once revealed its checks with the proof.

    Example: branchops hygiene spotcheck show SC-1
    """
    from branchops.plugins.hygiene.reports.spotchecks import plan_page

    run = session()
    reading = run.reading()
    run.show(plan_page(reading.row("hygiene.spot-plan", number(id, "SC")), reading))


@app.command("list")
def list_() -> None:
    """List the plans, without their checks.

    Example: branchops hygiene spotcheck list
    """
    from branchops.plugins.hygiene.reports.spotchecks import plans_table

    run = session()
    run.show(plans_table(run.reading()))

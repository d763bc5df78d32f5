"""`branchops hygiene violation ...`: record, confirm, contest, decide, merge, look."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from branchops.api import N_, New, act, file_digest, number, session
from branchops.plugins.hygiene.commands.shared import Id, day, holder, said_day, staff, violation
from branchops.plugins.hygiene.events.violations import ADMIN, Kind
from branchops.plugins.hygiene.rules import decide
from branchops.plugins.hygiene.rules.daily import OVERNIGHT

app = typer.Typer(help=N_("violations: record, confirm, contest, merge, look"))


@app.command()
def add(
    kind: Annotated[Kind, typer.Option(help=N_("what was seen"))],
    who: Annotated[str, typer.Option(help=N_("staff:ID (or just the id), visitor, or unknown"))] = "",
    zone: Annotated[str, typer.Option(help=N_("where"))] = "",
    for_: Annotated[str, typer.Option("--for", help=N_("the business day that answers for it"))] = "",
    guest: Annotated[bool, typer.Option("--with-guest", help=N_("while a guest was received"))] = False,
    pieces: Annotated[int, typer.Option(help=N_("how many pieces, of one occasion"))] = 1,
    note: Annotated[str, typer.Option(help=N_("what was seen, in a few words"))] = "",
    evidence: Annotated[str, typer.Option(help=N_("number of the inspection it rests on"))] = "",
    photo: Annotated[Path | None, typer.Option(help=N_("a photo, kept by path and digest"))] = None,
    fine: Annotated[str, typer.Option(help=N_("the amount you expect; refused if the table says otherwise"))] = "",
) -> None:
    """Record a violation; what it costs follows from the person's history.

    Example: branchops hygiene violation add --kind desk --who staff:qian --zone desk-qian
    """
    answers = day(for_) if for_ else None
    if kind in OVERNIGHT:
        answers = answers or _previous_day()
        who = who or _blamed(kind, answers, zone)
    offender = who if who in ("visitor", "unknown") else "staff" if who else "unknown"
    person = staff(who) if offender == "staff" else ""
    command = decide.AddViolation(
        kind=kind,
        offender=offender,  # type: ignore[arg-type]
        who=person,
        person=session().branch.house.people.person(person) if person else "",
        zone=zone,
        day=answers,
        with_guest=guest,
        pieces=pieces,
        note=note,
        evidence=number(evidence, "HI") if evidence else str(photo or ""),
        sha256=file_digest(photo) if photo else "",
        fine=fine,
    )
    act(decide.decide_add_violation, command, New("V"))


def _previous_day() -> date:
    run = session()
    house = run.branch.house
    return house.calendar_of(house.policies.at(run.clock.now())).previous_business_day(said_day())


def _blamed(kind: str, on: date, zone: str) -> str:
    from branchops.plugins.hygiene.reports.blame import blamed

    return blamed(session().reading(), kind, on, zone)


@app.command()
def confirm(
    id: Id,  # noqa: A002 - the word of the command line
    by: Annotated[str, typer.Option(help=N_("who confirms, of the administration department"))] = "",
    note: Annotated[str, typer.Option(help=N_("remark"))] = "",
) -> None:
    """Confirm a violation, with the PIN of somebody of the administration department.

    Example: branchops --pins pins.toml hygiene violation confirm V-3 --by li
    """
    act(decide.decide_confirm, decide.Confirm(by=holder(ADMIN, by), note=note), number(id, "V"))


@app.command()
def appeal(
    id: Id,  # noqa: A002
    reason: Annotated[str, typer.Option(help=N_("why"))],
    by: Annotated[str, typer.Option(help=N_("who contests it (default: who is acting)"))] = "",
) -> None:
    """Contest a violation; nothing is payable until that is decided.

    Example: branchops --as qian hygiene violation appeal V-3 --reason "I was on leave"
    """
    act(decide.decide_appeal, decide.Appeal(by=staff(by), reason=reason), number(id, "V"))


@app.command("decide")
def decide_(
    id: Id,  # noqa: A002
    granted: Annotated[bool, typer.Option("--granted/--refused", help=N_("the appeal is granted, or refused"))],
    by: Annotated[str, typer.Option(help=N_("who decides, of the administration department"))] = "",
    reason: Annotated[str, typer.Option(help=N_("why"))] = "",
) -> None:
    """Decide an appeal; a granted one takes the violation out of the count.

    Example: branchops --pins pins.toml hygiene violation decide V-3 --granted --by li
    """
    command = decide.DecideAppeal(by=holder(ADMIN, by), granted=granted, reason=reason)
    outcome = act(decide.decide_decide_appeal, command, number(id, "V"))
    if granted and outcome.stored:
        _tell_compensation(outcome.first.pos)


def _tell_compensation(pos: int) -> None:
    """Says which later occasions moved, and what that gives back."""
    from branchops.plugins.hygiene.reports.penalties import book_table

    run = session()
    for line in book_table(run.reading()).rows:
        if line["cause"].endswith(f"#{pos}"):
            run.say(f"{line['id']}: {line['text']}")


@app.command()
def merge(
    id: Id,  # noqa: A002
    into: Annotated[str, typer.Option(help=N_("the violation that stands for both"))],
) -> None:
    """Say that two reports are one occasion.

    Example: branchops hygiene violation merge V-4 --into V-3
    """
    act(decide.decide_merge, decide.Merge(of=number(into, "V"), by=session().actor), number(id, "V"))


@app.command("list")
def list_(
    all_: Annotated[bool, typer.Option("--all", help=N_("dropped and merged ones too"))] = False,
    who: Annotated[str, typer.Option(help=N_("one member of staff"))] = "",
    kind: Annotated[Kind | None, typer.Option(help=N_("one kind"))] = None,
) -> None:
    """List violations, newest first.

    Example: branchops hygiene violation list --who qian
    """
    from branchops.plugins.hygiene.reports.violations import violation_list

    run = session()
    where = {"person": run.branch.house.people.person(staff(who))} if who else {}
    where |= {"kind": kind} if kind else {}
    run.show(violation_list(run.reading(), where, every=all_))


@app.command()
def show(id: Id) -> None:  # noqa: A002
    """Show a violation and what it costs.

    Example: branchops hygiene violation show V-3
    """
    from branchops.plugins.hygiene.reports.violations import violation_page

    run = session()
    run.show(violation_page(violation(id), run.reading()))

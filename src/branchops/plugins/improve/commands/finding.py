"""`branchops improve finding ...`: from what was found to what another person saw put right."""

from typing import Annotated

import typer

from branchops.api import N_, New, act, number, record_id, session, staff_ids, within_business_days
from branchops.plugins.improve.commands.shared import Evidence, Finding, Record, day, head, known_record, proof, staff
from branchops.plugins.improve.events import Severity
from branchops.plugins.improve.rules.decide import findings as decide

app = typer.Typer(help=N_("problems found, put right, verified by another"))

By = Annotated[str, typer.Option(help=N_("who (default: who is acting)"))]


@app.command("open")
def open_(
    text: Annotated[str, typer.Option(help=N_("what is wrong, without customers' data"))],
    severity: Annotated[Severity, typer.Option(help=N_("how grave"))] = "medium",
    rule: Annotated[str, typer.Option(help=N_("the rule it is against"))] = "",
    cause: Annotated[str, typer.Option(help=N_("code of the cause or item"))] = "",
    unit: Annotated[str, typer.Option(help=N_("where: window, machine, zone"))] = "",
    about: Annotated[list[str] | None, typer.Option(help=N_("staff concerned, may be repeated"))] = None,
    record: Annotated[str, typer.Option(help=N_("the record in which it showed, such as HI-2026-0001"))] = "",
    reopens: Annotated[str, typer.Option(help=N_("the closed finding that has come back"))] = "",
    reporter: Annotated[str, typer.Option(help=N_("who told of it (kept sealed, never in a notice)"))] = "",
    found_on: Annotated[str, typer.Option(help=N_("the day it was found"))] = "",
) -> None:
    """Open a finding by hand.

    Example: branchops improve finding open --text "cabinet unlocked" --unit A1 --severity high
    """
    command = decide.Open(
        text=text,
        severity=severity,
        rule=rule,
        cause=cause,
        unit=unit,
        about=staff_ids(about or ()),
        record=known_record(record),
        reopens=record_id(reopens, "F") if reopens else "",
        reporter=reporter,
        found_on=day(found_on) if found_on else None,
    )
    act(decide.decide_open, command, New("F"))


@app.command()
def notify(
    id: Finding,  # noqa: A002 - the word of the command line
    to: Annotated[list[str], typer.Option(help=N_("staff told, commas allowed"))],
    by: By = "",
    via: Annotated[str, typer.Option(help=N_("how: in person, notice, mail"))] = "",
) -> None:
    """Record that those concerned were told.

    Example: branchops improve finding notify 7 --to zhao,li --via notice
    """
    act(decide.decide_notify, decide.Notify(to=staff_ids(to), by=staff(by), via=via), number(id, "F"))


@app.command()
def assign(
    id: Finding,  # noqa: A002 - the word of the command line
    owner: Annotated[str, typer.Option(help=N_("who puts it right"))],
    due: Annotated[str, typer.Option(help=N_("by which day (default: by the settings)"))] = "",
) -> None:
    """Give a finding an owner and a day; the day moves by `extend` only.

    Example: branchops improve finding assign 7 --owner zhao --due 2026-12-04
    """
    house = session().branch.house
    now = session().clock.now()
    policy = house.policies.at(now)
    limit = within_business_days(now, policy["improve.rectify.within"], house.calendar_of(policy))
    command = decide.Assign(owner=staff(owner), due=day(due) if due else None, fallback=limit.due.date())
    act(decide.decide_assign, command, number(id, "F"))


@app.command()
def rectify(
    id: Finding,  # noqa: A002 - the word of the command line
    what: Annotated[str, typer.Option(help=N_("what was put right"))],
    by: By = "",
    evidence: Evidence = None,
    record: Record = "",
    practice: Annotated[str, typer.Option(help=N_("what is done differently since"))] = "",
    rule_changed: Annotated[str, typer.Option(help=N_("the rule text or setting that was changed"))] = "",
    no_change: Annotated[str, typer.Option(help=N_("why nothing had to change"))] = "",
) -> None:
    """Record that it was put right, with evidence, and what is done differently since.

    Example: branchops improve finding rectify 7 --what "lock changed" --evidence a.jpg --practice "checked daily"
    """
    command = decide.Rectify(
        by=staff(by),
        what=what,
        practice=practice,
        rule_changed=rule_changed,
        no_change=no_change,
        **proof(evidence, record),
    )
    act(decide.decide_rectify, command, number(id, "F"))


@app.command()
def analogues(
    id: Finding,  # noqa: A002 - the word of the command line
    where: Annotated[str, typer.Option(help=N_("where somebody looked: other tellers, outlets, processes"))] = "",
    result: Annotated[str, typer.Option(help=N_("what came of it"))] = "",
    none: Annotated[str, typer.Option(help=N_("why there is nowhere else to look"))] = "",
    opened: Annotated[list[str] | None, typer.Option(help=N_("findings that came of it, may be repeated"))] = None,
    by: By = "",
) -> None:
    """Record a look across: is the same thing wrong elsewhere?

    Example: branchops improve finding analogues 7 --where "all five windows" --result "window 3 too" --opened 8
    """
    found = tuple(number(one, "F") for one in opened or ())
    command = decide.LookAcross(by=staff(by), where=where, result=result, opened=found, none=none)
    act(decide.decide_analogues, command, number(id, "F"))


@app.command()
def verify(
    id: Finding,  # noqa: A002 - the word of the command line
    by: By = "",
    failed: Annotated[bool, typer.Option("--failed", help=N_("it is not put right: back to the owner"))] = False,
    note: Annotated[str, typer.Option(help=N_("what was seen"))] = "",
) -> None:
    """Verify as another person than the owner, with an own PIN.

    Example: branchops --pins pins.toml improve finding verify 7 --by sun
    """
    act(decide.decide_verify, decide.Verify(by=staff(by), effective=not failed, note=note), number(id, "F"))


@app.command()
def close(
    id: Finding,  # noqa: A002 - the word of the command line
    by: By = "",
) -> None:
    """Close a finding that was put right, looked across, and verified.

    Example: branchops improve finding close 7
    """
    act(decide.decide_close, decide.Close(by=staff(by)), number(id, "F"))


@app.command()
def extend(
    id: Finding,  # noqa: A002 - the word of the command line
    due: Annotated[str, typer.Option(help=N_("the later day"))],
    reason: Annotated[str, typer.Option(help=N_("why more time is needed"))],
    approver: Annotated[str, typer.Option(help=N_("the head (default: who acts as head today)"))] = "",
) -> None:
    """Give more time, with the head's own PIN; the old day stays visible.

    Example: branchops --pins pins.toml improve finding extend 7 --due 2026-12-18 --reason "part on order"
    """
    command = decide.Extend(due=day(due), reason=reason, approver=head(approver))
    act(decide.decide_extend, command, number(id, "F"))


@app.command("raise")
def raise_(
    id: Finding,  # noqa: A002 - the word of the command line
    to: Annotated[str, typer.Option(help=N_("with whom it was taken up"))],
    note: Annotated[str, typer.Option(help=N_("what was said"))] = "",
    step: Annotated[int, typer.Option(help=N_("step of the ladder (default: the next)"))] = 0,
) -> None:
    """Record that an overdue finding was taken up with somebody higher.

    Example: branchops improve finding raise 7 --to chen --note "new date asked for"
    """
    act(decide.decide_raise, decide.Raise(to=staff(to), note=note, step=step), number(id, "F"))


@app.command("list")
def list_(
    all_: Annotated[bool, typer.Option("--all", help=N_("closed ones too"))] = False,
    owner: Annotated[str, typer.Option(help=N_("one owner"))] = "",
    rule: Annotated[str, typer.Option(help=N_("one rule"))] = "",
    limit: Annotated[int, typer.Option(help=N_("at most so many"), min=1)] = 50,
) -> None:
    """List findings, newest first.

    Example: branchops improve finding list --owner zhao
    """
    from branchops.plugins.improve.reports.findings import listed

    run = session()
    where: dict[str, object] = {} if all_ else {"open": True}
    if owner:
        where["owner"] = staff(owner)
    if rule:
        where["rule"] = rule
    reading = run.reading()
    run.show(listed(reading, reading.rows("improve.finding", where, order="opened_at DESC, id DESC", limit=limit)))


@app.command()
def show(
    id: Finding,  # noqa: A002 - the word of the command line
    reveal: Annotated[bool, typer.Option(help=N_("personal data in clear"))] = False,
) -> None:
    """Show one finding as it stands, with its history.

    Example: branchops improve finding show 7
    """
    from branchops.plugins.improve.reports.findings import page

    reading = session().reading(reveal=reveal)
    session().show(page(reading.row("improve.finding", number(id, "F")), reading))


@app.command()
def notice(
    id: Finding,  # noqa: A002 - the word of the command line
) -> None:
    """Print the notice of a finding: no customer data, nobody's name who told of it.

    Example: branchops --format html improve finding notice 7
    """
    from branchops.plugins.improve.reports.findings import notice as made

    reading = session().reading()
    session().show(made(reading.row("improve.finding", number(id, "F")), reading))

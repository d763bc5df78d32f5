"""`branchops hygiene inspect`: look at a zone, row by row."""

from pathlib import Path
from typing import Annotated

import typer

from branchops.api import N_, New, Page, UsageError, _, file_digest, number, session, staff_ids
from branchops.plugins.hygiene.commands.shared import said_day, show_outcome, staff
from branchops.plugins.hygiene.events.inspections import Inspected
from branchops.plugins.hygiene.rules import decide, decide_work

app = typer.Typer()


@app.command("inspect")
def inspect_(
    zone: Annotated[str, typer.Argument(help=N_("which zone"), metavar="ZONE")],
    item: Annotated[
        list[str] | None, typer.Option(help=N_("CODE=pass, CODE=fail:note, CODE=na:reason, CODE=1/2; repeat"))
    ] = None,
    rest: Annotated[str, typer.Option(help=N_("the answer to all other rows: pass (said, not assumed)"))] = "",
    vacant: Annotated[bool, typer.Option("--vacant", help=N_("nobody sits there: everything not applicable"))] = False,
    photo: Annotated[list[str] | None, typer.Option(help=N_("CODE=FILE, kept by path and digest"))] = None,
    by: Annotated[str, typer.Option(help=N_("who inspects (default: who is acting)"))] = "",
    occupant: Annotated[list[str] | None, typer.Option(help=N_("who sits there this shift (shared desks)"))] = None,
    announced: Annotated[bool, typer.Option("--announced", help=N_("it was announced beforehand"))] = False,
    closing: Annotated[bool, typer.Option("--closing", help=N_("after closing: power and tidiness rows too"))] = False,
    plan: Annotated[str, typer.Option(help=N_("the spot check plan it belongs to"))] = "",
    violations: Annotated[bool, typer.Option("--violations", help=N_("a failed desk row becomes a violation"))] = False,
    note: Annotated[str, typer.Option(help=N_("remark"))] = "",
) -> None:
    """Inspect a zone: every row is answered; what is not applicable stays out of the score.

    Example: branchops hygiene inspect desk-qian --item D01=fail:papers --rest pass
    """
    from branchops.plugins.hygiene.reports.checklist import answered, owner_of, rows_for, template_digest

    run = session()
    reading = run.reading()
    rows = rows_for(reading, zone, closing=closing)
    given = dict(_pair(text) for text in item or ())
    photos = {code: Path(path) for code, path in map(_pair, photo or ())}
    unknown = sorted((given.keys() | photos.keys()) - {row["code"] for row in rows})
    if unknown:
        raise UsageError(
            _("{codes} is no row for {zone}.").format(codes=", ".join(unknown), zone=zone),
            _("The rows: {codes}").format(codes=", ".join(row["code"] for row in rows)),
        )
    if rest not in ("", "pass"):
        raise UsageError(_("--rest takes pass only."), _("Say fails and what is not applicable row by row."))
    results = answered(reading, rows, given, rest=rest, vacant=vacant)
    pictures = {code: (str(path), file_digest(path)) for code, path in photos.items()}
    owners, contractor = owner_of(reading, zone, said_day())
    found = Inspected(
        zone=zone,
        inspector=staff(by),
        day=said_day(),
        results=tuple(one.with_photo(*pictures[one.code]) if one.code in pictures else one for one in results),
        owners=staff_ids(occupant) if occupant else owners,
        contractor=contractor,
        announced=announced,
        plan=number(plan, "SC") if plan else "",
        template=template_digest(rows),
        note=note,
    )
    outcome = run.act(decide_work.decide_inspect, decide_work.Inspect(found=found), New("HI"))
    show_outcome(outcome, lambda: _page(outcome.stream))
    if violations and outcome.stored:
        _raise_violations(found, outcome.stream)


def _page(name: str) -> Page:
    from branchops.plugins.hygiene.reports.inspections import inspection_page

    reading = session().reading()
    return inspection_page(reading.row("hygiene.inspection", name), reading)


def _pair(text: str) -> tuple[str, str]:
    code, equals, answer = text.partition("=")
    if not equals or not answer:
        raise UsageError(
            _("“{text}” is not CODE=ANSWER.").format(text=text), _("Write D01=pass, D01=fail:note or D01=na:reason.")
        )
    return code.strip().upper(), answer.strip()


def _raise_violations(found: Inspected, inspection: str) -> None:
    """One untidy desk is one occasion for each owner, however many rows of it failed; a contractor is never fined."""
    run = session()
    if found.contractor or not any(one.section == "desk" and one.answer == "fail" for one in found.results):
        return
    people = run.branch.house.people
    for who in found.owners:
        command = decide.AddViolation(
            kind="desk", offender="staff", who=who, person=people.person(who), zone=found.zone, evidence=inspection
        )
        outcome = run.act(decide.decide_add_violation, command, New("V"))
        run.say(_("Violation {id} was recorded for {who}.").format(id=outcome.stream, who=who))

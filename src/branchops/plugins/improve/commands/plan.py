"""`branchops improve plan ...`: targets, principles, tasks, measures."""

from datetime import date
from typing import Annotated

import typer

from branchops.api import N_, New, UsageError, _, act, number, period_bounds, session
from branchops.plugins.improve.commands.shared import Evidence, Plan, Record, day, decimal, proof, staff
from branchops.plugins.improve.events import Target
from branchops.plugins.improve.rules.decide import plans as decide

app = typer.Typer(help=N_("improvement plans: targets, principles, tasks, measures"))
principle = typer.Typer(help=N_("guiding principles"))
task = typer.Typer(help=N_("main tasks"))
measure = typer.Typer(help=N_("measures against problems"))
app.add_typer(principle, name="principle")
app.add_typer(task, name="task")
app.add_typer(measure, name="measure")

TARGET = N_("metric=...,goal=...,due=...,owner=... (and title, unit, baseline, direction, observable, code)")
Text = Annotated[str, typer.Option(help=N_("in words"))]
Owner = Annotated[str, typer.Option(help=N_("who answers for it"))]
Kind = Annotated[str, typer.Option(help=N_("extraordinary, contingency, preventive, compulsory or safety"))]
Code = Annotated[str, typer.Argument(help=N_("code of the task: K1"), metavar="CODE")]


def _target(text: str, first: date, last: date) -> Target:
    from branchops.plugins.improve.reports.targets import target_of

    return target_of(text, session().reading(), (first, last), decimal, day)


@app.command()
def new(
    title: Annotated[str, typer.Option(help=N_("what the plan is called"))],
    period: Annotated[str, typer.Option(help=N_("2026-12, 2026-Q4 or 2027"))],
    targets: Annotated[list[str] | None, typer.Option("--target", help=TARGET)] = None,
    owner: Annotated[str, typer.Option(help=N_("who answers for it (default: who is acting)"))] = "",
) -> None:
    """Make a plan with at least one target.

    Example: branchops improve plan new --title A --period 2027 --target metric=hygiene.score,goal=95,due=06-30,owner=li
    """
    try:
        first, last = period_bounds(period)
    except ValueError as error:
        raise UsageError(str(error), _("Write 2026-11, 2026-Q4, 2026-W48 or 2026.")) from None
    chosen = tuple(_target(text, first, last) for text in targets or () if text.strip())
    command = decide.MakePlan(title=title, first=first, last=last, owner=staff(owner), targets=chosen)
    act(decide.decide_plan, command, New("P"))


@app.command("target")
def target_(
    id: Plan,  # noqa: A002 - the word of the command line
    target: Annotated[str, typer.Option(help=TARGET)],
) -> None:
    """Add a target to a plan.

    Example: branchops improve plan target 1 --target metric=hygiene.score,goal=95,due=2027-03-31,owner=li
    """
    found = number(id, "P")
    plan = session().branch.row("improve.plan", found)
    act(decide.decide_target, decide.AddTarget(target=_target(target, plan.first, plan.last)), found)


@app.command()
def actual(
    id: Plan,  # noqa: A002 - the word of the command line
    code: Annotated[str, typer.Argument(help=N_("code of the target: T1"), metavar="CODE")],
    value: Annotated[str, typer.Option(help=N_("the value read"))],
    source: Annotated[str, typer.Option(help=N_("where it was read"))],
    on: Annotated[str, typer.Option(help=N_("of which day (default: today)"))] = "today",
) -> None:
    """Record the value of a target that this ledger does not count.

    Example: branchops improve plan actual 1 T2 --value 312 --source "core system, report 7"
    """
    command = decide.Observe(code=code, value=decimal(value, "--value"), source=source, on=day(on))
    act(decide.decide_observe, command, number(id, "P"))


@app.command("list")
def list_() -> None:
    """List the plans.

    Example: branchops improve plan list
    """
    from branchops.plugins.improve.reports.planlist import listed

    session().show(listed(session().reading()))


@app.command()
def status(
    id: Annotated[str, typer.Argument(help=N_("number of the plan (default: those that run)"), metavar="[ID]")] = "",  # noqa: A002
) -> None:
    """Show target against actual; without entries it says “no data”.

    Example: branchops improve plan status 1
    """
    from branchops.plugins.improve.reports.plans import status_table

    reading = session().reading()
    chosen = [reading.row("improve.plan", number(id, "P"))] if id else None
    session().show(status_table(reading, chosen))


@app.command()
def report(
    id: Plan,  # noqa: A002 - the word of the command line
    on: Annotated[str, typer.Option(help=N_("as it was in force at the end of that day"))] = "",
) -> None:
    """Print the plan as a document: targets, principles, tasks.

    Example: branchops --format html improve plan report 1
    """
    from branchops.plugins.improve.reports.plans import document

    reading = session().reading()
    session().show(document(reading.row("improve.plan", number(id, "P")), reading, day(on) if on else None))


@app.command()
def lint(
    id: Annotated[str, typer.Argument(help=N_("number of the plan (default: all)"), metavar="[ID]")] = "",  # noqa: A002
) -> None:
    """Tell what plans lack: principles, days, owners, data.

    Example: branchops improve plan lint 1
    """
    from branchops.plugins.improve.reports.lint import faults, table

    reading = session().reading()
    plans = [reading.row("improve.plan", number(id, "P"))] if id else reading.rows("improve.plan")
    session().show(table([fault for plan in plans for fault in faults(plan, reading)]))


@principle.command("add")
def principle_add(
    id: Plan,  # noqa: A002 - the word of the command line
    text: Text,
    code: Annotated[str, typer.Option(help=N_("word an old one anew: its code, N1"))] = "",
) -> None:
    """State a guiding principle, or word one anew; the old wording stays in the history.

    Example: branchops improve plan principle add 1 --text "the customer comes first"
    """
    act(decide.decide_principle, decide.StatePrinciple(text=text, code=code), number(id, "P"))


@task.command("add")
def task_add(
    id: Plan,  # noqa: A002 - the word of the command line
    kind: Annotated[str, typer.Option(help=N_("marketing, cost, design, method or other"))],
    text: Text,
    owner: Owner,
    due: Annotated[str, typer.Option(help=N_("by which day"))] = "",
    serves: Annotated[list[str] | None, typer.Option(help=N_("another plan it serves, may be repeated"))] = None,
) -> None:
    """Add a main task.

    Example: branchops improve plan task add 1 --kind method --text "one queue" --owner li --due 2027-02-26
    """
    others = tuple(number(one, "P") for one in serves or ())
    command = decide.AddTask(kind=kind, text=text, owner=staff(owner), due=day(due) if due else None, serves=others)
    act(decide.decide_task, command, number(id, "P"))


@task.command("done")
def task_done(
    id: Plan,  # noqa: A002 - the word of the command line
    code: Code,
    by: Annotated[str, typer.Option(help=N_("who (default: who is acting)"))] = "",
    evidence: Evidence = None,
    record: Record = "",
    note: Annotated[str, typer.Option(help=N_("in words"))] = "",
) -> None:
    """Record that a task is done, with evidence.

    Example: branchops improve plan task done 1 K1 --evidence queue.jpg
    """
    command = decide.FinishTask(code=code, by=staff(by), note=note, **proof(evidence, record))
    act(decide.decide_task_done, command, number(id, "P"))


@task.command("assign")
def task_assign(
    id: Plan,  # noqa: A002 - the word of the command line
    code: Code,
    owner: Owner,
    reason: Annotated[str, typer.Option(help=N_("why"))] = "",
) -> None:
    """Give a task to another person.

    Example: branchops improve plan task assign 1 K1 --owner sun --reason "li has left"
    """
    command = decide.AssignTask(code=code, owner=staff(owner), reason=reason)
    act(decide.decide_task_assign, command, number(id, "P"))


@task.command("drop")
def task_drop(
    id: Plan,  # noqa: A002 - the word of the command line
    code: Code,
    reason: Annotated[str, typer.Option(help=N_("why"))],
) -> None:
    """Record that a task will not be done.

    Example: branchops improve plan task drop 1 K2 --reason "head office does it"
    """
    act(decide.decide_task_drop, decide.DropTask(code=code, by=staff(""), reason=reason), number(id, "P"))


@measure.command("add")
def measure_add(
    kind: Kind,
    text: Text,
    problem: Annotated[str, typer.Option(help=N_("the finding or complaint it answers: F-7, C-113"))] = "",
    plan: Annotated[str, typer.Option(help=N_("the plan it belongs to"))] = "",
    principle: Annotated[str, typer.Option(help=N_("the principle it serves: N1"))] = "",
    owner: Annotated[str, typer.Option(help=N_("who answers for it"))] = "",
) -> None:
    """Take a measure against a problem.

    Example: branchops improve plan measure add --kind preventive --text "lock checked at opening" --problem F-7
    """
    prefix = problem.partition("-")[0].upper() if "-" in problem else "F"
    command = decide.TakeMeasure(
        kind=kind,
        text=text,
        problem=number(problem, prefix) if problem else "",
        plan=number(plan, "P") if plan else "",
        principle=principle.upper(),
        owner=staff(owner) if owner else "",
    )
    act(decide.decide_measure, command, New("M"))


@measure.command("reclassify")
def measure_reclassify(
    id: Annotated[str, typer.Argument(help=N_("number of the measure: M-1 or 1"), metavar="ID")],  # noqa: A002
    kind: Kind,
    reason: Annotated[str, typer.Option(help=N_("why"))],
) -> None:
    """Classify a measure anew; what it was before stays in its history.

    Example: branchops improve plan measure reclassify 1 --kind preventive --reason "kept for good"
    """
    act(decide.decide_reclassify, decide.Reclassify(kind=kind, reason=reason), number(id, "M"))


@measure.command("show")
def measure_show(
    id: Annotated[str, typer.Argument(help=N_("number of the measure: M-1 or 1"), metavar="ID")],  # noqa: A002
) -> None:
    """Show a measure, and whether its problem has come back.

    Example: branchops improve plan measure show 1
    """
    from branchops.plugins.improve.reports.measures import page

    reading = session().reading()
    session().show(page(reading.row("improve.measure", number(id, "M")), reading))

"""`branchops explain`: why something is due when it is, what a rule says, how an entry was judged."""

from typing import Annotated, Any

import typer

from branchops import looking
from branchops.core.errors import NotFound
from branchops.core.ledger.event import StoredEvent
from branchops.core.output.messages import N_, _, pick
from branchops.core.output.table import Column, Page, Table
from branchops.core.people.roles import role_title
from branchops.core.rulebook.deadline import Step
from branchops.core.rulebook.duty import Duty, duty_id, status
from branchops.history import verdicts
from branchops.rulepages import keys_of, rule_page, settings_table, targets
from branchops.session import Session, session
from branchops.showing import STATES, duty_table

app = typer.Typer()


@app.command()
def explain(
    what: Annotated[
        str, typer.Argument(metavar="DUTY|RULE|EVENT", help=N_("a duty (rule@record), a rule, or an entry"))
    ],
) -> None:
    """Why: the days counted and skipped, the rule behind it, the policy it was judged by.

    Example: branchops explain complaints.reply-within-three-days@C-2026-0001
    """
    run = session()
    run.show(page_of(run, what.strip()))


def page_of(run: Session, what: str) -> Page:
    """The explanation of whatever the text names."""
    if "@" in what:
        return _duty_page(run, _duty(run, what))
    rule = looking.rule(run, what)
    if rule is not None:
        return rule_page(run, *rule)
    event = looking.event(run, what)
    if event is not None:
        return _event_page(run, event)
    record = looking.record(run, what)
    if record is not None:
        duties = run.reading().duties_of(record.showing.view, record.row)
        return _record_page(run, record.id, duties)
    raise looking.no_rule(run, what) if "." in what else looking.nothing(run, what)


def _duty(run: Session, text: str) -> Duty:
    from branchops.core.owed import find

    rule, _at, subject = text.partition("@")
    duty = find(run.branch, text)
    if duty is None:
        head, sharp, part = subject.partition("#")
        record = looking.record(run, head)
        duty = find(run.branch, f"{rule}@{record.id}{sharp}{part}") if record is not None else None
    if duty is not None:
        return duty
    if looking.rule(run, rule) is None:
        raise looking.no_rule(run, rule)
    record = looking.record(run, subject)
    known = run.reading().duties_of(record.showing.view, record.row) if record else run.reading().duties()
    names = [duty_id(one) for one in known]
    raise NotFound(
        _("There is no duty {id}.").format(id=text),
        looking.nearest(text, names) or _("The duties and their ids: branchops due --format jsonl"),
    )


def _duty_page(run: Session, duty: Duty) -> Page:
    """Due time, how it came about step by step, the rule, and the settings of the policy version pinned at birth."""
    registry = run.branch.registry
    people = run.branch.house.people
    found = looking.rule(run, duty.rule)
    state = status(duty, run.clock.now())
    facts: dict[str, Any] = {
        "id": duty_id(duty),
        "title": _(duty.title).format(**duty.args),
        "subject": duty.subject,
        "who": duty.who,
        "name": people.name(duty.who) if people.knows(duty.who) else "",
        "role": duty.role if run.machine else role_title(duty.role),
        "born": duty.born,
        "due": duty.due,
        "met": duty.met,
        "status": state if run.machine else _(STATES[state]),
        "critical": duty.critical,
        "curable": duty.curable,
        "rule": duty.rule,
        "rule_title": pick(found[1].en, found[1].zh) if found else "",
        "source": found[1].source if found else "",
        "why": pick(found[1].why_en, found[1].why_zh) if found else "",
        "enforced_by": targets(registry).get(duty.rule, []),
        "policy": duty.policy,
    }
    if not run.machine:
        facts = {key: value for key, value in facts.items() if value not in ("", None, [])}
    then = run.branch.house.policies.at(duty.born)
    sections = [_steps(duty.steps), settings_table(run, keys_of(registry, duty.rule), then)]
    labels = (
        Column("critical", _("Critical"), kind="bool"),
        Column("curable", _("Can be made good later"), kind="bool"),
        Column("rule_title", _("The rule says")),
        Column("why", _("Explanation")),
        Column("enforced_by", _("Enforced by")),
        Column("policy", _("Policy version")),
    )
    return Page(_("Duty"), facts, tuple(one for one in sections if run.machine or one.rows), labels)


def _steps(steps: tuple[Step, ...]) -> Table:
    """Each day on the way to the due time: counted or skipped, and why."""
    weekdays = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    rows = []
    counted = 0
    for step in steps:
        counted += step.days if step.counted else 0
        rows.append(
            {
                "date": step.date,
                "weekday": weekdays[step.date.weekday()],
                "days": step.days,
                "counted": step.counted,
                "number": counted if step.counted else None,
                "why": _(step.why),
                "start": step.start,
                "end": step.end,
            }
        )
    timed = any(step.start for step in steps)
    columns = (
        Column("date", _("Date"), kind="date"),
        Column("weekday", _("Weekday")),
        Column("counted", _("Counted"), kind="bool"),
        Column("number", _("No."), kind="number"),
        Column("why", _("Why")),
        Column("start", _("From"), kind="time", shown=timed),
        Column("end", _("To"), kind="time", shown=timed),
        Column("days", _("Days"), kind="number", shown=any(step.days > 1 for step in steps)),
    )
    return Table(columns, rows, title=_("How the due time came about"), key="steps")


def _event_page(run: Session, event: StoredEvent) -> Page:
    """How an entry was judged: by which rules and policy version, what they said, who signed."""
    from branchops.commands.show import event_page

    page = event_page(run, event)
    registry = run.branch.registry
    policies = run.branch.house.policies
    event_type = registry.event_type(event.type)
    checks = registry.validators(event_type) if event_type is not None else ()
    broken = {one["rule"] for one in verdicts(run, [event]).rows}
    rows = []
    for rule_id in dict.fromkeys(rule for check in checks for rule in check.rules):
        found = looking.rule(run, rule_id)
        rows.append(
            {
                "rule": rule_id,
                "title": pick(found[1].en, found[1].zh) if found else "",
                "kept": rule_id not in broken,
            }
        )
    nothing = (
        (_("No rule of the rulebook speaks about this type of entry."),)
        if event_type is not None
        else (_("The plugin that knows this type is not here; the entry is shown as it is stored."),)
    )
    columns = (Column("rule", _("Rule")), Column("title", _("Title")), Column("kept", _("Kept"), kind="bool"))
    judged = Table(columns, rows, title=_("Judged by"), key="rules", notes=() if rows else nothing)
    keys = keys_of(registry, *(str(row["rule"]) for row in rows))
    settings = settings_table(run, keys, policies.at(_recorded(event)))
    sections = (*page.sections, judged, *((settings,) if keys or run.machine else ()))
    return Page(page.title, page.facts, sections, page.labels)


def _recorded(event: StoredEvent) -> Any:
    from branchops.core.clock import unstamp

    return unstamp(event.recorded_at)


def _record_page(run: Session, name: str, duties: list[Duty]) -> Page:
    from msgspec.structs import replace

    table = duty_table(run, duties, _("Duties"))
    ids = tuple(replace(column, shown=column.key in ("due", "state", "id")) for column in table.columns)
    note = (_("Explain one of them by its id."),) if duties else ()
    return Page(_("Record {id}").format(id=name), {"id": name}, (replace(table, columns=ids, notes=note),))

"""How a command tells what it did: ids, facts, verdicts, the duties that were born and when they are due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from branchops.core.entry import Outcome
from branchops.core.errors import PluginFailed, UsageError
from branchops.core.judgement import told
from branchops.core.output.messages import N_, _, pick
from branchops.core.output.table import Column, Page, Table
from branchops.core.people.keys import is_sealed
from branchops.core.people.roles import role_title
from branchops.core.people.staff import People
from branchops.core.rulebook.duty import Duty, duty_id, status
from branchops.core.rulebook.record import Recorded
from branchops.core.rulebook.verdict import Verdict
from branchops.session import Session
from branchops.wording import entry_facts, type_words

STATES = {
    "open": N_("open"),
    "overdue": N_("overdue"),
    "met": N_("met"),
    "late": N_("met late"),
    "missed": N_("missed"),
}
"""How a duty stands, for people."""
PARTS = {"am": N_("a.m."), "pm": N_("p.m.")}
"""Parts of a day in the subjects of duties."""
FOR_PEOPLE = ("table", "plain", "md", "html")
"""The formats that people read; programs get whole lists and bare codes."""
PAGE = 200
"""So many rows of a list people are shown unless they ask for more."""
T = TypeVar("T")
GRADES = {"reject": N_("reject"), "breach": N_("breach"), "warning": N_("warning")}
"""How grave a verdict is, for people."""


def state_title(state: str) -> str:
    """How a duty stands, for people: the one word for it in every list."""
    return _(STATES[state])


def owed_by(people: People, who: str, role: str) -> str:
    """Who owes it, for people: the name, the bare id of somebody unknown, or the role's title."""
    if who:
        return people.name(who) if people.knows(who) else who
    return role_title(role) if role else ""


def about(subject: str) -> str:
    """What a duty is about, for people: `2026-11-23#am` is the morning of that day."""
    head, _sharp, part = subject.partition("#")
    return f"{head} {_(PARTS[part])}" if part in PARTS else subject


def first_of(session: Session, found: Iterable[T], limit: int | None = None) -> tuple[Sequence[T], int]:
    """The first of a list, and how many more there are: `limit` of them (0: all), without one as many as people read;
    programs then get all. UsageError for a limit below 0."""
    if limit is not None and limit < 0:
        raise UsageError(_("A limit is 0 or more."), _("Leave --limit out for the first of them."))
    every = found if isinstance(found, list) else list(found)
    most = limit if limit is not None else PAGE if session.chosen_format in FOR_PEOPLE else 0
    first = every[:most] if most else every
    return first, len(every) - len(first)


def with_more(table: Table, left: int, note: str = "") -> Table:
    """A table with a note that `left` rows more are not shown; `note` (translated, with `{count}`) says it."""
    if not left:
        return table
    note = note or _("{count} more; for all of them: --limit 0")
    return msgspec.structs.replace(table, notes=(*table.notes, note.format(count=left)))


def first_page(session: Session, table: Table, limit: int | None = None, note: str = "") -> Table:
    """A table that lists, as `first_of` cuts it, and how many more there are."""
    rows, left = first_of(session, table.rows, limit)
    return with_more(msgspec.structs.replace(table, rows=rows), left, note)


def duty_rows(session: Session, duties: Iterable[Duty]) -> list[dict[str, Any]]:
    """Duties as rows of the JSON contract."""
    return list(_row_by_row(session, duties))


def _row_by_row(session: Session, duties: Iterable[Duty]) -> Iterator[dict[str, Any]]:
    now = session.clock.now()
    people = session.branch.house.people
    titles = {state: state_title(state) for state in STATES}
    for duty in duties:
        state = status(duty, now)
        yield {
            "rule": duty.rule,
            "subject": duty.subject,
            "about": about(duty.subject),
            "title": _(duty.title).format(**duty.args),
            "who": duty.who,
            "name": people.name(duty.who) if people.knows(duty.who) else "",
            "owed_by": owed_by(people, duty.who, duty.role),
            "role": duty.role,
            "born": duty.born,
            "due": duty.due,
            "met": duty.met,
            "status": state,
            "state": titles[state],
            "policy": duty.policy,
            "id": duty_id(duty),
            "critical": duty.critical,
        }


def duty_table(session: Session, duties: Iterable[Duty], title: str = "", *, streamed: bool = False) -> Table:
    """Duties as a table. People see who owes it in one column: a name, or the role while nobody is named.

    `streamed` makes each row when it is written: for lists that may be long, and are shown once.
    """
    columns = (
        Column("due", _("Due"), kind="time"),
        Column("state", _("Status")),
        Column("about", _("Subject")),
        Column("subject", _("Subject"), shown=False),
        Column("title", _("What")),
        Column("owed_by", _("Who")),
        Column("who", _("Who"), shown=False),
        Column("name", _("Name"), shown=False),
        Column("role", _("Role"), shown=False),
        Column("rule", _("Rule"), shown=False),
        Column("born", _("Born"), kind="time", shown=False),
        Column("met", _("Met"), kind="time", shown=False),
        Column("status", _("Status"), shown=False),
        Column("policy", _("Policy"), kind="number", shown=False),
        Column("id", _("Id"), shown=False),
        Column("critical", _("Critical"), kind="bool", shown=False),
    )
    rows = _row_by_row(session, duties) if streamed else duty_rows(session, duties)
    return Table(columns, rows, title=title, key="duties")


def verdict_rows(session: Session, verdicts: Iterable[Verdict]) -> list[dict[str, Any]]:
    """Verdicts as rows."""
    rules = {rule.id: rule for _owner, rule in session.branch.registry.rules()} if verdicts else {}
    return [
        {
            "outcome": str(verdict.outcome),
            "grade": _(GRADES[str(verdict.outcome)]),
            "rule": verdict.rule,
            "title": pick(rules[verdict.rule].en, rules[verdict.rule].zh) if verdict.rule in rules else "",
            "message": told(verdict),
        }
        for verdict in verdicts
    ]


def verdict_table(session: Session, verdicts: Iterable[Verdict]) -> Table:
    """Verdicts as a table."""
    columns = (
        Column("grade", _("Verdict")),
        Column("message", _("Message")),
        Column("rule", _("Rule")),
        Column("outcome", _("Verdict"), shown=False),
        Column("title", _("Title"), shown=False),
    )
    return Table(columns, verdict_rows(session, tuple(verdicts)), title=_("Verdicts"), key="verdicts")


def plain_data(data: Any) -> dict[str, Any]:
    """An event's data for people and programs; sealed personal text is masked."""
    facts: Mapping[str, Any] = (
        msgspec.to_builtins(data, builtin_types=(dict, list)) if not isinstance(data, dict) else data
    )
    return {key: mask_sealed(value) for key, value in facts.items()}


def mask_sealed(value: Any) -> Any:
    """`***` for sealed text, wherever it stands."""
    if isinstance(value, str):
        return "***" if is_sealed(value) else value
    if isinstance(value, dict):
        return {key: mask_sealed(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [mask_sealed(item) for item in value]
    return value


def outcome_page(session: Session, outcome: Outcome, duties: Iterable[Duty]) -> Page:
    """What a command understood and stored."""
    first = outcome.first
    stored = outcome.stored
    facts: dict[str, Any] = {
        "id": first.stream,
        "event": first.id,
        "pos": first.pos if stored else None,
        "type": first.type,
        "occurred_at": first.occurred_at,
        "recorded_at": first.recorded_at,
        "actor": first.actor,
        "data": plain_data(first.data),
        "stored": stored,
        "replayed": outcome.replayed,
    }
    labels: tuple[Column, ...] = ()
    if session.chosen_format in FOR_PEOPLE:
        data = facts.pop("data")
        facts.pop("event")
        ids = {person.id for person in session.branch.house.people}
        shown, labels = entry_facts(first.type, {key: one for key, one in data.items() if key not in facts}, ids)
        facts = {**facts, "type": type_words(first.type), **shown}
        facts = {key: value for key, value in facts.items() if value not in ("", None, [], False) or key == "stored"}
        duties = [duty for duty in duties if duty.met is None or duty.met >= first.occurred_at]
    also = [event_row(event) for event in outcome.entries[1:]]
    sections = [verdict_table(session, outcome.verdicts), duty_table(session, duties, _("Owed"))]
    if also:
        columns = (
            Column("id", _("Id")),
            Column("what", _("Type")),
            Column("type", _("Type"), shown=False),
            Column("pos", _("Position"), kind="number"),
            Column("data", _("Data"), shown=False),
        )
        sections.append(Table(columns, also, title=_("Also recorded"), key="also"))
    if session.chosen_format in FOR_PEOPLE:
        sections = [section for section in sections if list(section.rows)]
    title = _("Recorded") if stored else _("Judged, not stored (dry run)")
    return Page(title if not outcome.replayed else _("Recorded before"), facts, tuple(sections), labels)


def event_row(event: Recorded) -> dict[str, Any]:
    """A short row of an entry."""
    return {
        "id": event.stream,
        "type": event.type,
        "what": type_words(event.type),
        "pos": event.pos,
        "event": event.id,
        "data": plain_data(event.data),
    }


def tell(session: Session, outcome: Outcome) -> None:
    """Shows an outcome with the duties of the record it is about."""
    session.show(outcome_page(session, outcome, born(session, outcome)))


def born(session: Session, outcome: Outcome) -> list[Duty]:
    """The duties of the record that an outcome is about."""
    from branchops.core.owed import duties_of, present_for

    if not outcome.stored:
        return []
    branch = session.branch
    event_type = branch.registry.event_type(outcome.first.type)
    if event_type is None or not event_type.state:
        return []
    row = branch.row(event_type.state, outcome.stream)
    failures: list[PluginFailed] = []
    found = [] if row is None else duties_of(present_for(branch, event_type.state), row, failures=failures)
    for failure in failures:  # what was asked for is stored already; this is no reason to say otherwise
        session.say(failure.message)
    return found


def tell_unasked(session: Session, names: tuple[str, ...] | None = None) -> bool:
    """Says which plugins (by default those that failed now) a list of what is owed lacks; whether there are any."""
    from branchops.core.owed import unasked

    names = unasked(session.branch) if names is None else names
    if names:
        session.say(
            _("Not asked what is owed, for it failed: {names}. See: branchops plugins check").format(
                names=", ".join(names)
            )
        )
    return bool(names)

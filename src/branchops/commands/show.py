"""`branchops show`: any record in the words of its plugin, with its history, duties and verdicts."""

from collections.abc import Iterable
from typing import Annotated, Any

import msgspec
import typer

from branchops import looking
from branchops.core.ledger.event import StoredEvent
from branchops.core.output.messages import N_, _
from branchops.core.output.table import Column, Page, Table
from branchops.history import history, marks, struck, verdicts
from branchops.session import Session, session
from branchops.showing import duty_table, mask_sealed
from branchops.wording import entry_facts, type_words

app = typer.Typer()


@app.command()
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help=N_("a record, an entry's position or id, a staff id, a day"))],  # noqa: A002
    reveal: Annotated[bool, typer.Option("--reveal", help=N_("personal data in clear"))] = False,
) -> None:
    """Show any record: its state, history, duties and verdicts.

    Example: branchops show C-12
    """
    run = session()
    run.show(page_of(run, id, reveal))


def page_of(run: Session, text: str, reveal: bool = False) -> Page:
    """The page of whatever the text names. Raises NotFound with the forms that ids have here."""
    event = looking.event(run, text)
    if event is not None:
        return event_page(run, event)
    record = looking.record(run, text)
    if record is not None:
        page = record.showing.page(record.row, run.reading(reveal=reveal))
        duties = run.reading().duties_of(record.showing.view, record.row)
        return _with(run, page, [duty_table(run, duties, _("Duties"))], record.id)
    staff = looking.staff(run, text)
    if staff is not None:
        return _with(run, _staff_page(run, staff), [], f"staff-{staff}")
    day = looking.day(run, text)
    if day is not None:
        from branchops.commands.day import day_page

        return _with(run, day_page(run, day), [], f"day-{day}")
    stream = looking.stream(run, text)
    if stream is None:
        raise looking.nothing(run, text)
    state, labels = _state(run, stream)
    return _with(run, Page(_("Record {id}").format(id=stream), {"id": stream, **state}, (), labels), [], stream)


def _with(run: Session, page: Page, sections: Iterable[Table], stream: str) -> Page:
    """A page with the sections that it does not have itself: duties, history, verdicts."""
    events = list(run.branch.ledger.read(stream=stream))
    more = [*sections, history(run, stream), verdicts(run, events)]
    taken = {section.key for section in page.sections if section.key} | set(page.facts)
    added = (one for one in more if one.key not in taken and (run.machine or one.rows))
    return msgspec.structs.replace(page, sections=(*page.sections, *added))


def _state(run: Session, stream: str) -> tuple[dict[str, Any], tuple[Column, ...]]:
    """The row of a stream whose plugin does not say how to show it, and its labels; nothing without plugin or row."""
    first = next(iter(run.branch.ledger.read(stream=stream, limit=1)))
    event_type = run.branch.registry.event_type(first.type)
    row = run.branch.row(event_type.state, stream) if event_type is not None and event_type.state else None
    if row is None:
        return {}, ()
    state = {key: value for key, value in mask_sealed(msgspec.to_builtins(row)).items() if key != "id"}
    if run.machine:
        return state, ()
    return entry_facts(first.type, state, {person.id for person in run.branch.house.people})


def _staff_page(run: Session, staff: str) -> Page:
    people = run.branch.house.people
    day = looking.today(run)
    row = people.get(staff)
    facts = {
        "id": row.id,
        "name": row.name,
        "person": row.person,
        "kind": row.kind,
        "roles": sorted(people.roles(staff, day)),
        "on_leave": people.on_leave(staff, day),
        "left_on": row.left_on,
        "pin_set": people.pin_set(staff),
        "pin_locked": people.pin_locked(staff),
        "os_user": row.os_user,
    }
    if not run.machine:
        facts = {key: value for key, value in facts.items() if value not in (None, "", [], False) or key == "roles"}
    labels = tuple(
        Column(key, title, kind="bool") for key, title in (("pin_set", _("PIN set")), ("pin_locked", _("PIN locked")))
    )
    return Page(_("Staff member"), facts, (), labels)


def event_page(run: Session, event: StoredEvent) -> Page:
    """One entry with its data, signatures and verdicts. Needs no plugin."""
    voided = struck(run, event.stream)
    facts: dict[str, Any] = {
        "pos": event.pos,
        "id": event.id,
        "stream": event.stream,
        "version": event.version,
        "type": event.type,
        "schema": event.schema,
        "occurred_at": event.occurred_at,
        "recorded_at": event.recorded_at,
        "actor": event.actor,
        "policy": event.meta.get("policy", 0),
        "data": mask_sealed(event.data),
        "meta": mask_sealed(event.meta),
        "marks": marks(event, voided),
    }
    sections = [verdicts(run, [event]), signatures(run, event), _voiding(run, event)]
    named: tuple[Column, ...] = ()
    if run.chosen_format in ("table", "plain", "md", "html"):
        data = facts.pop("data")
        del facts["meta"], facts["schema"], facts["version"]
        ids = {person.id for person in run.branch.house.people}
        told, named = entry_facts(event.type, {key: value for key, value in data.items() if key not in facts}, ids)
        facts = {**facts, "type": type_words(event.type), **told}
        facts = {key: value for key, value in facts.items() if value not in ("", None, [])}
        sections = [section for section in sections if section.rows]
    labels = (
        *named,
        Column("pos", _("Position"), kind="number"),
        Column("occurred_at", _("Occurred at"), kind="time"),
        Column("recorded_at", _("Recorded at"), kind="time"),
        Column("policy", _("Policy version")),
    )
    return Page(_("Entry"), facts, tuple(sections), labels)


def signatures(run: Session, event: StoredEvent) -> Table:
    """Who signed an entry, as what, when, and which digest."""
    people = run.branch.house.people
    rows = [
        {**one, "name": people.name(one["staff"]) if people.knows(one["staff"]) else ""}
        for one in event.meta.get("signatures", ())
    ]
    columns = (
        Column("staff", _("Staff")),
        Column("name", _("Name")),
        Column("roles", _("Roles")),
        Column("at", _("Signed at"), kind="time"),
        Column("person", _("Person"), shown=False),
        Column("means", _("By means of"), shown=False),
        Column("digest", _("Digest"), shown=False),
    )
    return Table(columns, rows, title=_("Signatures"), key="signatures")


def _voiding(run: Session, event: StoredEvent) -> Table:
    rows = [
        {"by": one.by, "at": one.at, "reason": one.reason}
        for one in run.branch.rows("core.struck", {"target": event.id})
    ]
    columns = (Column("at", _("Voided at"), kind="time"), Column("by", _("By")), Column("reason", _("Reason")))
    return Table(columns, rows, title=_("Voided"), key="voided")

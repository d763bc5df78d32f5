"""`branchops void`: strikes out an entry with a reason, and shows what is different without it."""

from collections.abc import Collection, Iterator
from typing import Annotated, Any

import msgspec
import typer

from branchops import looking
from branchops.core.entry import Entry, Outcome
from branchops.core.errors import NotFound
from branchops.core.ledger.event import StoredEvent
from branchops.core.output.messages import N_, _
from branchops.core.output.table import Column, Page, Table
from branchops.core.own.events import Voided
from branchops.core.rulebook.duty import duty_id, status
from branchops.session import Session, session
from branchops.showing import mask_sealed, outcome_page
from branchops.wording import field_words, worded

app = typer.Typer()

Rows = dict[tuple[str, str], dict[str, Any]]


@app.command()
def void(
    event: Annotated[str, typer.Argument(metavar="EVENT", help=N_("the entry's id or position, as `log` shows it"))],
    reason: Annotated[str, typer.Option(help=N_("why it is struck out"))],
) -> None:
    """Void an entry: it stays readable, and what followed from it is computed anew.

    Example: branchops void 12 --reason "wrong customer"
    """
    run = session()
    target = looking.event(run, event)
    if target is None:
        raise NotFound(
            _("“{text}” is neither the position nor the id of an entry.").format(text=event),
            _("Find it with: branchops log --stream {id}").format(id=event),
        )
    rows, duties = _rows(run, target), _duties(run)
    voided = Voided(
        target=target.id, target_pos=target.pos, target_type=target.type, target_actor=target.actor, reason=reason
    )
    outcome = run.branch.record(
        Entry(voided, target.stream),
        actor=run.actor,
        at=run.occurred_at,
        key=run.key,
        secrets=run.secrets,
        dry_run=run.dry_run,
    )
    changes = _changes(rows, _rows(run, target)) if outcome.stored else ()
    run.show(_page(run, outcome, list(changes), list(_duty_changes(duties, _duties(run)))))
    if not outcome.stored:
        run.say(_("What would be recomputed is known only once it is stored."))


def _rows(run: Session, target: StoredEvent) -> Rows:
    """The rows of all read models that the entry touches, as plain data."""
    registry = run.branch.registry
    found: Rows = {}
    if registry.event_type(target.type) is None:
        return found
    decoded = registry.decode(target)
    for view in registry.all_views():
        if target.type in view.types:
            for key in view.keys(decoded):
                row = run.branch.row(view.name, key)
                found[view.name, key] = {} if row is None else mask_sealed(msgspec.to_builtins(row))
    return found


def _duties(run: Session) -> dict[str, dict[str, Any]]:
    """What is owed now, by id."""
    from branchops.core.owed import duties

    now = run.clock.now()
    return {
        duty_id(duty): {"title": _(duty.title).format(**duty.args), "due": duty.due, "status": status(duty, now)}
        for duty in duties(run.branch)
    }


def _changes(before: Rows, after: Rows) -> Iterator[dict[str, Any]]:
    """Field by field; a record that is there no more, or there again, is one change."""
    for (view, key), old in before.items():
        new = after.get((view, key), {})
        if bool(old) != bool(new):
            yield {"view": view, "key": key, "field": "*", "before": old or None, "after": new or None}
            continue
        for field in dict.fromkeys((*old, *new)):
            if old.get(field) != new.get(field):
                yield {"view": view, "key": key, "field": field, "before": old.get(field), "after": new.get(field)}


def _duty_changes(before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Duties that came, went, or are due at another time. That time went by changes nothing."""
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name, {}), after.get(name, {})
        if old.get("due") != new.get("due") or bool(old) != bool(new):
            yield {
                "id": name,
                "title": (new or old)["title"],
                "before": old.get("due"),
                "after": new.get("due"),
                "change": "changed" if old and new else "new" if new else "gone",
            }


def _page(run: Session, outcome: Outcome, changes: list[dict[str, Any]], duties: list[dict[str, Any]]) -> Page:
    fields = (
        Column("key", _("Record")),
        Column("field", _("Field")),
        Column("before", _("Before")),
        Column("after", _("After")),
        Column("view", _("Read model"), shown=False),
    )
    owed = (
        Column("title", _("Duty")),
        Column("change", _("Change")),
        Column("before", _("Due before"), kind="time"),
        Column("after", _("Due now"), kind="time"),
        Column("id", _("Id"), shown=False),
    )
    words = {"changed": _("changed"), "new": _("new"), "gone": _("gone")}
    shown = duties if run.machine else [{**one, "change": words[one["change"]]} for one in duties]
    if not run.machine:
        ids = {person.id for person in run.branch.house.people}
        changes = [_told(one, ids) for one in changes]
    page = outcome_page(run, outcome, ())
    sections = [section for section in page.sections if section.key != "duties"]
    nothing = (_("Nothing else changes."),) if outcome.stored and not changes else ()
    return msgspec.structs.replace(
        page,
        title=_("Voided") if outcome.stored else page.title,
        sections=(
            *sections,
            Table(fields, changes, title=_("Recomputed"), key="changes", notes=nothing),
            *((Table(owed, shown, title=_("Duties"), key="duties"),) if duties or run.machine else ()),
        ),
    )


def _told(change: dict[str, Any], ids: Collection[str]) -> dict[str, Any]:
    """A change for people, in words: of a whole record only that it is there or gone."""
    if change["field"] != "*":
        view = change["view"]
        said = {name: worded(view, change[name], ids) for name in ("before", "after")}
        return {**change, "field": field_words(view, change["field"]), **said}
    words = {name: _("there") if change[name] else _("gone") for name in ("before", "after")}
    return {**change, "field": _("whole record"), **words}

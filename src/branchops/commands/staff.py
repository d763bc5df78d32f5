"""`branchops staff`: who works at the outlet, with which roles, and their PINs."""

from datetime import date
from typing import Annotated, Any

import typer

from branchops.core.entry import Entry
from branchops.core.errors import UsageError
from branchops.core.output.messages import N_, _
from branchops.core.output.table import Column, Table
from branchops.core.people import events as ev
from branchops.core.people.roles import role_title
from branchops.doing import staff_ids
from branchops.session import Session, parse_day, session
from branchops.showing import tell

app = typer.Typer(help=N_("people, their roles, leave, delegations and PINs"))

Id = Annotated[str, typer.Argument(help=N_("staff id"))]
From = Annotated[str, typer.Option("--from", help=N_("first day (default today)"))]


def _record(run: Session, *events: Any) -> None:
    """Records events about people; the very first ones are the system's, as nobody is there to act yet."""
    actor = run.actor if len(run.branch.house.people) else "system"
    entries = [Entry(event, f"staff-{_of(event)}") for event in events]
    outcome = run.branch.record(
        *entries, actor=actor, at=run.occurred_at, key=run.key, secrets=run.secrets, dry_run=run.dry_run
    )
    tell(run, outcome)


def _of(event: Any) -> str:
    if isinstance(event, ev.StaffAdded):
        return event.id
    return str(getattr(event, "to_staff", "") or event.staff)


def _today(run: Session) -> date:
    return run.clock.now().astimezone(run.branch.house.tz).date()


def _day(run: Session, text: str) -> date:
    return parse_day(text, _today(run)) if text else _today(run)


@app.command()
def add(
    id: Id,  # noqa: A002 - the word of the command line
    name: Annotated[str, typer.Option(help=N_("name as people say it"))],
    role: Annotated[list[str] | None, typer.Option(help=N_("role, may be repeated"))] = None,
    person: Annotated[str, typer.Option(help=N_("first staff id of the same human, for a second id"))] = "",
    contractor: Annotated[bool, typer.Option(help=N_("not the bank's own employee"))] = False,
) -> None:
    """Add somebody.

    Example: branchops staff add li --name "Li Na" --role teller
    """
    run = session()
    added = ev.StaffAdded(id=id, name=name, person=person or id, kind="contractor" if contractor else "employee")
    today = _today(run)
    roles = [ev.RoleGiven(staff=id, role=one, start=today) for one in role or ()]
    _record(run, added, *roles)


@app.command()
def role(
    id: Id,  # noqa: A002 - the word of the command line
    role: Annotated[str, typer.Argument(help=N_("the role"))],
    start: From = "",
    until: Annotated[str, typer.Option(help=N_("last day"))] = "",
    end: Annotated[bool, typer.Option(help=N_("end the role instead of giving it"))] = False,
) -> None:
    """Give a role, or end it.

    Example: branchops staff role li general-teller --from 2026-12-01
    """
    run = session()
    (who,) = staff_ids([id])
    if end:
        _record(run, ev.RoleEnded(staff=who, role=role, on=_day(run, start)))
        return
    last = _day(run, until) if until else None
    _record(run, ev.RoleGiven(staff=who, role=role, start=_day(run, start), until=last))


@app.command()
def leave(
    id: Id,  # noqa: A002 - the word of the command line
    start: From = "",
    until: Annotated[str, typer.Option(help=N_("last day of the leave"))] = "",
    reason: Annotated[str, typer.Option(help=N_("kind of leave"))] = "other",
    gone: Annotated[bool, typer.Option(help=N_("left the outlet for good"))] = False,
) -> None:
    """Record leave, or that somebody left for good.

    Example: branchops staff leave li --from 2026-12-01 --until 2026-12-05
    """
    run = session()
    (who,) = staff_ids([id])
    first = _day(run, start)
    if gone:
        _record(run, ev.StaffLeft(staff=who, on=first))
        return
    _record(run, ev.OnLeave(staff=who, start=first, until=_day(run, until) if until else first, reason=reason))


@app.command()
def delegate(
    giver: Annotated[str, typer.Argument(metavar="FROM", help=N_("who lends the role"))],
    taker: Annotated[str, typer.Argument(metavar="TO", help=N_("who acts in it"))],
    role: Annotated[str, typer.Option(help=N_("the role"))],
    until: Annotated[str, typer.Option(help=N_("last day"))],
    start: From = "",
    end: Annotated[bool, typer.Option(help=N_("end the delegation instead"))] = False,
) -> None:
    """Lend a role for some days.

    Example: branchops staff delegate chen li --role outlet-head --from 2026-12-01 --until 2026-12-05
    """
    run = session()
    a, b = staff_ids([giver]), staff_ids([taker])
    if end:
        _record(run, ev.DelegationEnded(from_staff=a[0], to_staff=b[0], role=role, on=_day(run, until)))
        return
    _record(
        run,
        ev.Delegated(from_staff=a[0], to_staff=b[0], role=role, start=_day(run, start), until=_day(run, until)),
    )


@app.command()
def pin(
    id: Id,  # noqa: A002 - the word of the command line
    unlock: Annotated[str, typer.Option(help=N_("who signs for lifting a lock and resetting the PIN"))] = "",
) -> None:
    """Set or change a PIN: asked for unseen, or read from the secrets file.

    Example: branchops --pins pins.toml staff pin li
    """
    from branchops.core.people.attest import reset_pin, set_pin

    run = session()
    (who,) = staff_ids([id])
    branch = run.branch
    run.actor  # noqa: B018 - raises when nobody is acting: no PIN may be set by nobody
    has_one = branch.house.people.get(who).pin_set
    if unlock:
        (by,) = staff_ids([unlock])
        _record(run, ev.PinUnlocked(staff=who, by=by))
    old = run.secrets.pin_for(who) if has_one and not unlock else None
    chosen = _chosen(run, who, has_one=has_one)
    if chosen is None:
        raise UsageError(
            _("No PIN was given for {staff}.").format(staff=who),
            _('Run it on a terminal, or give --pins FILE with the line: {staff} = "PIN"').format(staff=who),
        )
    if unlock:
        reset_pin(branch.keys, branch.house.people, who, chosen)
    else:
        set_pin(branch.keys, branch.house.people, who, chosen, old=old)
    _record(run, ev.PinSet(staff=who))


def _chosen(run: Session, who: str, *, has_one: bool) -> str | None:
    """The PIN that is wanted. Typed unseen it is asked for twice: a slip would lock its owner out."""
    chosen = run.secrets.pin_for(f"{who}.new") if has_one else None
    chosen = chosen or run.secrets.pin_for(who)
    if chosen is not None and run.may_prompt and run.pins is None and run.secrets.pin_for(f"{who}.again") != chosen:
        raise UsageError(_("The two PINs differ."), _("Nothing was changed; type the same one twice."))
    return chosen


@app.command()
def bind(
    id: Id,  # noqa: A002 - the word of the command line
    os_user: Annotated[str, typer.Argument(help=N_("operating-system user"))],
) -> None:
    """Bind an operating-system user, so that --as can be left out.

    Example: branchops staff bind li lina
    """
    run = session()
    (who,) = staff_ids([id])
    _record(run, ev.OsUserBound(staff=who, os_user=os_user))


@app.command("list")
def list_(
    all_: Annotated[bool, typer.Option("--all", help=N_("also those who left"))] = False,
) -> None:
    """List the people of the outlet.

    Example: branchops staff list
    """
    run = session()
    people = run.branch.house.people
    today = _today(run)
    rows = [
        {
            "id": row.id,
            "name": row.name,
            "person": row.person,
            "kind": row.kind,
            "employed": _("contractor") if row.kind == "contractor" else _("employee"),
            "roles": sorted(people.roles(row.id, today)),
            "titles": [role_title(role) for role in sorted(people.roles(row.id, today))],
            "on_leave": people.on_leave(row.id, today),
            "left_on": row.left_on,
            "pin_set": row.pin_set,
            "pin_locked": row.pin_locked,
            "os_user": row.os_user,
        }
        for row in people
        if all_ or people.active(row.id, today)
    ]
    columns = (
        Column("id", _("Id")),
        Column("name", _("Name")),
        Column("person", _("Person"), shown=any(row["person"] != row["id"] for row in rows)),
        Column("kind", _("Kind"), shown=False),
        Column("employed", _("Kind"), shown=any(row["kind"] != "employee" for row in rows)),
        Column("roles", _("Roles"), shown=False),
        Column("titles", _("Roles")),
        Column("on_leave", _("On leave"), kind="bool"),
        Column("left_on", _("Left on"), kind="date", shown=any(row["left_on"] for row in rows)),
        Column("pin_set", _("PIN set"), kind="bool"),
        Column("pin_locked", _("PIN locked"), kind="bool", shown=any(row["pin_locked"] for row in rows)),
        Column("os_user", _("OS user"), shown=any(row["os_user"] for row in rows)),
    )
    run.show(Table(columns, rows, title=_("People")))

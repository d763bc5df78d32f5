"""`branchops hygiene zones ...`: rooms, zones, owners, assets."""

from datetime import date
from typing import Annotated

import typer

from branchops.api import N_, NotFound, UsageError, _, act, session, staff_ids
from branchops.plugins.hygiene.commands.shared import day, now_day, staff
from branchops.plugins.hygiene.events import zones as ev
from branchops.plugins.hygiene.rules import decide_work as decide
from branchops.plugins.hygiene.rules.zoning import gm_owner

app = typer.Typer(help=N_("zones: adopt, add, own, close, rooms, assets, list"))
Since = Annotated[str, typer.Option("--from", help=N_("from which day on (default: today)"))]


@app.command()
def adopt(
    desks: Annotated[list[str] | None, typer.Option(help=N_("who has a desk: ids, commas allowed"))] = None,
    since: Since = "",
) -> None:
    """Draw the zones of the pack's catalogue with their owners, and a desk zone for each person named.

    Example: branchops hygiene zones adopt --desks zhao,li,sun
    """
    run = session()
    reading = run.reading()
    begin = day(since)
    known = {zone.code for zone in reading.rows("hygiene.zone")}
    events: list[decide.ZoneEvent] = []
    for row in reading.pack("hygiene").data.get("zone", ()):
        if row["code"] not in known:
            events += _of_catalogue(row, begin)
    for who in staff_ids(desks or ()):
        if f"desk-{who}" not in known:
            name = run.branch.house.people.name(who)
            code = f"desk-{who}"
            events.append(
                ev.ZoneDrawn(code=code, kind="personal", en=f"Desk of {name}", zh=f"{name}的座位", since=begin)
            )
            events.append(ev.OwnerSet(code=code, kind="person", owners=(who,), since=begin))
    if not events:
        raise UsageError(_("All of it is drawn already."), _("See: branchops hygiene zones list"))
    act(decide.decide_draw, decide.Draw(events=tuple(events)), None)
    if not gm_owner(reading.policy):
        run.say(
            _("Choose who cleans the general manager's office: branchops policy set hygiene.zone.gm-office.owner …")
        )


def _of_catalogue(row: dict[str, str], since: date) -> list[decide.ZoneEvent]:
    code = row["code"]
    found: list[decide.ZoneEvent] = [
        ev.ZoneDrawn(code=code, kind=row["kind"], en=row["en"], zh=row["zh"], since=since, rooms=(code,))  # type: ignore[arg-type]
    ]
    kind, owner = row.get("owner_kind", ""), row.get("owner", "")
    if kind == "gm":
        kind, owner = "role", gm_owner(session().reading().policy)
    if kind == "rota":
        owner = "rota"
    if kind and owner:
        found.append(ev.OwnerSet(code=code, kind=kind, owners=(owner,), since=since))  # type: ignore[arg-type]
    return found


@app.command()
def add(
    code: Annotated[str, typer.Argument(help=N_("short name of the zone"), metavar="CODE")],
    kind: Annotated[ev.ZoneKind, typer.Option(help=N_("public, personal, office, outside or other"))],
    name: Annotated[str, typer.Option(help=N_("its name"))] = "",
    rooms: Annotated[str, typer.Option(help=N_("rooms it covers, commas between"))] = "",
    since: Since = "",
) -> None:
    """Draw a zone, or draw one anew.

    Example: branchops hygiene zones add vip-room --kind public --name "VIP room" --rooms vip-room
    """
    covered = tuple(part.strip() for part in rooms.split(",") if part.strip())
    title = name or code
    event = ev.ZoneDrawn(code=code, kind=kind, en=title, zh=title, since=day(since), rooms=covered)
    act(decide.decide_draw, decide.Draw(events=(event,)), None)


@app.command()
def own(
    code: Annotated[str, typer.Argument(help=N_("short name of the zone"), metavar="CODE")],
    person: Annotated[list[str] | None, typer.Option(help=N_("staff ids; two share it"))] = None,
    role: Annotated[str, typer.Option(help=N_("a role"))] = "",
    contractor: Annotated[str, typer.Option(help=N_("the contractor, such as cleaner"))] = "",
    rota: Annotated[bool, typer.Option("--rota", help=N_("the duty rota"))] = False,
    since: Since = "",
) -> None:
    """Say who answers for a zone from a day on.

    Example: branchops hygiene zones own gm-office --role gm-assistant
    """
    chosen: list[tuple[ev.OwnerKind, tuple[str, ...]]] = []
    chosen += [("person", staff_ids(person))] if person else []
    chosen += [("role", (role,))] if role else []
    chosen += [("contractor", (contractor,))] if contractor else []
    chosen += [("rota", ("rota",))] if rota else []
    if len(chosen) != 1:
        raise UsageError(_("Name one kind of owner."), _("Use --person, --role, --contractor or --rota."))
    kind, owners = chosen[0]
    event = ev.OwnerSet(code=code, kind=kind, owners=owners, since=day(since))
    act(decide.decide_draw, decide.Draw(events=(event,)), None)


@app.command()
def close(
    code: Annotated[str, typer.Argument(help=N_("short name of the zone"), metavar="CODE")],
    until: Annotated[str, typer.Option(help=N_("its last day (default: today)"))] = "",
) -> None:
    """Close a zone.

    Example: branchops hygiene zones close desk-sun
    """
    act(decide.decide_draw, decide.Draw(events=(ev.ZoneClosed(code=code, until=day(until)),)), None)


@app.command()
def room(
    code: Annotated[str, typer.Argument(help=N_("short name of the room"), metavar="CODE")],
    name: Annotated[str, typer.Option(help=N_("its name"))] = "",
    since: Since = "",
) -> None:
    """List a room of the outlet, from a day on; `hygiene check` tells when no zone covers it.

    Example: branchops hygiene zones room vault-lobby --from 2026-12-15
    """
    event = ev.RoomListed(code=code, name=name or code, since=day(since))
    act(decide.decide_draw, decide.Draw(events=(event,)), None)


@app.command()
def asset(
    tag: Annotated[str, typer.Argument(help=N_("tag of the thing"), metavar="TAG")],
    kind: Annotated[str, typer.Option(help=N_("new: computer, copier, fax, microwave, plant, ..."))] = "",
    zone: Annotated[str, typer.Option(help=N_("where it stands"))] = "",
    users: Annotated[list[str] | None, typer.Option(help=N_("who uses it: ids, commas allowed"))] = None,
    belongs: Annotated[str, typer.Option(help=N_("where it belongs"))] = "",
    gone: Annotated[bool, typer.Option("--gone", help=N_("the outlet has it no more"))] = False,
) -> None:
    """List a thing, say that it was moved, or that it is gone.

    Example: branchops hygiene zones asset microwave-1 --kind microwave --zone water-bar
    """
    run = session()
    row = run.branch.row("hygiene.asset", f"asset-{tag}")
    event: ev.AssetListed | ev.AssetMoved | ev.AssetGone
    if gone:
        event = ev.AssetGone()
    elif row is not None:
        event = ev.AssetMoved(zone=zone or row.zone, by=staff(""))
    elif kind and zone:
        home = belongs or ("small-meeting-room" if kind == "microwave" else "")
        event = ev.AssetListed(tag=tag, kind=kind, zone=zone, belongs=home, users=staff_ids(users or ()))
    else:
        raise NotFound(_("There is no asset {tag}.").format(tag=tag), _("List it with --kind and --zone."))
    act(decide.decide_asset, decide.KeepAsset(event=event), f"asset-{tag}", opens=not gone)


@app.command()
def assets() -> None:
    """List the things looked after, where they stand and who shares them.

    Example: branchops hygiene zones assets
    """
    from branchops.plugins.hygiene.reports.zones import asset_table

    run = session()
    run.show(asset_table(run.reading()))


@app.command("list")
def list_(on: Annotated[str, typer.Option(help=N_("on which day (default: today)"))] = "") -> None:
    """List the zones with who answers for them.

    Example: branchops hygiene zones list
    """
    from branchops.plugins.hygiene.reports.zones import zone_table

    run = session()
    run.show(zone_table(run.reading(), day(on) if on else now_day()))

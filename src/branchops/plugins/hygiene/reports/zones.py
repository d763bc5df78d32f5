"""Zones with who answers for them, and rooms that no zone covers."""

from __future__ import annotations

from datetime import date

from branchops.api import N_, Column, Reading, Table, _, pick
from branchops.plugins.hygiene.rules.zoning import uncovered

KINDS = {
    "public": N_("public area"),
    "personal": N_("personal area"),
    "office": N_("office"),
    "outside": N_("cleaner's area"),
    "other": N_("other"),
}
OWNERS = {"person": N_("person"), "role": N_("role"), "contractor": N_("contractor"), "rota": N_("duty rota")}


def zone_table(reading: Reading, day: date | None = None) -> Table:
    """The zones of a day."""
    on = day or reading.today
    zones = [zone for zone in reading.rows("hygiene.zone", order="kind, code") if zone.there(on)]
    columns = (
        Column("code", _("Zone")),
        Column("name", _("Name")),
        Column("kind", _("Kind"), shown=False),
        Column("kind_title", _("Kind")),
        Column("owner_kind", _("Owner"), shown=False),
        Column("owner", _("Answers for it")),
        Column("rooms", _("Rooms"), shown=False),
        Column("since", _("Since"), kind="date"),
    )
    rows = []
    for zone in zones:
        owner = zone.owner(on)
        names = ", ".join(reading.name(name) for name in owner.names) if owner else _("nobody")
        rows.append(
            {
                "code": zone.code,
                "name": pick(zone.en, zone.zh),
                "kind": zone.kind,
                "kind_title": _(KINDS[zone.kind]),
                "owner_kind": owner.kind if owner else "",
                "owner": f"{_(OWNERS[owner.kind])}: {names}"
                if owner and owner.kind != "rota"
                else _(OWNERS["rota"])
                if owner
                else names,
                "rooms": list(zone.rooms),
                "since": zone.since,
            }
        )
    places = uncovered(reading.rows("hygiene.place"), zones, on)
    notes = tuple(_("Room {room} is in no zone.").format(room=f"{place.code} {place.name}") for place in places)
    return Table(columns, rows, title=_("Zones"), notes=notes, key="zones")


def coverage(reading: Reading) -> Table:
    """Every room with the zones that cover it: the rules hold for all offices, so none may be left out."""
    zones = [zone for zone in reading.rows("hygiene.zone") if zone.there(reading.today)]
    places = list(reading.rows("hygiene.place"))
    columns = (
        Column("room", _("Room")),
        Column("name", _("Name")),
        Column("zones", _("Zones")),
        Column("covered", _("Covered"), kind="bool"),
    )
    rows = []
    for place in places:
        over = [zone.code for zone in zones if place.code in (*zone.rooms, zone.code)]
        rows.append({"room": place.code, "name": place.name, "zones": over, "covered": bool(over)})
    told = _("{n} of {all} rooms are covered.").format(n=sum(1 for row in rows if row["covered"]), all=len(rows))
    return Table(
        columns,
        rows,
        title=_("Rooms and zones"),
        notes=(told if rows else _("No data: no room is listed."),),
        key="rooms",
    )


def asset_table(reading: Reading) -> Table:
    """The assets; a thing with several users is everybody's of them."""
    columns = (
        Column("tag", _("Tag")),
        Column("kind", _("Kind")),
        Column("zone", _("Zone")),
        Column("belongs", _("Belongs")),
        Column("users", _("Users")),
        Column("misplaced", _("Misplaced"), kind="bool"),
        Column("gone", _("Gone"), kind="bool"),
    )
    rows = [
        {
            "tag": row.tag,
            "kind": row.kind,
            "zone": row.zone,
            "belongs": row.belongs,
            "users": [reading.name(who) for who in row.users],
            "misplaced": row.misplaced,
            "gone": row.gone,
        }
        for row in reading.rows("hygiene.asset", order="kind, tag")
    ]
    return Table(columns, rows, title=_("Assets"), key="assets")

"""Bags, the van, stamps, incidents."""

from __future__ import annotations

from branchops.api import N_, Column, Page, Reading, Said, Table, _
from branchops.plugins.counter.views.custody import Bag, Incident, Stamp, Van

INCIDENTS = {
    "seal-differs": N_("seal number differs"),
    "seal-broken": N_("seal broken"),
    "stamp-lost": N_("stamp lost"),
}


def bags(reading: Reading) -> Table:
    """All bags."""
    columns = (
        Column("bag", _("Bag")),
        Column("sealed", _("Sealed"), kind="bool"),
        Column("seal", _("Seal")),
        Column("at", _("Since"), kind="time"),
        Column("by", _("By")),
        Column("amount", _("Amount"), kind="money"),
        Column("currency", _("Currency")),
    )
    rows = [
        {
            "bag": row.bag,
            "sealed": row.sealed,
            "seal": row.seal,
            "at": row.done.at,
            "by": ", ".join(row.by),
            "amount": row.amount,
            "currency": row.currency,
        }
        for row in reading.rows("counter.bag")
    ]
    return Table(columns, rows, title=_("Cash bags"))


def bag_page(row: Bag, _reading: Reading) -> Page:
    """One bag."""
    facts = {
        "id": row.id,
        "sealed": row.sealed,
        "seal": row.seal,
        "since": row.done.at,
        "by": list(row.by),
        "amount": row.amount,
        "currency": row.currency,
    }
    return Page(_("Cash bag {bag}").format(bag=row.bag), facts, (), (Column("since", _("Since"), kind="time"),))


def _visits(row: Van) -> list[dict[str, object]]:
    return [
        {
            "day": row.day,
            "turn": visit.turn,
            "met": visit.met.at if visit.met and not visit.none else None,
            "by": ", ".join(visit.by),
            "boxes": visit.boxes,
            "left": visit.left.at if visit.left else None,
            "left_by": ", ".join(visit.left_by),
            "none": visit.none,
        }
        for visit in row.visits
    ]


def _van_columns() -> tuple[Column, ...]:
    return (
        Column("day", _("Day")),
        Column("turn", _("Turn")),
        Column("met", _("In"), kind="time"),
        Column("by", _("Who")),
        Column("boxes", _("Boxes"), kind="number"),
        Column("left", _("Out"), kind="time"),
        Column("left_by", _("Who")),
        Column("none", _("No van")),
    )


def van_log(reading: Reading, limit: int) -> Table:
    """The van of the last days."""
    rows = [line for row in reading.rows("counter.van", order="day DESC", limit=limit) for line in _visits(row)]
    return Table(_van_columns(), rows, title=_("The cash van"))


def van_page(row: Van, _reading: Reading) -> Page:
    """The van of one day."""
    visits = Table(_van_columns(), _visits(row), title=_("Turns"), key="visits")
    return Page(_("The cash van, {day}").format(day=row.day), {"id": row.id, "day": row.day}, (visits,))


def stamps(reading: Reading) -> Table:
    """All stamps and keys with their holders."""
    columns = (
        Column("stamp", _("No.")),
        Column("kind", _("Kind")),
        Column("title", _("What")),
        Column("holder", _("Holder")),
        Column("since", _("Since"), kind="time"),
        Column("stowed", _("Locked away"), kind="bool"),
        Column("lost", _("Lost"), kind="bool"),
    )
    rows = [
        {
            "stamp": row.stamp,
            "kind": row.kind,
            "title": row.title,
            "holder": reading.name(row.holder),
            "since": row.since,
            "stowed": row.stowed,
            "lost": row.lost,
        }
        for row in reading.rows("counter.stamp")
    ]
    return Table(columns, rows, title=_("Stamps and keys"))


def stamp_page(row: Stamp, reading: Reading) -> Page:
    """One stamp, with its whole custody."""
    facts = {"id": row.id, "kind": row.kind, "title": row.title, "holder": row.holder, "stowed": row.stowed}
    spans = Table(
        (Column("holder", _("Holder")), Column("start", _("From"), kind="time"), Column("end", _("To"), kind="time")),
        [{"holder": reading.name(one.holder), "start": one.start, "end": one.end} for one in row.spans],
        title=_("Custody"),
        key="custody",
    )
    return Page(_("Stamp {stamp}").format(stamp=row.stamp), {**facts, "lost": row.lost}, (spans,))


def incidents(reading: Reading, *, everything: bool) -> Table:
    """Incidents, open ones or all."""
    columns = (
        Column("id", _("No.")),
        Column("at", _("When"), kind="time"),
        Column("about", _("About")),
        Column("what", _("What")),
        Column("open", _("Open"), kind="bool"),
        Column("note", _("Result")),
    )
    rows = [
        {
            "id": r.id,
            "at": r.at,
            "about": r.about,
            "what": _(INCIDENTS.get(r.what, r.what)),
            "open": r.open,
            "note": r.note,
        }
        for r in reading.rows("counter.incident", {} if everything else {"open": True})
    ]
    return Table(columns, rows, title=_("Incidents"), notes=() if rows else (_("None."),))


def incident_page(row: Incident, _reading: Reading) -> Page:
    """One incident."""
    what = Said(row.what, _(INCIDENTS.get(row.what, row.what)))
    facts = {"id": row.id, "about": row.about, "what": what, "open": row.open}
    return Page(_("Incident {id}").format(id=row.id), {**facts, "at": row.at, "note": row.note})

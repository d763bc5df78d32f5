"""What is ticked for a day, rooms that wait, materials that are out."""

from __future__ import annotations

from datetime import date

from branchops.api import N_, Column, Reading, Table, _
from branchops.plugins.hygiene.rules.daily import clean_stream

TASKS = {
    "public": N_("public areas"),
    "bins": N_("all bins"),
    "own-bin": N_("own bin"),
    "personal-area": N_("own area"),
    "tidy": N_("desk tidied"),
    "power": N_("power off"),
    "lunch": N_("lunch room"),
    "last-out": N_("main switch, last one out"),
    "supervise": N_("supervision"),
}


def ticks_table(reading: Reading, day: date) -> Table:
    """The ticks of a business day."""
    columns = (
        Column("task", _("Task"), shown=False),
        Column("title", _("Task")),
        Column("who", _("Whose")),
        Column("by", _("Done by")),
        Column("at", _("When"), kind="time"),
        Column("late", _("Ticked late"), kind="bool"),
        Column("left_on", _("Left on")),
        Column("note", _("Note")),
    )
    row = reading.row("hygiene.clean-day", clean_stream(day))
    rows = [
        {
            "task": tick.task,
            "title": _(TASKS[tick.task]),
            "who": tick.who,
            "by": tick.by,
            "at": tick.at,
            "late": reading.day_of(tick.recorded) != day,
            "left_on": list(tick.left_on),
            "note": tick.note,
        }
        for tick in (row.ticks if row is not None else ())
    ]
    return Table(columns, rows, title=_("Ticked for {day}").format(day=day), key="ticks")


def rooms_table(reading: Reading, *, every: bool = False) -> Table:
    """Rooms used."""
    columns = (
        Column("id", _("Id")),
        Column("room", _("Room")),
        Column("booker", _("Booked by")),
        Column("visitor", _("Used by")),
        Column("used_at", _("Used until"), kind="time"),
        Column("cleaned_at", _("Cleaned"), kind="time"),
        Column("cleaned_by", _("Cleaned by")),
    )
    rows = reading.rows("hygiene.room-use", {} if every else {"open": True}, order="used_at DESC")
    names = [column.key for column in columns]
    return Table(
        columns, [{name: getattr(row, name) for name in names} for row in rows], title=_("Rooms used"), key="rooms"
    )


def loans_table(reading: Reading) -> Table:
    """Materials that are out."""
    columns = (
        Column("id", _("Id")),
        Column("what", _("What")),
        Column("who", _("Who")),
        Column("pieces", _("Pieces"), kind="number"),
        Column("taken_at", _("Taken"), kind="time"),
    )
    names = [column.key for column in columns]
    rows = reading.rows("hygiene.loan", {"open": True}, order="taken_at")
    return Table(
        columns, [{name: getattr(row, name) for name in names} for row in rows], title=_("Materials out"), key="loans"
    )

"""Big clean-ups: the dates of a period with what became of each, and one clean-up with its attendance."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from typing import Any

from branchops.api import N_, Column, Page, Reading, Table, _, enforces, period_bounds
from branchops.plugins.hygiene.rules.cleanups import TWICE, clean_ups, stream_of
from branchops.plugins.hygiene.views.cleaning import CleanUp

PRESENCE = {
    "present": N_("present"),
    "excused": N_("excused"),
    "absent": N_("absent"),
    "unrecorded": N_("unrecorded"),
    "on-leave": N_("on leave"),
}


def months_of(reading: Reading) -> list[str]:
    """The months of the period asked for (all months of it, those to come too)."""
    if not reading.period:
        return [f"{reading.today:%Y-%m}"]
    first, last = period_bounds(reading.period)
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in numbers]


def presence(row: CleanUp, reading: Reading) -> dict[str, str]:
    """Everybody's presence: as recorded; else on leave by the staff book; else unrecorded, which is not absent."""
    found = dict(row.attendance)
    for one in reading.people:
        if one.kind == "employee" and reading.people.active(one.id, row.held):
            found.setdefault(one.id, "on-leave" if reading.people.on_leave(one.id, row.held) else "unrecorded")
    return found


def clean_up_table(reading: Reading) -> Table:
    """The clean-ups of a period; the notes tell every month that has not two, and weeks that follow each other."""
    columns = (
        Column("date", _("Date"), kind="date"),
        Column("week", _("Week")),
        Column("state", _("State"), shown=False),
        Column("state_title", _("State")),
        Column("reason", _("Because")),
        Column("held", _("Held on"), kind="date"),
        Column("counts", _("Present / excused / absent / unrecorded")),
        *(Column(name, _(title), kind="number", shown=False) for name, title in PRESENCE.items()),
        Column("zones", _("Areas"), shown=False),
    )
    rows, notes = [], []
    kept: list[date] = []
    for month in months_of(reading):
        found = clean_ups(month, reading.policy, reading.calendar)
        rows += [_line(one, reading) for one in found]
        days = [one.date for one in found if one.kept]
        notes += _month_note(month, len(found), len(days))
        kept += days
    notes += [
        _("{a} and {b} are odd weeks one after the other (a year of 53 weeks).").format(a=a, b=b)
        for a, b in pairwise(kept)
        if (b - a).days == 7
    ]
    years = sorted({int(month[:4]) for month in months_of(reading)})
    notes += [
        _("The statutory holidays of {year} are not known yet; name them in calendar.holidays.").format(year=year)
        for year in years
        if not reading.calendar.covered(year)
    ]
    at = reading.policy.get("hygiene.bigclean.time")
    notes.append(
        _("Begins at {time}.").format(time=f"{at:%H:%M}")
        if at
        else _("Time not set: branchops policy set hygiene.bigclean.time HH:MM --reason R")
    )
    return Table(columns, rows, title=_("Big clean-ups"), notes=tuple(notes), key="clean_ups")


@enforces("hygiene.big-clean-twice-monthly")
def _month_note(month: str, planned: int, kept: int) -> list[str]:
    """What to say of a month: nothing when two stay two."""
    if planned == TWICE and kept == TWICE:
        return []
    told = _("{month}: {planned} by the schedule, {kept} kept; the rule asks for two.")
    return [told.format(month=month, planned=planned, kept=kept)]


def _line(one: Any, reading: Reading) -> dict[str, Any]:
    row: CleanUp | None = reading.row("hygiene.clean-up", stream_of(one.original_date))
    state = "held" if row else "dropped" if not one.kept else "to-come" if one.date > reading.today else "unrecorded"
    titles = {
        "held": _("held"),
        "dropped": _("dropped"),
        "to-come": _("to come"),
        "unrecorded": _("not recorded"),
    }
    week = one.original_date.isocalendar()
    line: dict[str, Any] = {
        "date": one.date,
        "week": f"W{week.week:02d}",
        "state": state,
        "state_title": titles[state],
        "reason": _(one.reason),
        "held": row.held if row else None,
        "zones": list(row.zones) if row else [],
    }
    counts = Counter(presence(row, reading).values()) if row else Counter()
    said = [str(counts.get(name, 0)) for name in ("present", "excused", "absent", "unrecorded")]
    line["counts"] = " / ".join(said) if row else ""
    return line | {name: counts.get(name, 0) if row else None for name in PRESENCE}


def clean_up_page(row: CleanUp, reading: Reading) -> Page:
    """One clean-up: areas and everybody's presence."""
    people = presence(row, reading)
    zones = [zone.code for zone in reading.rows("hygiene.zone", {"active": True}) if zone.there(row.held)]
    left = [] if "all" in row.zones else [code for code in zones if code not in row.zones]
    done = len(zones) - len(left)
    facts = {
        "planned": row.planned,
        "held": row.held,
        "start": f"{row.start:%H:%M}" if row.start else _("not said"),
        "areas": f"{done}/{len(zones)}" if zones else _("no data"),
        "not_cleaned": left,
        "result": row.result,
    }
    labels = (
        Column("planned", _("Planned"), kind="date"),
        Column("held", _("Held on"), kind="date"),
        Column("start", _("Began")),
        Column("areas", _("Areas cleaned")),
        Column("not_cleaned", _("Not cleaned")),
        Column("result", _("Result")),
    )
    columns = (
        Column("who", _("Staff id"), shown=False),
        Column("name", _("Who")),
        Column("presence", _("Presence"), shown=False),
        Column("presence_title", _("Presence")),
        Column("reason", _("Reason")),
    )
    rows = [
        {
            "who": who,
            "name": reading.name(who),
            "presence": state,
            "presence_title": _(PRESENCE[state]),
            "reason": row.reasons.get(who, ""),
        }
        for who, state in sorted(people.items())
    ]
    table = Table(columns, rows, title=_("Attendance"), key="attendance")
    return Page(_("Big clean-up of {date}").format(date=row.held), facts, (table,), labels=labels)

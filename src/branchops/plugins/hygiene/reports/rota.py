"""The rota as a table, as a sheet to hang up, and the proof that it is fair."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from branchops.api import N_, Column, Page, PrintedRegister, Reading, Table, _
from branchops.plugins.hygiene.reports.words import facts_of, register
from branchops.plugins.hygiene.rules.daily import clean_stream
from branchops.plugins.hygiene.rules.rota import absent_by, fairness
from branchops.plugins.hygiene.views.rota import Slot

VIA = {"plan": N_("as planned"), "swap": N_("swap"), "cover": N_("cover")}
WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def slots(reading: Reading) -> Iterator[tuple[date, Slot]]:
    """The duty days of the period, in order."""
    found = {date.fromisoformat(text): slot for row in reading.rows("hygiene.rota") for text, slot in row.slots.items()}
    # a rota looks ahead, so the period's own bounds count, not today
    last = reading.last if not reading.period else max(reading.last, max(found, default=reading.last))
    for day in sorted(found):
        if reading.first <= day <= last and (not reading.period or f"{day}".startswith(reading.period)):
            yield day, found[day]


def rota_lines(reading: Reading) -> list[dict[str, Any]]:
    """One line a duty day."""
    lines = []
    for day, slot in slots(reading):
        ticks = reading.row("hygiene.clean-day", clean_stream(day))
        tick = ticks.tick("public") if ticks is not None else None
        lines.append(
            {
                "date": day,
                "weekday": _(WEEKDAYS[day.weekday()]),
                "who": slot.who,
                "name": reading.name(slot.who) if slot.who else _("steward"),
                "planned": slot.planned,
                "via": slot.via,
                "via_title": _(VIA[slot.via]),
                "reason": slot.reason,
                "done": tick.at if tick else None,
            }
        )
    return lines


def _columns() -> tuple[Column, ...]:
    return (
        Column("date", _("Date"), kind="date"),
        Column("weekday", _("Weekday")),
        Column("who", _("Staff id"), shown=False),
        Column("name", _("On duty")),
        Column("planned", _("Planned at first")),
        Column("via", _("How"), shown=False),
        Column("via_title", _("How")),
        Column("reason", _("Reason")),
        Column("done", _("Done at"), kind="time"),
    )


def rota_table(reading: Reading) -> Table:
    """Who is due when."""
    return Table(
        _columns(), rota_lines(reading), title=_("Duty rota {period}").format(period=reading.period), key="rota"
    )


def rota_sheet(reading: Reading) -> PrintedRegister:
    """The rota to hang up, with a place to sign each day."""
    columns = (
        Column("date", _("Date"), kind="date"),
        Column("weekday", _("Weekday")),
        Column("name", _("On duty")),
        Column("via_title", _("How")),
        Column("signed", _("Signed when done")),
    )
    lines = [{**line, "signed": ""} for line in rota_lines(reading)]
    return register(reading, _("Duty rota"), reading.period or _("all"), columns, lines, (_("Hygiene steward"),))


def proof_page(reading: Reading) -> Page:
    """Turns by person against the days they were there, weekday by weekday, as planned and as it came to be."""
    days = dict(slots(reading))
    people = tuple(dict.fromkeys(who for row in reading.rows("hygiene.rota") for who in row.people))
    absent = absent_by(facts_of(reading))
    plan = {day: slot.planned for day, slot in days.items()}
    proof = fairness(plan, people, absent)
    rows = []
    for who in people:
        own = [day for day, slot in days.items() if slot.planned == who]
        row: dict[str, Any] = {
            "who": who,
            "name": reading.name(who),
            "present": proof.present[who],
            "turns": proof.counts[who],
            "now": sum(1 for slot in days.values() if slot.who == who),
        }
        rows.append({**row, **{f"d{n}": sum(1 for day in own if day.weekday() == n) for n in range(7)}})
    columns = (
        Column("who", _("Staff id"), shown=False),
        Column("name", _("Who")),
        Column("present", _("Days there"), kind="number"),
        Column("turns", _("Turns planned"), kind="number"),
        Column("now", _("Turns now"), kind="number"),
        *(Column(f"d{n}", _(name), kind="number") for n, name in enumerate(WEEKDAYS)),
    )
    if proof.spread <= 1:
        verdict = _("Fair: the turns differ by at most one.")
    elif proof.least:
        verdict = _("As even as the absences allow: no chain of exchanges would make it evener.")
    else:
        verdict = _(
            "Not as even as it could be: the staff book has changed since it was made. Make it anew from a later day."
        )
    facts = {
        "duty_days": len(days),
        "people": len(people),
        "greatest_difference": proof.spread,
        "fair": proof.least,
        "verdict": verdict,
    }
    labels = (
        Column("duty_days", _("Duty days"), kind="number"),
        Column("people", _("People"), kind="number"),
        Column("greatest_difference", _("Greatest difference"), kind="number"),
        Column("fair", _("Proved"), kind="bool"),
        Column("verdict", _("Verdict")),
    )
    return Page(_("Proof of fairness"), facts, (Table(columns, rows, title=_("Turns"), key="turns"),), labels=labels)

"""Words for codes, and the shape of printed pages: what several reports share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from branchops.api import N_, Column, Facts, PrintedRegister, Reading
from branchops.plugins.hygiene.rules.deeds import deeds
from branchops.plugins.hygiene.rules.penalty import Penalty, Terms, penalties, terms_of
from branchops.plugins.hygiene.views.violation import Violation

KINDS = {
    "smoking": N_("smoking"),
    "desk": N_("untidy desk"),
    "unreturned": N_("materials not returned"),
    "litter": N_("litter"),
    "food-waste": N_("food waste left"),
    "stray": N_("belongings left about"),
    "eating": N_("eating in the office area"),
    "spitting": N_("spitting"),
    "rubbish-overnight": N_("rubbish overnight"),
    "other": N_("other"),
}
STATUS = {
    "reported": N_("reported"),
    "confirmed": N_("confirmed"),
    "appealed": N_("appeal pending"),
    "dropped": N_("dropped on appeal"),
    "merged": N_("same occasion as another"),
}
FIELDS = (
    N_("Person"),
    N_("Fine"),
    N_("Pieces"),
    N_("With guest"),
    N_("En"),
    N_("Zh"),
    N_("Since"),
    N_("Owners"),
    N_("Day"),
    N_("Task"),
    N_("Left on"),
    N_("Room"),
    N_("Booker"),
    N_("Visitor"),
    N_("What"),
    N_("Violation"),
    N_("Received by"),
    N_("Activity"),
    N_("Purpose"),
    N_("Payer"),
    N_("Approver"),
    N_("Receipt"),
    N_("Planned"),
    N_("Held"),
    N_("Start"),
    N_("End"),
    N_("Days"),
    N_("Seed"),
    N_("Commitment"),
    N_("Granted"),
    N_("Consents"),
    N_("Signed"),
    N_("First"),
    N_("Tag"),
    N_("Belongs"),
    N_("Users"),
)
"""Titles of the fields of entries, as a recorded entry is shown: named here so that they are translated."""

WHAT = {"fine": N_("fine"), "reminder": N_("reminder"), "none": N_("no penalty")}
OFFENDERS = {"staff": N_("staff"), "visitor": N_("visitor"), "unknown": N_("unknown person")}


def facts_of(reading: Reading) -> Facts:
    """The facts that the rules of money ask for, as of now."""
    return Facts(
        record=None, now=reading.now, people=reading.people, calendar=reading.calendar, policies=reading.policies
    )


def staff_rows(reading: Reading) -> list[Violation]:
    """All violations of staff."""
    return list(reading.rows("hygiene.violation", {"offender": "staff"}))


def table_of(reading: Reading, rows: Iterable[Violation], *, final: bool = False) -> dict[str, Penalty]:
    """What the rows cost, by violation."""
    return penalties(deeds(rows, final=final), terms_at(reading), reading.day_of)


def terms_at(reading: Reading) -> Callable[[datetime], Terms]:
    """The terms in force at an instant."""
    return lambda at: terms_of(reading.policies.at(at))


def register(
    reading: Reading, title: str, period: str, columns: tuple[Column, ...], lines: Any, signatures: tuple[str, ...]
) -> PrintedRegister:
    outlet = reading.outlet
    return PrintedRegister(
        title=title,
        outlet=f"{outlet.code} {outlet.name}" if outlet else "",
        period=period,
        columns=columns,
        lines=tuple(lines),
        signatures=signatures,
    )

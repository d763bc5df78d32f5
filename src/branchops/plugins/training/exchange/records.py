"""Training records of other systems, row by row: one kind, whose mapping file says which column is what.

Invariant: pure. What a cell says is either understood or refused with the reason; an empty cell is unknown, not zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from branchops.api import N_, ImportKind, Policy, Prepared, _
from branchops.plugins.training.events.records import RecordImported

FIELDS = {
    "record": N_("the source's own key of the record"),
    "source": N_("name of the system it comes from"),
    "learner": N_("who learnt, by the source's own id"),
    "course": N_("course, training or assessment, by its code"),
    "title": N_("its title"),
    "status": N_("what came of it, in the source's words"),
    "score": N_("score, a decimal number"),
    "hours": N_("hours spent, a decimal number"),
    "started": N_("first day, as a date"),
    "ended": N_("last day, as a date"),
    "expires": N_("last day on which a certificate is valid"),
    "offset": N_("day within the course, a whole number that may be negative"),
    "mandatory": N_("whether it was mandatory: true or false"),
    "certified": N_("whether a certificate was given: true or false"),
}
YES = frozenset({"true", "yes", "y", "1", "是"})
NO = frozenset({"false", "no", "n", "0", "否"})


class Take(msgspec.Struct, frozen=True, kw_only=True):
    """Take a record over."""

    record: RecordImported


def decide_record(_state: object, command: Take, _policy: Policy) -> RecordImported:
    """A record was taken over."""
    return command.record


def prepare(row: Mapping[str, str]) -> Prepared:
    """One row as a command. Raises ValueError that names the field and what is wrong with it."""
    cells = {name: row.get(name, "").strip() for name in FIELDS}
    for name in ("learner", "course"):
        if not cells[name]:
            raise ValueError(_("{field} is empty").format(field=name))
    source = cells["source"] or "other"
    made: dict[str, Any] = {
        "source": source,
        "record": cells["record"],
        "learner": cells["learner"],
        "course": cells["course"],
        "title": cells["title"],
        "status": cells["status"],
    }
    for name, read in READERS.items():
        made[name] = read(name, cells[name]) if cells[name] else None
    event = RecordImported(**made)
    key = f"training-record:{source}:{cells['record']}"
    return Prepared(decide=decide_record, command=Take(record=event), key=key, target=f"records-{source}", opens=True)


def _decimal(name: str, text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise ValueError(_("{field}: “{text}” is not a number").format(field=name, text=text))
    return value


def _whole(name: str, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError(_("{field}: “{text}” is not a whole number").format(field=name, text=text)) from None


def _date(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(_("{field}: “{text}” is not a date (YYYY-MM-DD)").format(field=name, text=text)) from None


def _flag(name: str, text: str) -> bool:
    word = text.casefold()
    if word not in YES | NO:
        raise ValueError(_("{field}: “{text}” is neither true nor false").format(field=name, text=text))
    return word in YES


READERS = {
    "score": _decimal,
    "hours": _decimal,
    "started": _date,
    "ended": _date,
    "expires": _date,
    "offset": _whole,
    "mandatory": _flag,
    "certified": _flag,
}

KIND = ImportKind(
    name="training-records",
    title=N_("training records of another system, by a mapping file"),
    fields=FIELDS,
    prepare=prepare,
    required=("learner", "course"),
    key="record",
)

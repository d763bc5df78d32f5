"""What an id typed by a person means: a record of a plugin, an entry, somebody, a day, a rule, a duty.

Invariant: a full id means one thing, whichever command it is given to; a short one (`C-113`) means this year's record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from branchops.core.errors import NotFound, UsageError
from branchops.core.extend.descriptors import Showing
from branchops.core.ledger.event import StoredEvent
from branchops.core.output.messages import _, listing
from branchops.core.rulebook.rule import Rule
from branchops.session import Session, parse_day

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


class Record(NamedTuple):
    """A row of a plugin, its id, and how the plugin shows it."""

    id: str
    showing: Showing
    row: Any


def full_id(text: str, prefix: str) -> str:
    """The id of a record with a prefix, written out; the text itself when it is none of the short forms."""
    from branchops.doing import record_id

    try:
        return record_id(text, prefix)
    except UsageError:
        return text


def record(run: Session, text: str) -> Record | None:
    """The record of any plugin that a full or short id names, or None."""
    for _owner, offer in run.branch.registry.offers():
        for showing in offer.shows:
            prefix = showing.prefix.rstrip("-")
            if text.upper() != prefix.upper() and not text.upper().startswith(f"{prefix.upper()}-"):
                continue
            for key in dict.fromkeys((full_id(text, prefix), text)):
                row = run.branch.row(showing.view, key)
                if row is not None:
                    return Record(key, showing, row)
    return None


def event(run: Session, text: str) -> StoredEvent | None:
    """The entry at a position or with an id; None when the text has neither form. NotFound when there is none."""
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) < 19:
        return run.branch.ledger.get(int(text))
    return run.branch.ledger.get(text.lower()) if _UUID.fullmatch(text) else None


def staff(run: Session, text: str) -> str | None:
    """The staff id meant by an id, a name, or `staff-ID`; None when nobody is meant."""
    try:
        return run.branch.house.people.resolve(text.removeprefix("staff-"))
    except NotFound:
        return None


def day(run: Session, text: str) -> date | None:
    """The date meant by `2026-11-23`, `day-2026-11-23`, `today`; None when none is."""
    if not text.removeprefix("day-").strip():
        return None
    try:
        return parse_day(text.removeprefix("day-"), today(run))
    except UsageError:
        return None


def today(run: Session) -> date:
    """The outlet's date now."""
    return run.clock.now().astimezone(run.branch.house.tz).date()


def stream(run: Session, text: str) -> str | None:
    """The stream of the ledger that an id of any kind names, or None."""
    ledger = run.branch.ledger
    prefix = text.partition("-")[0]
    for name in (text, full_id(text, prefix.upper()), f"staff-{text}", f"day-{text}", f"outlet-{text}"):
        if ledger.version(name):
            return name
    return None


def rule(run: Session, text: str) -> tuple[str, Rule] | None:
    """The rule of an id with its owner, or None."""
    return next(((owner, one) for owner, one in run.branch.registry.rules() if one.id == text), None)


def no_rule(run: Session, text: str) -> NotFound:
    """The error for a rule that there is not."""
    near = nearest(text, (one.id for _owner, one in run.branch.registry.rules()))
    return NotFound(_("There is no rule {id}.").format(id=text), near or _("The list: branchops rules list"))


def nothing(run: Session, text: str) -> NotFound:
    """The error for an id that names nothing, with what ids look like here."""
    prefixes = sorted({s.prefix.rstrip("-") for _owner, offer in run.branch.registry.offers() for s in offer.shows})
    forms = listing(f"{prefix}-1" for prefix in prefixes)
    hint = _("Records here are named like {forms}; entries by their position. See: branchops log").format(forms=forms)
    people = nearest(text, (row.id for row in run.branch.house.people))
    return NotFound(
        _("Nothing here is named {id}.").format(id=text),
        people or (hint if forms else _("Entries go by their position. See: branchops log")),
    )


def nearest(text: str, known: Iterable[str]) -> str:
    """The hint that names the likeliest of the `known` names; empty when none is near."""
    import difflib

    near = difflib.get_close_matches(text, list(known), 3)
    return _("Did you mean {names}?").format(names=listing(near)) if near else ""

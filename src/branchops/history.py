"""Entries as people look at them: voided, backdated or in breach, personal texts masked, read straight from the ledger.

Invariant: nothing here needs the plugin that recorded an entry.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from typing import Any

import msgspec

from branchops.core.clock import unstamp
from branchops.core.ledger.event import StoredEvent
from branchops.core.output.messages import _
from branchops.core.output.table import Column, Table
from branchops.core.rulebook.verdict import Verdict
from branchops.session import Session
from branchops.showing import mask_sealed, verdict_rows
from branchops.wording import type_words

LATE = timedelta(minutes=1)
"""An entry recorded this much after it is said to have happened is backdated; `--at 16:20` has no seconds."""


def struck(run: Session, stream: str | None = None) -> frozenset[int]:
    """The positions of voided entries: of one stream, or all."""
    where = {} if stream is None else {"stream": stream}
    return frozenset(row.target_pos for row in run.branch.rows("core.struck", where))


def marks(event: StoredEvent, voided: Collection[int]) -> list[str]:
    """What must not be overlooked about an entry."""
    found = []
    if event.pos in voided:
        found.append(_("void"))
    if event.meta.get("breaches"):
        found.append(_("breach"))
    if backdated(event):
        found.append(_("backdated"))
    return found


def backdated(event: StoredEvent) -> bool:
    """Whether it was recorded well after it is said to have happened."""
    return unstamp(event.recorded_at) - unstamp(event.occurred_at) >= LATE


def row(event: StoredEvent, voided: Collection[int]) -> dict[str, Any]:
    """An entry as a row: every column of the ledger, data and meta masked, and its marks."""
    return {
        "pos": event.pos,
        "id": event.id,
        "stream": event.stream,
        "version": event.version,
        "type": event.type,
        "what": type_words(event.type),
        "schema": event.schema,
        "occurred_at": event.occurred_at,
        "recorded_at": event.recorded_at,
        "actor": event.actor,
        "data": mask_sealed(event.data),
        "meta": mask_sealed(event.meta),
        "marks": marks(event, voided),
    }


def history(run: Session, stream: str) -> Table:
    """The entries of a stream."""
    voided = struck(run, stream)
    columns = (
        Column("pos", _("Position"), kind="number"),
        Column("occurred_at", _("Occurred at"), kind="time"),
        Column("what", _("Type")),
        Column("type", _("Type"), shown=False),
        Column("actor", _("Actor")),
        Column("marks", _("Marks")),
        Column("id", _("Id"), shown=False),
        Column("recorded_at", _("Recorded at"), kind="time", shown=False),
        Column("data", _("Data"), shown=False),
    )
    rows = [row(event, voided) for event in run.branch.ledger.read(stream=stream)]
    return Table(columns, rows, title=_("History"), key="history")


def breaches(event: StoredEvent) -> tuple[Verdict, ...]:
    """The breaches stored with an entry."""
    return tuple(msgspec.convert(one, Verdict) for one in event.meta.get("breaches", ()))


def verdicts(run: Session, events: Iterable[StoredEvent]) -> Table:
    """The breaches of some entries, each with its position."""

    def rows() -> Iterator[dict[str, Any]]:
        for event in events:
            for one in verdict_rows(run, breaches(event)):
                yield {"pos": event.pos, **one}

    columns = (
        Column("pos", _("Position"), kind="number"),
        Column("grade", _("Verdict")),
        Column("message", _("Message")),
        Column("rule", _("Rule")),
        Column("outcome", _("Verdict"), shown=False),
    )
    return Table(columns, list(rows()), title=_("Verdicts"), key="verdicts")

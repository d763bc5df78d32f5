"""What the lines of the registers still lack, and where book checks and entries disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from branchops.api import N_, Column, Reading, Said, Table, _, unstamp
from branchops.plugins.complaints.reports.daily import IN, Select, Span, daily


class Line(NamedTuple):
    """What is asked of a complaint: columns as stored, and whether it was answered by more than an interim reply."""

    id: str
    received_at: str
    owner: str
    channel: str
    kind: str
    contact: str
    entered_by: str
    no_reply: str
    book_signed_by: str
    adopted: str
    outcome: str
    cause: str
    apologised_by: str
    explained_by: str
    signed_by: str
    answered: int


_FINAL = "EXISTS (SELECT 1 FROM json_each(replies) WHERE NOT json_extract(value, '$.interim')) AS answered"
_LIVE = "status NOT IN ('merged', 'archived', 'withdrawn')"
_LINES = f"SELECT {', '.join(Line._fields[:-1])}, {_FINAL} FROM {{table}} WHERE {_LIVE} AND {IN}"  # noqa: S608
_PAGES = f"SELECT page, count(*) FROM {{table}} WHERE channel = 'book' AND {IN} GROUP BY page"  # noqa: S608
_QUESTION = f"1 {_LINES} {_PAGES}"
"""The number goes up whenever the meaning of `lacking` changes: what is kept is then found anew."""


def gaps(reading: Reading) -> Table:
    """Art. 8(3): what each line of the registers still lacks, and where book checks and entries disagree."""
    columns = (
        Column("id", _("Id")),
        Column("received_at", _("Received"), kind="time"),
        Column("owner", _("Owner")),
        Column("missing", _("What is missing")),
    )
    lines: list[tuple[str, str, str, list[str]]] = []
    pages: Counter[int] = Counter()
    for wanting, entries in daily(reading, _QUESTION, _of_day):
        lines += wanting
        pages.update(dict(entries))
    rows = [
        {"id": id_, "received_at": unstamp(at), "owner": owner, "missing": Said(lacks, [_(one) for one in lacks])}
        for id_, at, owner, lacks in sorted(lines)
    ]
    rows += _book_gaps(reading, pages)
    notes = () if rows else (_("Nothing is missing."),)
    return Table(columns, rows, title=_("What the registers lack"), notes=notes)


def _of_day(select: Select, span: Span) -> tuple[list[Any], list[Any]]:
    found = ((line, list(lacking(line))) for line in map(Line._make, select(_LINES, span)))
    return [(line.id, line.received_at, line.owner, missing) for line, missing in found if missing], select(
        _PAGES, span
    )


def lacking(line: Line) -> Iterator[str]:
    """What a complaint's line in its register still lacks, as msgids."""
    if line.channel == "book":
        if not line.book_signed_by:
            yield N_("written reply")
        if line.contact and not (line.answered or line.no_reply):
            yield N_("direct reply")
    elif not line.entered_by:
        yield N_("register entry")
    if line.kind == "suggestion" and not line.adopted:
        yield N_("adopted or not")
    if line.kind == "complaint":
        yield from _lacking_complaint(line)
    if not line.signed_by:
        yield N_("signature")


def _lacking_complaint(line: Line) -> Iterator[str]:
    if line.channel != "book" and not (line.answered or line.no_reply):
        yield N_("reply")
    if not line.outcome:
        yield N_("outcome")
    if not line.cause:
        yield N_("cause")
    if line.outcome in ("upheld", "partly") and not line.apologised_by:
        yield N_("apology")
    if line.outcome == "not-upheld" and not line.explained_by:
        yield N_("explanation")


def _book_gaps(reading: Reading, pages: Counter[int]) -> Iterator[dict[str, Any]]:
    """Days on which more entries were read in the book than were recorded, or the other way round."""
    for day in reading.rows("complaints.book-day"):
        if not (day.first and reading.within(day.recorded_at)):
            continue
        recorded = sum(pages[page] for page in range(day.first, day.last + 1))
        if recorded != day.entries:
            told = _("book check found {found} entries, {recorded} are recorded")
            said = told.format(found=day.entries, recorded=recorded)
            yield {"id": day.day, "received_at": day.recorded_at, "owner": day.by, "missing": [said]}

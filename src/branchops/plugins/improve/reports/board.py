"""The branch's board: what a head reads in a minute. Every number says what it rests on and where it came from.

What is owed, overdue and open is as it stands now; what was missed and measured is of the period. The board of a day
measures the 30 days that end with it: one day alone says little.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec

from branchops.api import (
    Column,
    Drawing,
    Duty,
    Page,
    Reading,
    Said,
    Table,
    _,
    about,
    owed,
    owed_by,
    state_title,
    status,
)
from branchops.plugins.improve.reports.figures import Figure, all_figures, back, figure, figure_rows, metrics
from branchops.plugins.improve.reports.findings import repeats_of, state_of
from branchops.plugins.improve.reports.queries import bound
from branchops.plugins.improve.reports.repeats import is_overdue
from branchops.plugins.improve.reports.words import outlet_line, what
from branchops.plugins.improve.views import Finding

RECENT = 30
NEXT = 50
"""So many duties stand on the board; the list of all is `branchops due`."""
AGES = ((7, "0-7"), (30, "8-30"), (None, "31+"))


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """One number of the top row: value, what it rests on, its source; `alarm` when it should be 0 and is not."""

    code: str
    title: str
    value: int | None
    n: int
    of: str
    source: str
    alarm: bool = False


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """One period of the trend: findings opened and closed, duties missed (None: no day of it was closed)."""

    label: str
    opened: int
    closed: int
    missed: int | None


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One indicator with its earlier values, oldest first; None where there was no data."""

    now: Figure
    before: tuple[Decimal | None, ...]
    labels: tuple[str, ...]


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """Everything on the board, as values."""

    title: str
    outlet: str
    period: str
    made: str
    counts: tuple[Count, ...]
    owed: int
    next_due: tuple[dict[str, str], ...]
    findings: tuple[dict[str, str], ...]
    ages: tuple[tuple[str, int], ...]
    measured: str
    lines: tuple[Line, ...]
    trend: tuple[Span, ...]


def board(reading: Reading) -> Page:
    """The board of the reading's period; without one, of today."""
    scope = reading if reading.period or reading.first == reading.last else reading.over(reading.today, reading.today)
    return page(scope, values(scope))


def values(reading: Reading) -> Board:
    """What stands on the board."""
    duties = [duty for duty in reading.duties() if owed(status(duty, reading.now))]
    found: list[Finding] = list(reading.rows("improve.finding", {"open": True}, order="opened_at, id"))
    late = [row for row in found if is_overdue(reading, row)]
    found.sort(key=lambda row: (row not in late, row.due or date.max, row.id))
    return Board(
        title=_("Board"),
        outlet=outlet_line(reading),
        period=reading.period or reading.last.isoformat(),
        made=reading.now.astimezone(reading.tz).strftime("%Y-%m-%d %H:%M"),
        counts=_counts(reading, duties, found, late),
        owed=len(duties),
        next_due=tuple(_owed_line(reading, duty) for duty in duties[:NEXT]),
        findings=tuple(_finding_line(reading, row) for row in found),
        ages=_ages(reading, found),
        measured=_measured(reading),
        lines=_lines(reading),
        trend=tuple(_span(one) for one in back(reading, 14 if is_day(reading) else 6)),
    )


def is_day(reading: Reading) -> bool:
    """Whether this is the board of one day."""
    return not reading.period


def spans(reading: Reading, steps: int) -> list[Reading]:
    """The spans that the indicators measure, oldest first: periods, or for a day the 30 days that end with it."""
    if not is_day(reading):
        return back(reading, steps)
    ends = [reading.last - timedelta(days=RECENT * step) for step in reversed(range(steps))]
    return [reading.over(end - timedelta(days=RECENT - 1), end, end.isoformat()) for end in ends]


def _measured(reading: Reading) -> str:
    return _("{n} days up to {day}").format(n=RECENT, day=reading.last) if is_day(reading) else reading.period


def _counts(
    reading: Reading, duties: Sequence[Duty], found: Sequence[Finding], late: Sequence[Finding]
) -> tuple[Count, ...]:
    today = [duty for duty in duties if duty.due is not None and reading.day_of(duty.due) == reading.today]
    overdue = [duty for duty in duties if status(duty, reading.now) == "overdue"]
    repeated = sum(bool(repeats_of(reading, row)) for row in found)
    days, missed = _missed(spans(reading, 1)[0])
    open_of = _("{late} late, {repeated} repeats").format(late=len(late), repeated=repeated)
    every = _("of {n} owed in all").format(n=len(duties))
    return (
        Count(
            code="owed_today", title=_("Owed today"), value=len(today), n=len(duties), of=every,
            source="due: all duties, open or overdue, due today",
        ),
        Count(
            code="overdue", title=_("Overdue"), value=len(overdue), n=len(duties), of=every, alarm=bool(overdue),
            source="due --overdue: all duties past their time that can still be done",
        ),
        Count(
            code="missed", title=_("Missed"), value=missed if days else None, n=days, alarm=bool(missed),
            of=_("on {n} closed days").format(n=days), source=f"core.day: {MISSED}",
        ),
        Count(
            code="open_findings", title=_("Open findings"), value=len(found), n=len(found), of=open_of,
            alarm=bool(late), source="improve.finding: open = 1",
        ),
    )  # fmt: skip


MISSED = (
    "SELECT count(*), coalesce(sum(json_array_length(missed)), 0) FROM {table} "
    "WHERE closed_at IS NOT NULL AND date >= :first AND date <= :last"
)
OPENED = "SELECT count(*) FROM {table} WHERE opened_at >= :start AND opened_at < :end"
CLOSED = "SELECT count(*) FROM {table} WHERE closed_at >= :start AND closed_at < :end"


def _select(reading: Reading, view: str, text: str) -> tuple[Any, ...]:
    sql, params = bound(text, reading)
    return reading.select(view, sql, params)[0]


def _missed(reading: Reading) -> tuple[int, int]:
    """How many days of the period were closed, and how many duties they found missed."""
    days, missed = _select(reading, "core.day", MISSED)
    return int(days), int(missed)


def _span(reading: Reading) -> Span:
    days, missed = _missed(reading)
    return Span(
        label=reading.period,
        opened=int(_select(reading, "improve.finding", OPENED)[0]),
        closed=int(_select(reading, "improve.finding", CLOSED)[0]),
        missed=missed if days else None,
    )


def _owed_line(reading: Reading, duty: Duty) -> dict[str, str]:
    local = duty.due.astimezone(reading.tz) if duty.due else None
    today = local is not None and local.date() == reading.today
    return {
        "due": "" if local is None else local.strftime("%H:%M" if today else "%m-%d %H:%M"),
        "status": status(duty, reading.now),
        "state": state_title(status(duty, reading.now)),
        "what": _(duty.title).format(**duty.args),
        "subject": duty.subject,
        "about": about(duty.subject),
        "who": duty.who,
        "role": duty.role,
        "owed_by": owed_by(reading.people, duty.who, duty.role),
        "late": "yes" if status(duty, reading.now) == "overdue" else "",
    }


def _finding_line(reading: Reading, row: Finding) -> dict[str, str]:
    return {
        "id": row.id,
        "what": what(reading, row),
        "owner": row.owner,
        "owned_by": owed_by(reading.people, row.owner, ""),
        "due": row.due.isoformat() if row.due else "",
        "status": row.status,
        "state": state_of(reading, row),
        "repeats": str(len(repeats_of(reading, row)) or ""),
        "late": "yes" if is_overdue(reading, row) else "",
    }


def _ages(reading: Reading, found: Sequence[Finding]) -> tuple[tuple[str, int], ...]:
    """Open findings by age in days."""
    days = [(reading.today - reading.day_of(row.opened_at)).days for row in found]
    lower, result = 0, []
    for upto, label in AGES:
        result.append((label, sum(1 for one in days if one >= lower and (upto is None or one <= upto))))
        lower = (upto or 0) + 1
    return tuple(result)


def _lines(reading: Reading) -> tuple[Line, ...]:
    measured = spans(reading, 6)
    labels = tuple(one.period for one in measured)
    earlier = [{one.code: one.value for one in all_figures(span)} for span in measured[:-1]]
    lines = []
    for metric in metrics(reading):
        now = figure(measured[-1], metric)
        past = tuple(one[now.code] for one in earlier)
        lines.append(Line(now=now, before=(*past, now.value), labels=labels))
    return tuple(lines)


def page(reading: Reading, found: Board) -> Page:
    """The board as a page: facts and tables for programs, drawn for people."""
    from branchops.plugins.improve.reports.sheet import STYLE, markup
    from branchops.plugins.improve.reports.terminal import lines

    facts: dict[str, Any] = {"outlet": found.outlet, "period": found.period, "made": reading.now}
    facts |= {one.code: one.value for one in found.counts}
    labels = (
        Column("outlet", _("Outlet")),
        Column("period", _("Period")),
        Column("made", _("Made at"), kind="time"),
        *(Column(one.code, one.title, kind="number") for one in found.counts),
    )
    drawing = Drawing(style=STYLE, body=lambda: markup(found), screen=lambda width: lines(found, width))
    return Page(found.title, facts, _tables(found), labels, drawing)


def _tables(found: Board) -> tuple[Table, ...]:
    return _numbers(found), _due(found), _open(found), _figures(found), _trend(found)


def _numbers(found: Board) -> Table:
    columns = (
        Column("code", _("Code"), shown=False),
        Column("title", _("What")),
        Column("value", _("Value"), kind="number"),
        Column("n", _("n"), kind="number"),
        Column("of", _("Of what")),
        Column("source", _("Source"), shown=False),
    )
    return Table(columns, [msgspec.structs.asdict(one) for one in found.counts], title=_("Numbers"), key="numbers")


def _due(found: Board) -> Table:
    columns = (
        Column("due", _("Due")),
        Column("state", _("Status")),
        Column("what", _("What")),
        Column("about", _("Subject")),
        Column("owed_by", _("Who")),
        Column("subject", _("Subject"), shown=False),
        Column("status", _("Status"), shown=False),
        Column("who", _("Who"), shown=False),
        Column("role", _("Role"), shown=False),
    )
    left = found.owed - len(found.next_due)
    notes = (_("{n} more: {command}").format(n=left, command="branchops due"),) if left else ()
    return Table(columns, found.next_due, title=_("Owed"), notes=notes, key="owed")


def _open(found: Board) -> Table:
    columns = (
        Column("id", _("Id")),
        Column("what", _("Finding")),
        Column("owned_by", _("Owner")),
        Column("owner", _("Owner"), shown=False),
        Column("due", _("Due")),
        Column("state", _("Status")),
        Column("status", _("Status"), shown=False),
    )
    return Table(columns, found.findings, title=_("Open findings"), key="findings")


def _figures(found: Board) -> Table:
    columns = (
        Column("code", _("Code"), shown=False),
        Column("title", _("Indicator")),
        Column("shown", _("Value"), align="right"),
        Column("n", _("n"), kind="number"),
        Column("value", _("Value"), kind="number", shown=False),
        Column("before", _("Before")),
        Column("source", _("Source"), shown=False),
    )
    rows = [
        {**row, "before": [Said(None, _("no data")) if one is None else str(one) for one in line.before[:-1]]}
        for row, line in zip(figure_rows(line.now for line in found.lines), found.lines, strict=True)
    ]
    return Table(columns, rows, title=_("Indicators"), key="indicators")


def _trend(found: Board) -> Table:
    columns = (
        Column("label", _("Period")),
        Column("opened", _("Findings opened"), kind="number"),
        Column("closed", _("Findings closed"), kind="number"),
        Column("missed", _("Duties missed"), kind="number"),
    )
    return Table(columns, [msgspec.structs.asdict(one) for one in found.trend], title=_("Trend"), key="trend")

"""The figures of a period, counted. What was received on a day is counted once and kept until one of its cases changes.

Invariant: merged, voided and archived-elsewhere duplicates count once or not at all. A figure is a number and what it
is a part of (None: of nothing). What depends on other days' complaints, or on now, is asked anew each time.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from branchops.api import N_, Reading, stamp, unstamp
from branchops.plugins.complaints.reports.daily import CASE, IN, OURS, Select, Span, daily
from branchops.plugins.complaints.reports.timely import LIVE, Clocked, Limits

SETTLED = "status IN ('closed', 'archived')"
AXES = ("channel", "channel_code", "business", "cause", "outcome", "level")

Figure = tuple[int, int | None]
Tally = Counter[tuple[str, str]]
"""How many complaints were received: by condition, by axis and code, and by how their reply stands."""


class Found(NamedTuple):
    """What a period saw: its figures by name, in their order, and its complaints by the codes of each axis."""

    figures: Mapping[str, Figure]
    axes: Mapping[str, Mapping[str, int]]


class Closing(NamedTuple):
    """So many complaints were received on a day and closed on another (None: not yet), settled or not (withdrawn)."""

    received: date
    closed: date | None
    settled: bool
    n: int


class Counting:
    """What the figures of every period rest on: the limits, and when what was received on each day was closed."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.limits = Limits(reading)

    def of(self, reading: Reading) -> Found:
        """The figures of the period of `reading`."""
        asked = _Asked(reading, self)
        figures = {name: make(asked) for name, make in FIGURES.items()}
        return Found(figures, {axis: asked.codes(axis) for axis in AXES})

    @cached_property
    def closings(self) -> list[Closing]:
        """The closings of all days of receipt."""
        reading = self._reading
        everything = reading.over(date.min, reading.today)
        days = daily(everything, f"{_CLOSED} {reading.tz}", self._closed)
        return [
            Closing(date.fromisoformat(received), date.fromisoformat(closed) if closed else None, settled, n)
            for day in days
            for received, closed, settled, n in day
        ]

    def _closed(self, select: Select, span: Span) -> list[tuple[date, date | None, bool, int]]:
        """A day's closings, counted."""
        day_of, received = self._reading.day_of, self._reading.day_of(unstamp(span[0]))
        rows = select(_CLOSED, span)
        found = Counter((at and day_of(unstamp(at)), bool(settled)) for at, settled in rows)
        return [(received, closed, settled, n) for (closed, settled), n in found.items()]


def codes(reading: Reading, axis: str) -> dict[str, int]:
    """How many complaints of the period had each code of an axis."""
    return _Asked(reading, Counting(reading)).codes(axis)


class _Asked:
    """A period, and what its days saw in all."""

    def __init__(self, reading: Reading, counting: Counting) -> None:
        self.reading = reading
        self.counting = counting
        self._limits = counting.limits

    @cached_property
    def tally(self) -> Tally:
        """The days of the period together."""
        total: Tally = Counter()
        for day in daily(self.reading, self._question, self._of_day):
            for group, code, n in day:
                total[group, code] += n
        return total

    def codes(self, axis: str) -> dict[str, int]:
        """How many had each code of an axis."""
        return {code: n for (group, code), n in self.tally.items() if group == axis}

    @property
    def _question(self) -> str:
        """All that a day's tally depends on besides its rows."""
        return hashlib.sha256(f"{_COUNT} {_CODES} {_CLOCKED} {self._limits.mark}".encode()).hexdigest()

    def _of_day(self, select: Select, span: Span) -> list[tuple[str, str, int]]:
        counts = zip(COUNTED, select(_COUNT, span)[0], strict=True)
        stands = self._limits.stand(Clocked(*row) for row in select(_CLOCKED, span))
        return [
            *(("", condition, n) for condition, n in counts if n),
            *((axis, code, n) for axis, code, n in select(_CODES, span)),
            *((state, due, n) for (state, due), n in stands.items()),
        ]

    def count(self, condition: str) -> int:
        """How many received in the period fulfil one of the conditions of `COUNTED`."""
        return self.tally["", condition]


Make = Callable[[_Asked], Figure]
COUNTED: dict[str, None] = {}
"""The conditions that are counted of every day, in their order."""


def _plain(condition: str) -> Make:
    """Those received in the period that fulfil a condition."""
    COUNTED.setdefault(condition)
    return lambda asked: (asked.count(condition), None)


def _share(condition: str, of: str = OURS) -> Make:
    """Those of the received complaints `of` a condition that fulfil another as well."""
    both = f"{of} AND {condition}"
    COUNTED.setdefault(of)
    COUNTED.setdefault(both)
    return lambda asked: (asked.count(both), asked.count(of))


def _closed(asked: _Asked) -> Figure:
    first, last = asked.reading.first, asked.reading.last
    closings = asked.counting.closings
    return sum(one.n for one in closings if one.settled and one.closed and first <= one.closed <= last), None


def _standing(days: int) -> Make:
    """Complaints outstanding at the start (0) of a period, or a day (1) after its last."""

    def make(asked: _Asked) -> Figure:
        day = asked.reading.last + timedelta(days) if days else asked.reading.first
        before = (one for one in asked.counting.closings if one.received < day)
        return sum(one.n for one in before if one.closed is None or one.closed >= day), None

    return make


def _on_time(asked: _Asked) -> Figure:
    """Answered within the limit, of those answered or past their limit."""
    now, tally = stamp(asked.reading.now), asked.tally
    overdue = sum(n for (group, due), n in tally.items() if group == "waiting" and due < now)
    met = tally["met", ""]
    return met, met + tally["late", ""] + overdue


def _repeat(asked: _Asked) -> Figure:
    """Told to be a repeat, or the same keyed digest complained before within the days of the policy.

    Earlier complaints may lie on any day: they are looked up, by digest, in an index that holds all that is asked.
    """
    told, of = _TOLD_REPEAT(asked)
    if not asked.count(_KNOWN):
        return told, of
    days = int(asked.reading.policy["complaints.repeat.days"])
    same = "other.complainant = {table}.complainant AND other.id < {table}.id"
    near = f"julianday(other.received_at) >= julianday({{table}}.received_at) - {days}"
    earlier = f"EXISTS (SELECT 1 FROM {{table}} AS other WHERE {same} AND {near})"  # noqa: S608 - words of our own
    by_digest = IN.replace("received_at", "+received_at")  # a plus: not by the index of days
    sql = f"SELECT count(*) FROM {{table}} WHERE {_KNOWN} AND {by_digest} AND {earlier}"  # noqa: S608
    return told + int(asked.reading.select(CASE, sql, asked.reading.span())[0][0]), of


_TOLD_REPEAT = _share("repeat = 1")
_KNOWN = f"{OURS} AND repeat = 0 AND complainant > ''"
COUNTED.setdefault(_KNOWN)
FIGURES: dict[str, Make] = {
    N_("received"): _plain(OURS),
    N_("outstanding at the start"): _standing(0),
    N_("closed in the period"): _closed,
    N_("outstanding at the end"): _standing(1),
    N_("closed, of those received"): _share(SETTLED),
    N_("answered on the spot"): _share("first_contact = 1"),
    N_("answered within the limit"): _on_time,
    N_("upheld wholly or partly"): _share("outcome IN ('upheld', 'partly')", f"{OURS} AND outcome <> ''"),
    N_("settled at the outlet"): _share("escalated_at IS NULL", f"{OURS} AND {SETTLED}"),
    N_("reported to head office"): _share("escalated_at IS NOT NULL"),
    N_("transferred by a regulator"): _share("regulator <> ''"),
    N_("major"): _share("level = 'major'"),
    N_("repeated by the same customer"): _repeat,
    N_("with a breach of the rules"): _share("breaches <> '[]'"),
    N_("content afterwards"): _share("satisfaction >= 4", f"{OURS} AND satisfaction > 0"),
    N_("withdrawn"): _share("status = 'withdrawn'"),
    N_("merged into another"): _plain("kind = 'complaint' AND merged_into <> ''"),
    N_("suggestions"): _plain("kind = 'suggestion' AND merged_into = ''"),
    N_("praise"): _plain("kind = 'praise' AND merged_into = ''"),
}

_EACH = "SELECT '{axis}', {axis}, count(*) FROM ours GROUP BY {axis}"

# What is asked of one day. The words are our own, the edges of the day are bound.
_FROM = f"FROM {{table}} WHERE {IN}"
_COUNT = f"SELECT {', '.join(f'count(*) FILTER (WHERE {one})' for one in COUNTED)} {_FROM}"
_CLOSED = f"SELECT closed_at, {SETTLED} {_FROM} AND {OURS}"
_CLOCKED = f"SELECT {', '.join(Clocked._fields)} {_FROM} AND {OURS} AND {LIVE}"
_OURS = f"WITH ours AS MATERIALIZED (SELECT {', '.join(AXES)} {_FROM} AND {OURS})"
_CODES = f"{_OURS} {' UNION ALL '.join(_EACH.format(axis=axis) for axis in AXES)}"

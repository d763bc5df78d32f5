"""The figures of a period, counted. What was received on a day is counted once and kept until one of its cases changes.

Invariant: merged, voided and archived-elsewhere duplicates count once or not at all. A figure is a number and what it
is a part of (None: of nothing). What depends on other days' complaints, or on now, is asked anew each time.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from branchops.api import N_, Reading, stamp
from branchops.plugins.complaints.reports.daily import CASE, IN, OURS, daily
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


def found(reading: Reading, limits: Limits) -> Found:
    """The figures of the period of `reading`."""
    asked = _Asked(reading, limits)
    figures = {name: make(asked) for name, make in FIGURES.items()}
    return Found(figures, {axis: asked.codes(axis) for axis in AXES})


def codes(reading: Reading, axis: str) -> dict[str, int]:
    """How many complaints of the period had each code of an axis."""
    return _Asked(reading, Limits(reading)).codes(axis)


class _Asked:
    """A period, and what its days saw in all."""

    def __init__(self, reading: Reading, limits: Limits) -> None:
        self.reading = reading
        self.span = reading.span()
        self._limits = limits

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

    def _of_day(
        self, select: Callable[..., list[tuple[Any, ...]]], span: tuple[str, str]
    ) -> list[tuple[str, str, int]]:
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

    def ask(self, condition: str, params: tuple[Any, ...]) -> int:
        """How many complaints of any day fulfil a condition."""
        sql = f"SELECT count(*) FROM {{table}} WHERE {condition}"  # noqa: S608 - words of our own, values bound
        return int(self.reading.select(CASE, sql, params)[0][0])


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
    return asked.ask(f"{OURS} AND {SETTLED} AND closed_at >= ? AND closed_at < ?", asked.span), None


def _standing(at: int) -> Make:
    """Complaints outstanding at the start (0) or at the end (1) of a period."""

    def make(asked: _Asked) -> Figure:
        moment = asked.span[at]
        never = asked.ask(f"{OURS} AND closed_at IS NULL AND received_at < ?", (moment,))
        return never + asked.ask(f"{OURS} AND closed_at >= ? AND received_at < ?", (moment, moment)), None

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
    return told + asked.ask(f"{_KNOWN} AND {by_digest} AND {earlier}", asked.span), of


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
_CLOCKED = f"SELECT {', '.join(Clocked._fields)} {_FROM} AND {OURS} AND {LIVE}"
_OURS = f"WITH ours AS MATERIALIZED (SELECT {', '.join(AXES)} {_FROM} AND {OURS})"
_CODES = f"{_OURS} {' UNION ALL '.join(_EACH.format(axis=axis) for axis in AXES)}"

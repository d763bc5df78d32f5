"""The training matrix: who stands how in which topic, what expires, how much of the house is covered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from branchops.api import N_, Column, Reading, Table, _
from branchops.plugins.training.rules.curriculum import PART_NAMES, STATES, Standing, Topic, standings, topics

MARKS = {
    "not-required": "·",
    "required": "R",
    "booked": "B",
    "done": "+",
    "due-soon": "!",
    "expired": "X",
    "missing-evidence": "?",
    "waived": "W",
}


def book_of(reading: Reading) -> dict[str, Topic]:
    """The curriculum as the bank has it."""
    return topics(reading.pack("training").data.get("topic", ()))


def all_standings(reading: Reading, day: date | None = None) -> Iterator[Standing]:
    """How everybody who is here stands in every topic; a person with two ids is told by each."""
    today = day or reading.today
    book = book_of(reading)
    changes = tuple(reading.rows("training.change"))
    calendar, policy = reading.calendar, reading.policy
    for row in reading.people:
        if not reading.people.active(row.id, today):
            continue
        learner = reading.row("training.learner", f"learner-{row.id}")
        yield from standings(
            row.id,
            learner,
            book,
            people=reading.people,
            changes=changes,
            calendar=calendar,
            policy=policy,
            today=today,
        )


def matrix(
    reading: Reading, *, who: str = "", topic: str = "", states: Iterable[str] = (), everything: bool = False
) -> Table:
    """The matrix as lines; without `everything` what is not required is left out."""
    book = book_of(reading)
    wanted = frozenset(states)
    rows = [
        _line(reading, one, book)
        for one in all_standings(reading)
        if (everything or one.state != "not-required" or "not-required" in wanted)
        and (not who or one.staff == who)
        and (not topic or one.topic == topic)
        and (not wanted or one.state in wanted)
    ]
    columns = (
        Column("staff", _("Id"), shown=False),
        Column("name", _("Name")),
        Column("topic", _("Topic"), shown=False),
        Column("topic_title", _("Topic")),
        Column("state", _("State"), shown=False),
        Column("state_title", _("State")),
        Column("until", _("Until"), kind="date"),
        Column("missing", _("Missing"), shown=False),
        Column("missing_title", _("Missing")),
        Column("reason", _("Reason")),
    )
    return Table(columns, rows, title=_("Training matrix"))


def _line(reading: Reading, one: Standing, book: dict[str, Topic]) -> dict[str, Any]:
    return {
        "staff": one.staff,
        "name": reading.people.name(one.staff),
        "topic": one.topic,
        "topic_title": book[one.topic].title,
        "state": one.state,
        "state_title": _(STATES[one.state]),
        "until": one.until,
        "missing": list(one.missing),
        "missing_title": ", ".join(_(PART_NAMES[part]) for part in one.missing),
        "reason": _(one.reason) if one.reason else "",
    }


def grid(reading: Reading) -> Table:
    """The matrix as a grid: people down, topics across, a mark for each state."""
    book = book_of(reading)
    lines: dict[str, dict[str, Any]] = {}
    for one in all_standings(reading):
        line = lines.setdefault(one.staff, {"staff": one.staff, "name": reading.people.name(one.staff)})
        line[one.topic] = MARKS[one.state]
    columns = [Column("staff", _("Id")), Column("name", _("Name"))]
    columns += [Column(code, str(number)) for number, code in enumerate(book, 1)]
    legend = ", ".join(f"{MARKS[state]} {_(title)}" for state, title in STATES.items())
    numbers = "; ".join(f"{number} {topic.title}" for number, topic in enumerate(book.values(), 1))
    return Table(tuple(columns), list(lines.values()), title=_("Training matrix"), notes=(numbers, legend))


def expiring(reading: Reading) -> Table:
    """What has expired, ends soon, or lacks evidence: the list to act on, soonest first."""
    book = book_of(reading)
    found = [one for one in all_standings(reading) if one.state in ("expired", "due-soon", "missing-evidence")]
    found.sort(key=lambda one: (one.until or date.max, one.staff, one.topic))
    table = matrix(reading)
    note = _("{n} of {all} required standings.").format(n=len(found), all=len(list(table.rows)))
    lines = [_line(reading, one, book) for one in found]
    return Table(table.columns, lines, title=_("Expiring competences"), notes=(note,))


def percent(part: int, whole: int) -> Decimal | None:
    """A share in percent, to one place; None of nothing."""
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1")) if whole else None


def coverage(reading: Reading) -> Table:
    """How much of the house is covered, topic by topic; an acknowledgement counts as reading, never as believing."""
    counts: dict[str, dict[str, int]] = {code: {} for code in book_of(reading)}
    for one in all_standings(reading):
        counts[one.topic][one.state] = counts[one.topic].get(one.state, 0) + 1
    outlet = reading.outlet
    rows = []
    for code, topic in book_of(reading).items():
        states = counts[code]
        bound = sum(n for state, n in states.items() if state not in ("not-required", "waived"))
        done = states.get("done", 0) + states.get("due-soon", 0)
        rows.append(
            {
                "outlet": outlet.code if outlet else "",
                "topic": code,
                "topic_title": topic.title,
                "bound": bound,
                "done": done,
                "waived": states.get("waived", 0),
                "coverage": percent(done, bound),
            }
        )
    columns = (
        Column("outlet", _("Outlet")),
        Column("topic", _("Topic"), shown=False),
        Column("topic_title", _("Topic")),
        Column("bound", _("Bound (n)"), kind="number"),
        Column("done", _("Valid"), kind="number"),
        Column("waived", _("Waived"), kind="number"),
        Column("coverage", _("Coverage %"), kind="number"),
    )
    note = _("Policy version {version}. Waived people count neither way.").format(version=reading.policy.version)
    return Table(columns, rows, title=_("Coverage by topic"), notes=(note,))


NO_BASELINE = N_("no baseline")

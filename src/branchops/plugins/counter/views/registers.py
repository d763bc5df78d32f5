"""The special-business register, statements, seal verification, breaches, ticked lists."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from branchops.api import Recorded, View
from branchops.plugins.counter.views.shared import Span, changed, passed_on


class Special(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the special-business register."""

    id: str
    kind: str
    ref: str
    by: str
    day: str
    note: str
    at: datetime
    recorded_at: datetime
    pos: int


class Print(msgspec.Struct, frozen=True):
    """A print of the register: instant, lines, digest, and up to which ledger position it reached."""

    at: datetime
    lines: int
    digest: str
    copy: int
    supplement: bool
    upto: int


class Printed(msgspec.Struct, frozen=True, kw_only=True):
    """The prints of a day's register."""

    id: str
    day: str
    prints: tuple[Print, ...] = ()


class Custody(msgspec.Struct, frozen=True, kw_only=True):
    """Who keeps the statements: exactly one at any instant since the first. `stock` is what lies there."""

    id: str
    custodian: str
    since: datetime
    spans: tuple[Span, ...] = ()
    received: int = 0
    issued: int = 0
    returned: int = 0

    @property
    def stock(self) -> int:
        """How many statements lie in custody."""
        return self.received + self.returned - self.issued


class SealDay(msgspec.Struct, frozen=True, kw_only=True):
    """Seal verification on a day: by result, by teller and by account (each: total, forced)."""

    id: str
    day: str
    total: int = 0
    manual: int = 0
    forced: int = 0
    tellers: dict[str, tuple[int, int]] = msgspec.field(default_factory=dict)
    accounts: dict[str, tuple[int, int]] = msgspec.field(default_factory=dict)
    system_total: int | None = None
    system_forced: int | None = None


class Breach(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that broke rules, and whom it is about."""

    id: str
    pos: int
    at: datetime
    recorded_at: datetime
    stream: str
    type: str
    rules: tuple[str, ...]
    people: tuple[str, ...]
    texts: tuple[str, ...]
    actor: str


class Tick(msgspec.Struct, frozen=True, kw_only=True):
    """A row of an opening or closing list that was looked at."""

    id: str
    day: str
    list: str
    item: str
    by: str
    at: datetime
    recorded_at: datetime
    ok: bool
    note: str


def special(event: Recorded) -> Special:
    """A line."""
    data = event.data
    return Special(
        id=event.stream,
        kind=data.kind,
        ref=data.ref,
        by=data.by,
        day=data.day.isoformat(),
        note=data.note,
        at=event.occurred_at,
        recorded_at=event.recorded_at,
        pos=event.pos,
    )


def printed(row: Printed | None, event: Recorded) -> Printed:
    """One more print."""
    data = event.data
    row = row or Printed(id=event.stream, day=data.day.isoformat())
    one = Print(event.recorded_at, data.lines, data.digest, data.copy, data.supplement, data.upto)
    return changed(row, prints=(*row.prints, one))  # type: ignore[no-any-return]


def custodian(event: Recorded) -> Custody:
    """The first custodian."""
    who, at = event.data.custodian, event.occurred_at
    return Custody(id=event.stream, custodian=who, since=at, spans=passed_on((), who, at))


def handed_over(row: Custody, event: Recorded) -> Custody:
    """The next custodian, at the very instant at which the one before stops."""
    who, at = event.data.taker, event.occurred_at
    return changed(row, custodian=who, since=at, spans=passed_on(row.spans, who, at))  # type: ignore[no-any-return]


def moved(row: Custody, event: Recorded) -> Custody:
    """Statements came or went."""
    data = event.data
    name = {"receive": "received", "issue": "issued", "return": "returned"}[data.action]
    return changed(row, **{name: getattr(row, name) + data.count})  # type: ignore[no-any-return]


def sealed(row: SealDay | None, event: Recorded) -> SealDay:
    """One more verification."""
    data = event.data
    row = row or SealDay(id=event.stream, day=data.day.isoformat())
    forced = int(data.result == "forced")

    def add(counts: dict[str, tuple[int, int]], key: str) -> dict[str, tuple[int, int]]:
        total, passes = counts.get(key, (0, 0))
        return {**counts, key: (total + 1, passes + forced)}

    return changed(  # type: ignore[no-any-return]
        row,
        total=row.total + 1,
        manual=row.manual + (data.result == "manual"),
        forced=row.forced + forced,
        tellers=add(row.tellers, data.teller),
        accounts=add(row.accounts, data.account) if forced or data.account in row.accounts else row.accounts,
    )


def totalled(row: SealDay | None, event: Recorded) -> SealDay:
    """What the system counted."""
    data = event.data
    row = row or SealDay(id=event.stream, day=data.day.isoformat())
    return changed(row, system_total=data.total, system_forced=data.forced)  # type: ignore[no-any-return]


PEOPLE = ("person", "teller", "holder", "giver", "custodian", "by", "requester", "checker", "staff")


def concerned(data: Any) -> tuple[str, ...]:
    """Whom an entry is about: its first field that names people."""
    for name in PEOPLE:
        value = getattr(data, name, "")
        if value:
            return value if isinstance(value, tuple) else (value,)
    return ()


def broke(event: Recorded) -> Breach | None:
    """An entry with breaches; None without."""
    breaches = event.meta.breaches
    if not breaches:
        return None
    return Breach(
        id=event.id,
        pos=event.pos,
        at=event.occurred_at,
        recorded_at=event.recorded_at,
        stream=event.stream,
        type=event.type,
        rules=tuple(dict.fromkeys(one.rule for one in breaches)),
        people=concerned(event.data) or (event.actor,),
        texts=tuple(msgspec.json.encode({"text": one.text, "facts": one.facts}).decode() for one in breaches),
        actor=event.actor,
    )


def tick(event: Recorded) -> Tick:
    """A row was looked at."""
    data = event.data
    return Tick(
        id=f"{data.list}/{data.day}/{data.item}",
        day=data.day.isoformat(),
        list=data.list,
        item=data.item,
        by=data.by,
        at=event.occurred_at,
        recorded_at=event.recorded_at,
        ok=data.ok,
        note=data.note,
    )


def breach_view(types: tuple[str, ...]) -> View:
    """The register of breaches over the types given."""
    return View(
        name="counter.breach",
        row=Breach,
        opens=dict.fromkeys(types, broke),
        key=lambda event: event.id,
        index=("at",),
    )


VIEWS = (
    View(name="counter.special", row=Special, opens={"counter.special-entered": special}, index=("day",)),
    View(
        name="counter.print",
        row=Printed,
        opens={"counter.special-printed": lambda event: printed(None, event)},
        folds={"counter.special-printed": printed},
    ),
    View(
        name="counter.custody",
        row=Custody,
        opens={"counter.custodian-set": custodian},
        folds={"counter.custody-handed-over": handed_over, "counter.statements-moved": moved},
    ),
    View(
        name="counter.seal-day",
        row=SealDay,
        opens={
            "counter.seal-checked": lambda event: sealed(None, event),
            "counter.seal-totalled": lambda event: totalled(None, event),
        },
        folds={"counter.seal-checked": sealed, "counter.seal-totalled": totalled},
        index=("day",),
    ),
    View(
        name="counter.tick",
        row=Tick,
        opens={"counter.ticked": tick},
        folds={"counter.ticked": lambda _row, event: tick(event)},
        key=lambda event: f"{event.data.list}/{event.data.day}/{event.data.item}",
        index=("day",),
    ),
)

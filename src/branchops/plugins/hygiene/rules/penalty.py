"""The penalty table as a pure function of history.

Invariant: `penalties` depends on the set of deeds, the terms in force when each was done, and nothing else: not on the
order in which they were recorded, confirmed, voided or backdated. A deed taken out of the set never counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

import msgspec

from branchops.api import Policy, enforces
from branchops.plugins.hygiene.rules.common import DOC2, DOC3, packs

What = Literal["fine", "reminder", "none"]
NOTHING = Decimal("0.00")
PENALISED = ("smoking", "desk", "unreturned")


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What a violation costs, as the policy in force says. `unit` is a currency code, `points`, or empty (off)."""

    unit: str
    each: Decimal
    window: str
    guest_exempts: bool


class Deed(msgspec.Struct, frozen=True):
    """A violation as the penalty table sees it: whose, what, when (aware), and whether a guest was being received."""

    id: str
    person: str
    kind: str
    at: datetime
    with_guest: bool = False


class Penalty(msgspec.Struct, frozen=True):
    """What one deed costs: its occasion within the window, a fine, a reminder or nothing, and the amount."""

    id: str
    person: str
    kind: str
    at: datetime
    occasion: int
    what: What
    amount: Decimal
    unit: str


TermsAt = Callable[[datetime], Terms]
DayOf = Callable[[datetime], date]


def terms_of(policy: Policy) -> Terms:
    """The terms of a policy. Only document 2 knows penalties; without its pack, or with mode off, nothing costs."""
    mode = policy.get("hygiene.penalty.mode", "money")
    on = packs(policy)
    exempts = policy.get("hygiene.smoking.exempt", "visitor") == "occasion" and DOC3 not in on
    window = policy.get("hygiene.desk.window", "calendar-year")
    if DOC2 not in on or mode == "off":
        return Terms(unit="", each=NOTHING, window=window, guest_exempts=exempts)
    if mode == "points":
        return Terms(
            unit="points", each=policy.get("hygiene.penalty.points", Decimal(1)), window=window, guest_exempts=exempts
        )
    each = policy.get("hygiene.penalty.amount", Decimal(10)).quantize(NOTHING)
    return Terms(unit="CNY", each=each, window=window, guest_exempts=exempts)


@enforces("hygiene.penalise-poor-hygiene")
def penalties(deeds: Iterable[Deed], terms_at: TermsAt, day_of: DayOf) -> dict[str, Penalty]:
    """What each deed costs, by its id. Deeds of one instant count in the order of their ids."""
    found: dict[str, Penalty] = {}
    earlier: dict[tuple[str, str], list[date]] = {}
    for deed in sorted(deeds, key=lambda deed: (deed.at, deed.id)):
        terms = terms_at(deed.at)
        if deed.kind == "smoking" and deed.with_guest and terms.guest_exempts:
            found[deed.id] = _penalty(deed, 0, "none", NOTHING, terms.unit)
            continue
        days = earlier.setdefault((deed.person, deed.kind), [])
        day = day_of(deed.at)
        occasion = 1 + sum(1 for _ in _within(days, day, terms.window))
        days.append(day)
        what, amount = price(deed.kind, occasion, terms)
        found[deed.id] = _penalty(deed, occasion, what, amount, terms.unit)
    return found


def price(kind: str, occasion: int, terms: Terms) -> tuple[What, Decimal]:
    """What the n-th occasion of a kind costs: three kinds only; everything else is recorded and costs nothing."""
    if not terms.unit or kind not in PENALISED:
        return "none", NOTHING
    return {"smoking": smoking, "desk": desk, "unreturned": unreturned}[kind](occasion, terms)


@enforces("hygiene.fine-smoking-10")
def smoking(_occasion: int, terms: Terms) -> tuple[What, Decimal]:
    """Document 2 VIII.1: from the first time on."""
    return "fine", terms.each


@enforces("hygiene.fine-desk-from-second")
def desk(occasion: int, terms: Terms) -> tuple[What, Decimal]:
    """Document 2 VIII.2: the first time a reminder, from the second time on money."""
    return ("reminder", NOTHING) if occasion == 1 else ("fine", terms.each)


@enforces("hygiene.fine-unreturned-10")
def unreturned(_occasion: int, terms: Terms) -> tuple[What, Decimal]:
    """Document 2 VIII.3: from the first time on, once for each consultation however many pieces."""
    return "fine", terms.each


def _within(days: Iterable[date], day: date, window: str) -> Iterator[date]:
    for old in days:
        if (
            window == "lifetime"
            or (window == "calendar-year" and old.year == day.year)
            or (window == "calendar-month" and (old.year, old.month) == (day.year, day.month))
            or (window == "rolling-12-months" and day - old <= timedelta(days=365))
        ):
            yield old


def _penalty(deed: Deed, occasion: int, what: What, amount: Decimal, unit: str) -> Penalty:
    return Penalty(deed.id, deed.person, deed.kind, deed.at, occasion, what, amount, unit)

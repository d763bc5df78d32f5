"""What the validators of several articles share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from branchops.api import N_, Facts, People, Verdict, breach, reject

HEAD = "outlet-head"
GENERAL = "general-teller"
CURRENCY = re.compile(r"[A-Z]{3}")
PLACES = 4
"""Decimals an amount may have: some currencies count in thousandths."""
DIGITS = 15


def two_people(by: tuple[str, ...], single: str, facts: Facts) -> Iterator[Verdict]:
    """Two people of the outlet, or the truth that there was only one: then it is a breach."""
    if len(by) == 1 and single.strip():
        yield breach(N_("Only {who} was there: {reason}"), who=by[0], reason=single)
    elif len(by) < 2:
        yield reject(
            N_("Two people are needed; named: {who}."),
            N_("Name two (--by A,B); if there was only one: --single --reason, which is kept as a breach."),
            who=", ".join(by) or "-",
        )
    elif single:
        yield reject(N_("Two people are named, and a reason why there was only one."), N_("Leave out --single."))
    for who in by:
        if facts.people.knows(who) and facts.people.get(who).kind != "employee":
            yield reject(
                N_("{who} is not staff of the branch and cannot be one of the two."),
                N_("Guards and escorts accompany; name somebody of the branch."),
                who=who,
            )


def on_its_day(day: date, facts: Facts) -> Iterator[Verdict]:
    """The date of an entry is that of its occurrence."""
    assert facts.record is not None
    real = facts.calendar.day_of(facts.record.occurred_at)
    if real != day:
        yield reject(
            N_("It happened on {real}, not on {day}."),
            N_("Say when with --at; the date follows from it."),
            real=real,
            day=day,
        )


def not_ahead(day: date, facts: Facts) -> Iterator[Verdict]:
    """What is told of another day than that of the entry lies behind."""
    if day > facts.calendar.day_of(facts.now):
        yield reject(N_("{day} has not come yet."), N_("Name today or a day before."), day=day)


def in_stream(wanted: str, facts: Facts) -> Iterator[Verdict]:
    """What belongs together lies in one stream, whoever appends it."""
    assert facts.record is not None
    if facts.record.stream != wanted:
        yield reject(
            N_("This belongs to {wanted}, not to {stream}."),
            N_("Use the command, or name that stream."),
            wanted=wanted,
            stream=facts.record.stream,
        )


def sound(amount: Decimal | None, currency: str, *, least: Decimal | None = None) -> Iterator[Verdict]:
    """An amount is an exact, finite number of a currency."""
    if amount is not None and not _plain(amount):
        yield reject(N_("{amount} is not an amount of money."), N_("Write it like 152400.00."), amount=amount)
    elif amount is not None and least is not None and amount < least:
        yield reject(N_("{amount} is too little: {least} or more."), amount=amount, least=least)
    if not CURRENCY.fullmatch(currency):
        yield reject(N_("“{code}” is no currency code."), N_("Write CNY, USD, EUR ..."), code=currency)


def _plain(amount: Decimal) -> bool:
    """Whether it is a number as money is written: no NaN, no exponent, not longer than any till holds."""
    return amount.is_finite() and -PLACES <= int(amount.as_tuple().exponent) <= 0 and amount.adjusted() < DIGITS


def masked(text: str) -> Iterator[Verdict]:
    """Of a card or account number no more than the last four digits are kept."""
    if sum(letter.isdecimal() for letter in text) > 4:
        yield reject(
            N_("A card or account number is kept by its last four digits only."), N_("Write it like ****8800.")
        )


def same(people: People, one: str, other: str) -> bool:
    """Whether two ids are one person; unknown or empty ids are nobody."""
    return people.knows(one) and people.knows(other) and people.same_person(one, other)


def known(staff: str, facts: Facts) -> Iterator[Verdict]:
    """Somebody named is somebody of the staff list."""
    if not facts.people.knows(staff):
        yield reject(N_("{who} is nobody at this outlet."), N_("The people: branchops staff list"), who=staff or "-")


def minutes(span: Any) -> int:
    """A timedelta in whole minutes."""
    return int(span.total_seconds() // 60)


def clock(facts: Facts, moment: Any) -> str:
    """An instant on the outlet's wall: 12:15, with the date when it is not the day of the entry."""
    assert facts.record is not None
    local = facts.calendar.local(moment)
    same_day = local.date() == facts.calendar.day_of(facts.record.occurred_at)
    return local.strftime("%H:%M" if same_day else "%Y-%m-%d %H:%M")

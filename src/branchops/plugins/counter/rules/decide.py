"""Decisions: what a command makes happen. Where nothing is decided, the command is the fact (`as_told`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from branchops.api import Entry, New, Policy
from branchops.plugins.counter.events import custody, differences, ids, managing, registers, seat
from branchops.plugins.counter.rules.measure import draw, weighted
from branchops.plugins.counter.views.custody import Bag
from branchops.plugins.counter.views.registers import Printed
from branchops.plugins.counter.views.seat import Absence, Till


def as_told(_state: Any, command: Any, _policy: Policy) -> Any:
    """The facts as the command names them."""
    return command


def _gap(unit: str, amount: Decimal, currency: str, day: date, note: str) -> Entry:
    opened = differences.DifferenceOpened(
        place="till", unit=unit, teller=unit, amount=amount, currency=currency, day=day, note=note
    )
    return Entry(opened, New("D"))


def decide_leave(_row: Absence | None, command: seat.SeatLeft, _policy: Policy) -> Iterator[Entry]:
    """The teller left; two counts that disagree open a difference, which nobody corrects by itself."""
    yield Entry(command)
    if command.witness_count is not None and command.witness_count != command.count:
        gap = command.witness_count - command.count
        yield _gap(command.teller, gap, command.currency, command.day, "two counts")


class Attest(msgspec.Struct, frozen=True, kw_only=True):
    """A second count, made after the teller had left alone, on the day `day`."""

    witness: str
    witness_count: Decimal
    day: date


def decide_attest(row: Absence | None, command: Attest, _policy: Policy) -> Iterator[Entry]:
    """The second count, and the difference it brings to light."""
    yield Entry(seat.CountAttested(witness=command.witness, witness_count=command.witness_count))
    if row is not None and not row.witness and command.witness_count != row.count:
        gap = command.witness_count - row.count
        yield _gap(row.teller, gap, row.currency, command.day, "two counts")


def decide_balance(_row: Any, command: seat.Balanced, _policy: Policy) -> Iterator[Entry]:
    """The balance; cash that is not what the book says is a difference."""
    yield Entry(command)
    if command.cash != command.book:
        gap = command.cash - command.book
        yield _gap(command.teller, gap, command.currency, command.day, f"{command.kind} balance")


def decide_final_count(row: Till | None, command: seat.FinalCounted, _policy: Policy) -> Iterator[Entry]:
    """The final count; cash that is not what the formal balance found is a difference."""
    yield Entry(command)
    balance = row.balanced if row else None
    if balance is not None and balance.currency == command.currency and balance.cash != command.count:
        yield _gap(command.teller, command.count - balance.cash, command.currency, command.day, "final count")


def decide_open_bag(row: Bag | None, command: custody.BagOpened, _policy: Policy) -> Iterator[Entry]:
    """The bag is opened; a strange or broken seal raises an incident."""
    yield Entry(command)
    wrong = row is not None and row.sealed and row.seal != command.seal
    if wrong or command.broken:
        what = "seal-broken" if command.broken else "seal-differs"
        incident = custody.IncidentRaised(about=f"bag-{command.bag}", what=what, day=command.day, rule=custody.OPEN)
        yield Entry(incident, New("IC"))


class LoseStamp(msgspec.Struct, frozen=True, kw_only=True):
    """Report a stamp lost on a day."""

    fact: custody.StampLost
    day: date


def decide_lose_stamp(_row: Any, command: LoseStamp, _policy: Policy) -> Iterator[Entry]:
    """It is lost, which is an incident."""
    fact = command.fact
    yield Entry(fact)
    yield Entry(
        custody.IncidentRaised(about=f"stamp-{fact.stamp}", what="stamp-lost", day=command.day, rule=custody.STOWED),
        New("IC"),
    )


class CountDevice(msgspec.Struct, frozen=True, kw_only=True):
    """Count a machine. `card` belongs to the difference that may come out of it."""

    fact: differences.DeviceCounted
    card: str = ""


def decide_count_device(_row: Any, command: CountDevice, _policy: Policy) -> Iterator[Entry]:
    """The count; if it is not what was declared, one difference for it alone. Its day is that of the count."""
    fact = command.fact
    yield Entry(fact, f"device-{fact.device}")
    if fact.declared is not None and fact.declared != fact.counted:
        opened = differences.DifferenceOpened(
            place="atm",
            unit=fact.device,
            amount=fact.counted - fact.declared,
            currency=fact.currency,
            day=fact.at_day,
            error_day=fact.at_day,
            card=command.card,
            source=f"count/{fact.device}/{fact.ref or fact.at_day.isoformat()}",
        )
        yield Entry(opened, New("D"))


class ListIds(msgspec.Struct, frozen=True, kw_only=True):
    """A system's user list, whole."""

    rows: tuple[ids.UserIdSeen, ...]


def decide_list_ids(_row: Any, command: ListIds, _policy: Policy) -> Iterator[Entry]:
    """Every id of the list."""
    for row in command.rows:
        yield Entry(row, f"ids-{row.system}")


class PrintSpecial(msgspec.Struct, frozen=True, kw_only=True):
    """Print a day's register: what is on paper, and whether it only holds what came after the last print."""

    day: date
    by: str
    pages: int
    lines: int
    digest: str
    supplement: bool
    upto: int


def decide_print_special(row: Printed | None, command: PrintSpecial, _policy: Policy) -> registers.SpecialPrinted:
    """The next copy."""
    copy = len(row.prints) + 1 if row else 1
    return registers.SpecialPrinted(copy=copy, **msgspec.structs.asdict(command))


class PlanInspection(msgspec.Struct, frozen=True, kw_only=True):
    """Plan a review of `size` units drawn by `seed` out of `population`."""

    template: str
    area: str
    checker: str
    due: date
    population: tuple[str, ...]
    size: int
    seed: str


def decide_plan_inspection(_row: Any, command: PlanInspection, _policy: Policy) -> managing.InspectionPlanned:
    """The plan, with the sample that the seed draws (none where nothing can be drawn; judging says so)."""
    possible = 1 <= command.size <= len(set(command.population))
    sample = draw(command.seed, command.population, command.size) if possible else ()
    return managing.InspectionPlanned(sample=sample, **msgspec.structs.asdict(command))


class Assess(msgspec.Struct, frozen=True, kw_only=True):
    """Assess somebody's work of a period."""

    period: str
    person: str
    assessor: str
    marks: dict[str, Decimal]
    note: str = ""


def decide_assess(_row: Any, command: Assess, policy: Policy) -> managing.Assessed:
    """The marks, and the total that the weights make of them."""
    weights = policy["counter.assess.weights"]
    total = weighted(command.marks, weights) if set(command.marks) == set(weights) else Decimal(0)
    return managing.Assessed(total=total, **msgspec.structs.asdict(command))

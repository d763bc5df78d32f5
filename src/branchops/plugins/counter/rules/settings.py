"""Settings that a type alone does not make sound: what is set wrongly here would fail only when something is owed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from branchops.api import N_, Facts, Policy, Verdict, reject, validator
from branchops.plugins.counter.rules.common import CURRENCY

AMOUNTS, WEIGHTS, TURNS = "counter.cash.large", "counter.assess.weights", "counter.van.turns"


@validator(on=("policy.set",))
def sound_setting(event: Any, _state: object, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Thresholds and weights are numbers above zero, currencies are codes, the van's turns are am and pm."""
    parts = [part.strip() for part in event.value.split(",") if part.strip()]
    if event.key == TURNS and not set(parts) <= {"am", "pm"}:
        yield reject(N_("The van's turns are am and pm."), N_("Write: am,pm"))
    if event.key not in (AMOUNTS, WEIGHTS):
        return
    for part in parts:
        name, _equals, value = (piece.strip() for piece in part.partition("="))
        if not _above_zero(value):
            yield reject(
                N_("“{part}” is no number above zero."), N_("Write name=number, such as CNY=50000."), part=part
            )
        elif event.key == AMOUNTS and not CURRENCY.fullmatch(name):
            yield reject(N_("“{code}” is no currency code."), N_("Write CNY, USD, EUR ..."), code=name)


def _above_zero(text: str) -> bool:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return False
    return number.is_finite() and number > 0

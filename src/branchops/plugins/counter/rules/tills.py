"""Articles I.4 and I.6: balances, cash in the till, the final count with the general teller."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from branchops.api import N_, Facts, Policy, Verdict, breach, forbid, reject, validator, warn
from branchops.plugins.counter.events.seat import Balanced, CashReceived, FinalCounted, VaultedIn
from branchops.plugins.counter.rules.common import GENERAL, HEAD, clock, in_stream, known, on_its_day, sound
from branchops.plugins.counter.rules.leaving_seat import till_of
from branchops.plugins.counter.views.seat import Till


@validator("counter.leave-seat-interim-balance", on=Balanced)
def balance_sound(event: Balanced, _state: Till | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """I.1: a balance is of one teller's till of the day; one struck by hand is reconciled later."""
    yield from in_stream(till_of(event, None), facts)
    yield from on_its_day(event.day, facts)
    yield from known(event.teller, facts)
    yield from sound(event.book, event.currency)
    yield from sound(event.cash, event.currency)
    if event.manual:
        yield warn(N_("Struck by hand: reconcile it when the system is back."))


@validator("counter.large-cash-to-safe", on=(CashReceived, VaultedIn))
def cash_moves(event: CashReceived | VaultedIn, state: Till | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """I.4: what came into the till and what went to the safe are exact amounts; after the final count, count again."""
    yield from in_stream(till_of(event, None), facts)
    yield from on_its_day(event.day, facts)
    yield from known(event.teller, facts)
    yield from sound(event.amount, event.currency, least=Decimal("0.01") if isinstance(event, VaultedIn) else None)
    if event.amount == 0:
        yield reject(N_("Nothing came in."), N_("Say how much: --amount 60000"))
    if state is not None and state.counted is not None:
        yield warn(N_("The till was counted already: the final count must be made again."))


@validator("counter.eod-count-with-general-teller", on=FinalCounted)
def with_general_teller(event: FinalCounted, state: Till | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """I.6: after the formal balance teller and general teller count; a general teller with another, or the head."""
    yield from in_stream(till_of(event, None), facts)
    yield from on_its_day(event.day, facts)
    yield from sound(event.count, event.currency, least=Decimal(0))
    assert facts.record is not None
    balance = state.balanced if state else None
    if balance is None or facts.record.occurred_at < balance.at:
        yield breach(
            N_("{teller} counted before the formal balance was struck ({when})."),
            teller=event.teller,
            when=clock(facts, balance.at) if balance else "-",
        )
    day = facts.calendar.day_of(facts.record.occurred_at)
    if event.general:
        own = facts.people.holds(event.teller, GENERAL, day)
        fit = facts.people.holds(event.general, GENERAL, day) or (own and facts.people.holds(event.general, HEAD, day))
        if not fit:
            yield forbid(
                N_("{general} does not hold the role {role}."),
                N_("Acting general tellers have a dated delegation: branchops staff delegate"),
                general=event.general,
                role=GENERAL,
            )
    elif event.single.strip():
        yield breach(N_("Only {who} counted: {reason}"), who=event.teller, reason=event.single)
    else:
        yield reject(
            N_("The final count is made with the general teller."),
            N_("Name one: --with G; if there was nobody: --single --reason, which is kept as a breach."),
        )

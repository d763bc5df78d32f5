"""How the fund is judged: income only from penalties, spending only on activities, never below zero.

All of it runs under the writer's lock against the head of the ledger, so no interleaving of writers can overdraw.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from branchops.api import N_, Ask, Facts, Policy, Verdict, enforces, forbid, reject, validator
from branchops.plugins.hygiene.events import fund as ev
from branchops.plugins.hygiene.events.violations import ADMIN
from branchops.plugins.hygiene.rules.deeds import deeds
from branchops.plugins.hygiene.rules.penalty import NOTHING, penalties, terms_of
from branchops.plugins.hygiene.views.fund import Line, Purse, paid
from branchops.plugins.hygiene.views.violation import Violation

RULE = ev.ACTIVITIES
CENT = Decimal("0.01")
OF_PERSON = {
    "rows": Ask("hygiene.violation", lambda event, _state: {"person": event.person}, many=True),
    "lines": Ask("hygiene.fund-line", lambda event, _state: {"violation": event.violation}, many=True),
}
ALL = {
    "rows": Ask("hygiene.violation", lambda _event, _state: {"offender": "staff"}, many=True),
    "lines": Ask("hygiene.fund-line", lambda _event, _state: {}, many=True),
}


def payable(rows: Iterable[Violation], facts: Facts) -> dict[str, Decimal]:
    """What each violation costs in money once only the confirmed and uncontested ones count."""
    found = penalties(
        deeds(rows, final=True), lambda at: terms_of(facts.policy_at(at)), lambda at: facts.calendar.day_of(at)
    )
    return {name: one.amount for name, one in found.items() if one.unit == "CNY"}


@enforces(RULE)
def owed_back(rows: Iterable[Violation], lines: Iterable[Line], facts: Facts) -> dict[str, Decimal]:
    """What was paid for violations that cost less now, by violation: what goes back."""
    due = payable(rows, facts)
    kept = tuple(lines)
    names = {one.violation for one in kept if one.violation}
    over = {name: paid(kept, name) - due.get(name, NOTHING) for name in sorted(names)}
    return {name: amount for name, amount in over.items() if amount > 0}


@validator(RULE, on=(ev.FundReceived, ev.FundSpent, ev.FundRefunded))
def whole_cents(event: Any, state: Purse | None, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Amounts are positive, in whole cents, in the fund's one currency."""
    amount: Decimal = event.amount
    if amount <= 0 or amount != amount.quantize(CENT):
        yield reject(N_("{amount} is no amount of money."), N_("Give a positive amount in whole cents."), amount=amount)
    if event.currency != (state.currency if state else "CNY"):
        yield reject(
            N_("The fund is kept in {currency}."), N_("Exchange it first."), currency=state.currency if state else "CNY"
        )


@validator(RULE, on=ev.FundReceived, asks=OF_PERSON)
def income_is_a_penalty(
    event: ev.FundReceived, _state: Purse | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Doc2 VIII: every income belongs to a confirmed penalty and is no more than what is still open on it."""
    row = next((row for row in facts["rows"] if row.id == event.violation), None)
    if row is None:
        yield reject(
            N_("{id} is no violation of {person}."),
            N_("Money comes in for a penalty only: branchops hygiene penalty list"),
            id=event.violation,
            person=event.person,
        )
        return
    due = payable(facts["rows"], facts).get(event.violation, NOTHING)
    left = due - paid(facts["lines"], event.violation)
    if event.amount > left:
        yield reject(
            N_("{id} has {left} open ({status}), not {amount}."),
            N_("Unconfirmed or contested penalties are not payable yet: branchops hygiene violation show {id}"),
            id=event.violation,
            left=max(left, NOTHING),
            status=row.status,
            amount=event.amount,
        )


@validator(RULE, on=ev.FundSpent, asks=ALL)
def spending_is_covered(event: ev.FundSpent, state: Purse | None, facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """Doc2 VIII: the money pays collective activities, and only money that is there and not to be given back."""
    purposes = policy.get("hygiene.fund.purposes", ())
    if event.purpose not in purposes:
        yield reject(
            N_("The fund pays collective activities only; “{purpose}” is none."),
            N_("One of: {purposes}"),
            purpose=event.purpose,
            purposes=", ".join(purposes),
        )
    balance = state.balance if state else NOTHING
    back = sum(owed_back(facts["rows"], facts["lines"], facts).values(), NOTHING)
    if event.amount > balance - back:
        yield reject(
            N_("The fund has {balance}, of which {back} is to be given back; {amount} cannot be spent."),
            N_("Wait for open penalties to be paid, or spend less: branchops hygiene fund balance"),
            balance=balance,
            back=back,
            amount=event.amount,
        )


@validator(RULE, on=ev.FundRefunded, asks=OF_PERSON)
def refund_is_owed(event: ev.FundRefunded, state: Purse | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """A compensating entry gives back exactly what is no longer owed, as long as the cash is there."""
    back = owed_back(facts["rows"], facts["lines"], facts).get(event.violation, NOTHING)
    if event.amount > back:
        yield reject(
            N_("Only {back} is to be given back for {id}."), N_("See: branchops hygiene penalty book"),
            back=back, id=event.violation,
        )  # fmt: skip
    balance = state.balance if state else NOTHING
    if event.amount > balance:
        yield reject(N_("The fund has {balance} only."), N_("It stays owed until money comes in."), balance=balance)
    payers = {line.person for line in facts["lines"] if line.violation == event.violation}
    if payers and event.person not in payers:
        yield reject(
            N_("{person} paid nothing for {id}."),
            N_("Give it back to who paid."),
            person=event.person,
            id=event.violation,
        )


@validator(RULE, on=(ev.FundSpent, ev.FundRefunded))
def approver_may(event: Any, _state: Purse | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Who approves answers for the fund: the administration department or the head."""
    day = facts.calendar.day_of(facts.now)
    if not any(facts.people.holds(event.approver, role, day) for role in (ADMIN, "outlet-head")):
        yield forbid(
            N_("{approver} may not approve spending from the fund."),
            N_("The administration department or the head of the outlet approves."),
            approver=event.approver,
        )


@validator(RULE, on=("entry.voided",), asks={"lines": ALL["lines"]})
def voiding_never_overdraws(event: Any, _state: Any, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Taking a line out of the fund must leave every balance after it at zero or above."""
    if not event.target_type.startswith("hygiene.fund-"):
        return
    balance = NOTHING
    for line in sorted(facts["lines"], key=lambda line: line.key):
        balance += line.amount if line.event != event.target else NOTHING
        if balance < 0:
            yield reject(
                N_("Without that line the fund would have been at {balance}."),
                N_("Record what is right as a new line instead: branchops hygiene fund refund"),
                balance=balance,
            )
            return

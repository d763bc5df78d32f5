"""Article I.2: an overage or shortage is dealt with on its day, whole, by itself."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from branchops.api import N_, Ask, Facts, Policy, Verdict, forbid, reject, validator, warn
from branchops.plugins.counter.events.differences import (
    ClaimLinked,
    DeviceCounted,
    DifferenceDisposed,
    DifferenceFollowedUp,
    DifferenceOpened,
    DifferenceResolved,
    DifferenceSuspended,
)
from branchops.plugins.counter.rules.common import HEAD, in_stream, known, masked, not_ahead, same, sound
from branchops.plugins.counter.views.differences import Diff

SAME_DAY = "counter.atm-difference-same-day"
Settled = DifferenceResolved | DifferenceSuspended | DifferenceDisposed


@validator(
    SAME_DAY,
    on=DifferenceOpened,
    asks={
        "twins": Ask(
            "counter.diff", lambda event, _: {"source": event.source} if event.source else {"id": ""}, many=True
        )
    },
)
def one_record(event: DifferenceOpened, state: Diff | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """I.2: one difference is one record, with a sign, a unit and an exact amount."""
    yield from not_ahead(event.day, facts)
    yield from sound(event.amount, event.currency)
    yield from masked(event.card)
    if state is not None:
        yield reject(N_("This number is taken by another difference."), N_("Record it without giving a number."))
    if not event.amount.is_nan() and event.amount == 0:
        yield reject(N_("A difference of nothing is none."), N_("Over is +, short is -: --amount -500"))
    if not event.unit.strip():
        yield reject(N_("Name the machine or the till."), N_("--atm A3 or --till zhao"))
    if event.teller:
        yield from known(event.teller, facts)
    if facts["twins"]:
        yield reject(
            N_("{source} is recorded as {id} already; one difference is one record."),
            N_("See it: branchops show {id}"),
            source=event.source,
            id=facts["twins"][0].id,
        )


@validator(SAME_DAY, on=(DifferenceResolved, DifferenceSuspended, DifferenceDisposed))
def never_netted(event: Settled, state: Diff | None, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """I.2: an overage never makes up for a shortage, and a difference is never settled in parts."""
    if state is None:
        return
    if event.offset:
        yield reject(
            N_("{id} is not netted against {other}: an overage never makes up for a shortage."),
            N_("Settle each by itself: resolve it with a disposition, or suspend it with an approval."),
            id=state.id,
            other=event.offset,
        )
    if event.part is not None and event.part != state.amount:
        yield reject(
            N_("{id} is {amount} and is settled whole, not in parts."),
            N_("Leave the amount out."),
            id=state.id,
            amount=state.amount,
        )


@validator(
    SAME_DAY, on=(DifferenceResolved, DifferenceSuspended, DifferenceFollowedUp, ClaimLinked, DifferenceDisposed)
)
def in_order(event: object, state: Diff | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """I.2: open, then resolved or suspended; what is suspended is followed up and disposed of; then it is closed."""
    if state is None:
        yield reject(N_("There is no such difference."), N_("Open it: branchops counter diff open"))
        return
    allowed: dict[type, tuple[str, ...]] = {
        DifferenceResolved: ("open",),
        DifferenceSuspended: ("open",),
        DifferenceFollowedUp: ("suspended",),
        DifferenceDisposed: ("suspended",),
        ClaimLinked: ("open", "suspended", "resolved", "disposed"),
    }
    if state.status not in allowed[type(event)]:
        yield reject(
            N_("{id} is {status}; that cannot be done with it now."),
            N_("See it: branchops show {id}"),
            id=state.id,
            status=state.status,
        )
    if isinstance(event, (DifferenceResolved, DifferenceFollowedUp)):
        yield from known(event.by, facts)


@validator(SAME_DAY, on=(DifferenceSuspended, DifferenceDisposed))
def approved_by_another(
    event: DifferenceSuspended | DifferenceDisposed, state: Diff | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """I.2: whoever asks, or is short, does not approve."""
    if state is None:
        return
    asking = event.requested_by if isinstance(event, DifferenceSuspended) else event.by
    yield from known(asking, facts)
    for who in (asking, state.teller):
        if same(facts.people, event.approver, who):
            yield reject(
                N_("{approver} cannot approve it: it is {who}'s own request or own difference."),
                N_("Somebody else asks, or a delegate of the head approves."),
                approver=event.approver,
                who=who,
            )
            break
    if isinstance(event, DifferenceSuspended):
        yield from masked(event.account)
        if not event.account.strip():
            yield reject(N_("Name the suspense account."), N_("Its last four digits: --account ****8800"))
    elif event.disposition == "customer-card" and not state.claims:
        yield warn(N_("No customer's claim is linked to {id}."), N_("branchops counter diff claim"), id=state.id)


@validator(SAME_DAY, on=ClaimLinked)
def claim_fits(event: ClaimLinked, state: Diff | None, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """I.2: a later claim is linked once, and its card is masked."""
    yield from masked(event.card)
    if state is None:
        return
    yield from sound(event.amount, state.currency, least=Decimal(0))
    if any(claim.claim == event.claim for claim in state.claims):
        yield reject(N_("{claim} is linked to {id} already."), claim=event.claim, id=state.id)
    if event.amount is not None and event.amount != abs(state.amount):
        yield warn(N_("The claim is {claim}, the difference {amount}."), claim=event.amount, amount=state.amount)


@validator(SAME_DAY, on=DeviceCounted)
def counted_soundly(event: DeviceCounted, _state: object, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """I.2: a count of a machine is an exact amount; that notes and their number differ is pointed out."""
    yield from in_stream(f"device-{event.device}", facts)
    yield from sound(event.counted, event.currency, least=Decimal(0))
    yield from sound(event.declared, event.currency)
    if event.bills is not None and event.notes is not None and event.bills != event.notes:
        yield warn(N_("{bills} notes were told, {notes} were counted."), bills=event.bills, notes=event.notes)


@validator(SAME_DAY, on=("entry.voided",))
def voided_by_the_head(event: Any, _state: object, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """I.2: a difference does not disappear by the hand of whoever recorded it; only the head strikes one out."""
    record = facts.record
    if record is None or not event.target_type.startswith(("counter.difference-", "counter.claim-linked")):
        return
    day = facts.calendar.day_of(facts.now)
    if not (facts.people.knows(record.actor) and facts.people.holds(record.actor, HEAD, day)):
        yield forbid(
            N_("Only the head of the outlet strikes out an entry about a cash difference."),
            N_("A wrong one is resolved as “booking-corrected”, or the head voids it."),
        )

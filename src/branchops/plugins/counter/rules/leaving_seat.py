"""Articles I.1 and I.8: two count and the ledger is balanced before a teller leaves; long absences sign off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from branchops.api import N_, Ask, Facts, Policy, Verdict, breach, reject, validator, warn
from branchops.plugins.counter.events.seat import CountAttested, Returned, SeatLeft, SignedOff
from branchops.plugins.counter.rules.common import clock, minutes, on_its_day, same, sound
from branchops.plugins.counter.views.custody import Stamp
from branchops.plugins.counter.views.seat import Absence, Till

LATE = N_(
    "{witness} signed {late} minutes after the count; a second count is signed within {window}: late attestation."
)


def long_after(policy: Policy) -> timedelta:
    """How long an absence may last before it is a long one."""
    return timedelta(minutes=policy["counter.leave.long_minutes"])


@validator(
    "counter.leave-seat-dual-count",
    on=SeatLeft,
    asks={"away": Ask("counter.absence", lambda event, _: {"teller": event.teller, "open": True}, many=True)},
)
def dual_count(event: SeatLeft, state: Absence | None, facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """I.1: two people count, each for himself, and sign then, not hours later."""
    yield from on_its_day(event.day, facts)
    yield from sound(event.count, event.currency)
    yield from sound(event.witness_count, event.currency)
    if state is not None or facts["away"]:
        yield reject(
            N_("{teller} is away already."),
            N_("Record the return first: branchops counter return {teller}"),
            teller=event.teller,
        )
    if not event.witness:
        yield from _alone(event, policy)
        return
    if event.single or event.witness_count is None:
        yield reject(
            N_("A witness counts and says what there was."),
            N_("The witness types the count unseen, or give --witness-count; alone: --single --reason."),
        )
        return
    assert facts.record is not None
    if facts.people.get(event.witness).kind != "employee":
        yield breach(N_("{who} is not staff of the branch; a colleague counts along."), who=event.witness)
    late = facts.record.recorded_at - facts.record.occurred_at
    window = policy["counter.leave.witness_minutes"]
    if late > timedelta(minutes=window):
        yield breach(LATE, witness=event.witness, late=minutes(late), window=window)
    if event.witness_count != event.count:
        yield warn(N_("The two counts differ by {gap}."), gap=event.witness_count - event.count)


def _alone(event: SeatLeft, policy: Policy) -> Iterator[Verdict]:
    if not event.single.strip():
        yield reject(
            N_("Two people count the cash before {teller} leaves."),
            N_("Name the second: --witness W; if there was nobody: --single --reason, which is kept as a breach."),
            teller=event.teller,
        )
    elif policy["counter.leave.free_minutes"]:
        yield warn(N_("Nobody counted with {teller}: lawful for a moment only."), teller=event.teller)
    else:
        yield breach(N_("Only {who} counted: {reason}"), who=event.teller, reason=event.single)


@validator("counter.leave-seat-dual-count", on=CountAttested)
def attested_in_time(event: CountAttested, state: Absence | None, facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """I.1: a second count is made by another person; one signed later is kept as late and does not meet the rule."""
    if state is None or state.witness:
        yield reject(N_("No count is waiting for a second person here."), N_("See: branchops counter away"))
        return
    yield from sound(event.witness_count, state.currency)
    if same(facts.people, event.witness, state.teller):
        yield reject(
            N_("{witness} and {teller} are one person; a second person must count."),
            N_("Ask somebody else."),
            witness=event.witness,
            teller=state.teller,
        )
    late = facts.now - state.left_at
    window = policy["counter.leave.witness_minutes"]
    if late > timedelta(minutes=window):
        yield breach(LATE, witness=event.witness, late=minutes(late), window=window)
    if event.witness_count != state.count:
        yield warn(N_("The two counts differ by {gap}."), gap=event.witness_count - state.count)


def till_of(event: Any, _state: Any) -> str:
    """The stream of a teller's till of the day."""
    return f"till-{event.teller}-{event.day.isoformat()}"


@validator(
    "counter.leave-seat-interim-balance",
    on=SeatLeft,
    asks={
        "till": Ask("counter.till", till_of),
        "before": Ask(
            "counter.absence", lambda event, _: {"teller": event.teller, "day": event.day.isoformat()}, many=True
        ),
    },
)
def interim_balance(event: SeatLeft, _state: Absence | None, facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """I.1: a balance was struck since the teller last came back, and not long ago; before or after counting."""
    till: Till | None = facts["till"]
    assert facts.record is not None
    at = facts.record.occurred_at
    since = max((row.returned.at for row in facts["before"] if row.returned), default=None)
    oldest = at - timedelta(minutes=policy["counter.leave.balance_minutes"])
    struck = [one.at for one in till.balances if one.at <= at] if till else []
    if not any(one >= oldest and (since is None or one >= since) for one in struck):
        yield breach(
            N_("{teller} left the seat without an interim balance."),
            N_("Strike it before leaving: branchops counter balance {teller} --interim"),
            teller=event.teller,
        )


@validator("counter.long-absence-signoff", on=(Returned, SignedOff))
def signed_off(event: Returned | SignedOff, state: Absence | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """I.8: whoever was away for long had signed off before it became long."""
    assert facts.record is not None
    at = facts.record.occurred_at
    if state is None or not state.open:
        yield reject(N_("Nobody is away under this number."), N_("See who is: branchops counter away"))
        return
    if at < state.left_at:
        yield reject(
            N_("{teller} left at {left}, after that."), N_("Check the time (--at)."), teller=state.teller,
            left=clock(facts, state.left_at),
        )  # fmt: skip
        return
    if isinstance(event, SignedOff):
        return
    if not same(facts.people, event.teller, state.teller):
        yield reject(N_("{id} is {teller}'s absence."), N_("Name {teller}."), id=state.id, teller=state.teller)
    long = long_after(facts.policy_at(state.left_at))
    if at - state.left_at > long and (state.signed_off is None or state.signed_off.at > state.left_at + long):
        yield breach(
            N_("{teller} was away from {left} to {back} without signing off."),
            teller=state.teller,
            left=clock(facts, state.left_at),
            back=clock(facts, at),
        )


@validator(
    "counter.long-absence-stamps-stowed",
    on=Returned,
    asks={"stamps": Ask("counter.stamp", lambda _event, state: {"holder": state.teller if state else ""}, many=True)},
)
def stamps_stowed(event: Returned, state: Absence | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """I.8: during a long absence every stamp in the teller's hands was locked away or handed over."""
    if state is None:
        return
    assert facts.record is not None
    long = long_after(facts.policy_at(state.left_at))
    stamps: tuple[Stamp, ...] = facts["stamps"]
    out = [one.stamp for one in stamps if not one.stowed and not one.lost and one.touched <= state.left_at]
    if facts.record.occurred_at - state.left_at > long and out:
        yield breach(
            N_("{teller} was away for long and had not locked away: {stamps}."),
            teller=event.teller,
            stamps=", ".join(sorted(out)),
        )


@validator(
    "counter.leave-seat-dual-count",
    on=Returned,
)
def short_after_all(_event: Returned, state: Absence | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """I.1: where a moment's absence is free, one that lasted longer was none."""
    if state is None or state.witness:
        return
    assert facts.record is not None
    free = facts.policy_at(state.left_at)["counter.leave.free_minutes"]
    away = facts.record.occurred_at - state.left_at
    if free and away > timedelta(minutes=free):
        yield breach(
            N_("{teller} was away {minutes} minutes and nobody had counted along."),
            teller=state.teller,
            minutes=minutes(away),
        )

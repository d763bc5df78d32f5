"""Articles I.5 and I.9: bags are opened and sealed by two, the van is met by two. I.8: stamps and keys in custody."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from branchops.api import N_, Ask, Facts, Policy, Verdict, breach, reject, validator, warn
from branchops.plugins.counter.events import custody as ev
from branchops.plugins.counter.rules.common import clock, in_stream, on_its_day, same, sound, two_people
from branchops.plugins.counter.views.custody import Bag, Incident, Stamp, Van


@validator("counter.cash-bag-dual-open-morning", on=ev.BagOpened)
def opened_by_two(event: ev.BagOpened, state: Bag | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """I.5: two unseal; the number on the seal is the one it was sealed with."""
    yield from in_stream(f"bag-{event.bag}", facts)
    yield from on_its_day(event.day, facts)
    yield from two_people(event.by, event.single, facts)
    if state is None:
        yield warn(N_("No sealing of {bag} is on record."), bag=event.bag)
        return
    if not state.sealed:
        yield reject(N_("{bag} is open already."), N_("Seal it first: branchops counter bag seal"), bag=event.bag)
    elif event.seal != state.seal:
        yield breach(
            N_("{bag} carries the seal {found}, and was sealed with {sealed}."),
            N_("Look into it before the cash is used."),
            bag=event.bag,
            found=event.seal,
            sealed=state.seal,
        )
    if event.broken:
        yield breach(N_("The seal of {bag} was broken."), bag=event.bag)


@validator(
    "counter.cash-bag-dual-seal-evening",
    on=ev.BagSealed,
    asks={
        "seal": Ask("counter.seal", lambda event, _: event.seal),
        "tills": Ask("counter.till", lambda event, _: {"day": event.day.isoformat(), "open": True}, many=True),
    },
)
def sealed_by_two(event: ev.BagSealed, state: Bag | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """I.5: two seal, with a number never used before, after the final count."""
    yield from in_stream(f"bag-{event.bag}", facts)
    yield from on_its_day(event.day, facts)
    yield from sound(event.amount, event.currency, least=Decimal(0))
    yield from two_people(event.by, event.single, facts)
    if state is not None and state.sealed:
        yield reject(
            N_("{bag} is sealed already."),
            N_("A mistyped seal is voided, then recorded anew; both sign again."),
            bag=event.bag,
        )
    used = facts["seal"]
    if used is not None:
        yield reject(
            N_("The seal {seal} was used on {day} for {bag}."),
            N_("A seal number is used once; read it again."),
            seal=event.seal,
            day=used.day,
            bag=used.bag,
        )
    if not event.seal.strip():
        yield reject(N_("A seal has a number."), N_("Give it: --seal 88123"))
    early = sorted({till.teller for till in facts["tills"]})
    if early:
        yield breach(
            N_("{bag} was sealed before the final count of: {tellers}."), bag=event.bag, tellers=", ".join(early)
        )


@validator(on=ev.IncidentCleared)
def cleared_once(
    event: ev.IncidentCleared, state: Incident | None, _facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """I.5: an incident is cleared once, with words."""
    if state is None or not state.open:
        yield reject(N_("No open incident has this number."), N_("See them: branchops counter alarms"))
    if not event.note.strip():
        yield reject(N_("Say what came of it."), N_("--note “...”"))


@validator(ev.ENTRY, on=(ev.VanMet, ev.VanNone))
def met_in_pairs(event: ev.VanMet | ev.VanNone, state: Van | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """I.9: two of the branch go in to meet the van; that none came is recorded too."""
    yield from in_stream(f"van-{event.day.isoformat()}", facts)
    yield from on_its_day(event.day, facts)
    last = state.last(event.turn) if state else None
    if isinstance(event, ev.VanNone):
        if not event.reason.strip():
            yield reject(N_("Say why no van came."), N_("--reason “...”"))
        if last is not None:
            yield reject(
                N_("This turn of the van is on record already."), N_("See it: branchops show van-{day}"), day=event.day
            )
        return
    yield from two_people(event.by, event.single, facts)
    if event.boxes is not None and event.boxes < 0:
        yield reject(N_("There are no {boxes} boxes."), boxes=event.boxes)
    if last is not None and last.met is not None and not last.none and last.left is None:
        yield reject(
            N_("Those who met the van are still inside."),
            N_("Record their leaving first: branchops counter van depart"),
        )


@validator(ev.EXIT, on=ev.VanLeft)
def left_in_pairs(event: ev.VanLeft, state: Van | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """I.9: two go out; each going out belongs to a coming in. Another pair is allowed and shown."""
    yield from in_stream(f"van-{event.day.isoformat()}", facts)
    yield from on_its_day(event.day, facts)
    assert facts.record is not None
    last = state.last(event.turn) if state else None
    if last is None or last.met is None or last.none or last.left is not None:
        yield reject(N_("Nobody went in to meet the van."), N_("Record that first: branchops counter van arrive"))
        return
    if facts.record.occurred_at < last.met.at:
        yield reject(
            N_("They went in at {at}, after that."), N_("Check the time (--at)."), at=clock(facts, last.met.at)
        )
    if len(event.by) == 1 and event.single:
        yield breach(
            N_("{who} went out alone at {out}; in at {into}: {reason}"),
            who=event.by[0],
            out=clock(facts, facts.record.occurred_at),
            into=clock(facts, last.met.at),
            reason=event.single,
        )
        return
    yield from two_people(event.by, event.single, facts)
    if {facts.people.person(who) for who in event.by} != {facts.people.person(who) for who in last.by}:
        yield warn(N_("In: {into}. Out: {out}."), into=", ".join(last.by), out=", ".join(event.by))


@validator(ev.STOWED, on=(ev.StampAssigned, ev.StampHandedOver, ev.StampStowed, ev.StampTaken, ev.StampLost))
def in_custody(event: object, state: Stamp | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """I.8: a stamp is in exactly one person's hands at any instant; it changes hands with two signatures."""
    assert facts.record is not None
    stamp = getattr(event, "stamp", "")
    yield from in_stream(f"stamp-{stamp}", facts)
    if isinstance(event, ev.StampAssigned):
        if state is not None:
            yield reject(
                N_("{stamp} is on the register, with {holder}."),
                N_("Hand it over: branchops counter stamp handover"),
                stamp=stamp,
                holder=state.holder,
            )
        return
    if state is None:
        yield reject(N_("{stamp} is not on the register."), N_("Enter it: branchops counter stamp assign"), stamp=stamp)
        return
    if state.lost:
        yield reject(N_("{stamp} is lost."), N_("A new one gets a new number."), stamp=stamp)
    if facts.record.occurred_at < state.touched:
        yield reject(
            N_("{stamp} has moved since ({at}); custody has no overlaps."), N_("Check the time (--at)."), stamp=stamp,
            at=clock(facts, state.touched),
        )  # fmt: skip
    holder = event.giver if isinstance(event, ev.StampHandedOver) else getattr(event, "holder", "")
    if not same(facts.people, holder, state.holder):
        yield reject(
            N_("{stamp} is in {holder}'s hands, not {who}'s."), N_("Only its holder can do that."), stamp=stamp,
            holder=state.holder, who=holder,
        )  # fmt: skip

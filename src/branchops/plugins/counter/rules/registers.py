"""Articles I.7, I.10, II.1, II.2: the special-business register, forms, seal verification, statements."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import msgspec

from branchops.api import N_, Ask, Facts, Policy, Verdict, breach, forbid, reject, validator, warn
from branchops.plugins.counter.events import registers as ev
from branchops.plugins.counter.rules.common import clock, in_stream, known, masked, minutes, not_ahead, on_its_day, same
from branchops.plugins.counter.views.registers import Custody, Printed, SealDay, Special

ENTERED = "counter.special-register-entered"
PRINTED = "counter.special-register-printed"
DIGEST = 64


@validator(ENTERED, on=ev.SpecialEntered)
def entered(event: ev.SpecialEntered, state: Special | None, facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """I.7: the general teller enters special business at once, under a code; late entries are kept as late."""
    yield from on_its_day(event.day, facts)
    assert facts.record is not None
    if state is not None:
        yield reject(N_("This number is taken by another line."), N_("Record it without giving a number."))
    codes = policy["counter.special.codes"]
    if event.kind not in codes:
        yield reject(
            N_("“{code}” is no code of special business."),
            N_("One of: {codes}"),
            code=event.kind,
            codes=", ".join(codes),
        )
    if not event.ref.strip():
        yield reject(N_("Name the voucher or account it is about."), N_("--ref ..."))
    yield from known(event.by, facts)
    role = policy["counter.special.role"]
    day = facts.calendar.day_of(facts.record.occurred_at)
    if facts.people.knows(event.by) and not facts.people.holds(event.by, role, day):
        holders = ", ".join(facts.people.holders(role, day)) or "-"
        yield forbid(
            N_("{who} does not hold the role {role}."),
            N_("It is held by: {holders}"),
            who=event.by,
            role=role,
            holders=holders,
        )
    late = facts.record.recorded_at - facts.record.occurred_at
    if late > timedelta(minutes=policy["counter.special.lag_minutes"]):
        yield breach(N_("Entered {late} minutes after it was done."), late=minutes(late))


@validator(PRINTED, on=ev.SpecialPrinted)
def printed(event: ev.SpecialPrinted, state: Printed | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """I.7: a print says how many pages and lines it has, its digest, and the how-manieth copy it is."""
    yield from in_stream(f"special-print-{event.day.isoformat()}", facts)
    yield from known(event.by, facts)
    prints = len(state.prints) if state else 0
    if event.copy != prints + 1:
        yield reject(N_("The next print is number {copy}."), copy=prints + 1)
    if event.pages < 1 or event.lines < 0 or len(event.digest) != DIGEST:
        yield reject(N_("A print has pages and a digest."), N_("Use: branchops counter special print"))


@validator(ev.FORMS, on=ev.BreachObserved)
def observed(event: ev.BreachObserved, _state: object, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """I.10: filling a customer's form by hand is a breach, whoever saw it; what a machine printed is none."""
    yield from on_its_day(event.day, facts)
    yield from known(event.person, facts)
    if event.rule == ev.FORMS and event.filled == "machine":
        yield warn(N_("A form printed by a machine is not filled in by hand: kept, and no breach."))
        return
    yield msgspec.structs.replace(
        breach(N_("Observed ({origin}): {person}."), origin=event.origin, person=event.person), rule=event.rule
    )


@validator(ev.FORMS, on=ev.AssistanceWitnessed)
def assisted(event: ev.AssistanceWitnessed, _state: object, facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """I.10: the rule knows no exception; a bank that helps those who cannot write switches the record on."""
    yield from on_its_day(event.day, facts)
    if not policy["counter.assist.enabled"]:
        yield reject(
            N_("This outlet knows no exception for customers who cannot write."),
            N_("The head may allow a witnessed record: policy set counter.assist.enabled yes"),
        )
    if not event.reason.strip():
        yield reject(N_("Say why the customer could not write."), N_("--reason “...”"))


@validator(ev.FORCED, on=ev.SealChecked)
def forced_pass(event: ev.SealChecked, _state: SealDay | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """II.1: a forced pass has a reason and is authorised by somebody else."""
    yield from in_stream(f"seal-{event.day.isoformat()}", facts)
    yield from not_ahead(event.day, facts)
    yield from known(event.teller, facts)
    yield from masked(event.account)
    if not event.account.strip():
        yield reject(N_("Name the account, by its last four digits."), N_("--account ****8800"))
    if event.result != "forced":
        return
    if not event.reason.strip():
        yield reject(N_("A forced pass needs a reason."), N_("--reason “...”"))
    if same(facts.people, event.authoriser, event.teller):
        yield reject(
            N_("{authoriser} cannot authorise the own forced pass."),
            N_("Another person authorises it."),
            authoriser=event.authoriser,
        )
    if not event.authoriser:
        if event.unauthorised.strip():
            yield breach(N_("{teller} forced a pass alone: {reason}"), teller=event.teller, reason=event.unauthorised)
        else:
            yield reject(
                N_("A forced pass is authorised by another person."),
                N_("--authoriser A; if nobody did: --single, which is kept as a breach."),
            )


@validator(ev.FORCED, on=ev.SealTotalled)
def reconciled(event: ev.SealTotalled, state: SealDay | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """II.1: leaving forced passes out would better the rate, so the system's own count is held against it."""
    yield from in_stream(f"seal-{event.day.isoformat()}", facts)
    yield from not_ahead(event.day, facts)
    if not 0 <= event.forced <= event.total:
        yield reject(N_("{forced} of {total} cannot be."), forced=event.forced, total=event.total)
    here = state.forced if state else 0
    if event.forced > here:
        yield warn(
            N_("The system counted {system} forced passes, {here} are recorded here."), system=event.forced, here=here
        )


@validator(ev.CUSTODIAN, on=(ev.CustodianSet, ev.CustodyHandedOver))
def one_custodian(
    event: ev.CustodianSet | ev.CustodyHandedOver, state: Custody | None, facts: Facts, policy: Policy
) -> Iterator[Verdict]:
    """II.2: exactly one custodian at any instant: the first is set, the others take over, both sign."""
    yield from in_stream("statements", facts)
    assert facts.record is not None
    if isinstance(event, ev.CustodianSet):
        taker = event.custodian
        if state is not None:
            yield reject(
                N_("{holder} is custodian; there is exactly one."),
                N_("It is handed over: branchops counter statement handover"),
                holder=state.custodian,
            )
    else:
        taker = event.taker
        if state is None:
            yield reject(N_("Nobody is custodian yet."), N_("branchops counter statement custodian"))
            return
        if not same(facts.people, event.giver, state.custodian):
            yield reject(
                N_("{holder} is custodian, not {who}."),
                N_("Only the custodian hands over."),
                holder=state.custodian,
                who=event.giver,
            )
        if facts.record.occurred_at < state.since:
            yield reject(
                N_("{holder} has been custodian since {at}; custody has no overlaps."), N_("Check the time (--at)."),
                holder=state.custodian, at=clock(facts, state.since),
            )  # fmt: skip
        if event.stock is not None and event.stock != state.stock:
            yield warn(N_("The register says {stock} statements."), stock=state.stock)
    day = facts.calendar.day_of(facts.record.occurred_at)
    if facts.people.knows(taker) and facts.people.roles(taker, day) & {"teller", "corporate-teller"}:
        mode = policy["counter.statement.separation"]
        say = breach if mode == "breach" else warn
        if mode != "off":
            yield say(N_("{who} books accounts and keeps their statements."), who=taker)


@validator(ev.CUSTODIAN, on=ev.StatementsMoved)
def through_the_custodian(
    event: ev.StatementsMoved, state: Custody | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """II.2: statements go through the custodian's hands, and no more go out than came in."""
    yield from in_stream("statements", facts)
    yield from known(event.by, facts)
    if state is None:
        yield reject(N_("Nobody is custodian yet."), N_("branchops counter statement custodian"))
        return
    if event.count < 1:
        yield reject(N_("How many?"), N_("--count 12"))
    out = state.issued - state.returned
    if event.action == "issue" and event.count > state.stock:
        yield reject(N_("Only {stock} statements lie in custody."), stock=state.stock)
    if event.action == "return" and event.count > out:
        yield reject(N_("Only {out} statements are out."), out=out)
    if not same(facts.people, event.by, state.custodian):
        yield breach(N_("{who} handled statements; the custodian is {holder}."), who=event.by, holder=state.custodian)


TICKED = Ask("counter.tick", lambda event, _: f"{event.list}/{event.day}/{event.item}")


@validator(on=ev.Ticked, asks={"before": TICKED})
def ticked_on_its_day(event: ev.Ticked, _state: object, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """A row of a list is looked at on its day; looking again replaces the first look, and both stay in the ledger."""
    yield from on_its_day(event.day, facts)
    yield from known(event.by, facts)
    if facts["before"] is not None:
        yield warn(N_("Looked at before by {who}."), who=facts["before"].by)

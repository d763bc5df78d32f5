"""Articles 2 to 5: every complaint is recorded, in one of the registers, by anybody."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Facts, Policy, Verdict, breach, reject, validator, warn
from branchops.plugins.complaints.events import Received
from branchops.plugins.complaints.views import Case


@validator("complaints.record-every-one", on=Received)
def record_every_one(event: Received, case: Case | None, facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """Art. 3: whatever the channel, it is recorded; what is registered days later is kept as a late record."""
    if case is not None:
        yield reject(N_("This number is taken by another complaint."), N_("Record it without giving a number."))
    if not event.gist.strip():
        yield reject(N_("A complaint needs its gist."), N_("A few words are enough: --gist “...”."))
    record = facts.record
    assert record is not None
    lag = (facts.calendar.day_of(record.recorded_at) - facts.calendar.day_of(record.occurred_at)).days
    if lag > policy.get("complaints.record.late-days", 1):
        yield breach(N_("Recorded {days} days after it was taken."), days=lag)


@validator("complaints.everyone-must-accept", on=Received)
def everyone_must_accept(event: Received, _case: Case | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 4: anybody at the outlet takes complaints, contractors too; whoever took it must be somebody known."""
    if not facts.people.knows(event.taker):
        yield reject(
            N_("{taker} is nobody at this outlet."),
            N_("Everybody here may take a complaint; add the person first: branchops staff add"),
            taker=event.taker,
        )
    unknown = [who for who in event.about if not facts.people.knows(who)]
    if unknown:
        yield warn(N_("Complained about, but not in the staff list: {names}."), names=", ".join(unknown))


@validator("complaints.oral-record-and-repeat", on=Received)
def oral_record_and_repeat(event: Received, _case: Case | None, facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """Art. 8(1): the first taker says the main points back; if not, the taker broke the rule, or had a reason."""
    if event.channel != "oral":
        return
    reasons = policy.get("complaints.readback.reasons", ())
    if event.readback in ("", "no"):
        yield breach(N_("{taker} did not say the main points back to the customer."), taker=event.taker)
    elif event.readback != "yes" and event.readback not in reasons:
        yield reject(
            N_("“{readback}” is no answer to whether the main points were said back."),
            N_("Say yes, no, or a reason: {reasons}"),
            readback=event.readback,
            reasons=", ".join(reasons),
        )

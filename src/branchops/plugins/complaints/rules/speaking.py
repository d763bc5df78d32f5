"""Articles 8 and 11(1): what is owed to somebody who speaks to us, in the hall or on the telephone."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Facts, Policy, Verdict, breach, reject, validator, warn
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.rules.shared import under
from branchops.plugins.complaints.views import Case

REPEAT = {"oral": "complaints.oral-record-and-repeat", "phone": "complaints.phone-record-and-repeat"}
OFFER = {"oral": "complaints.oral-offer-solution", "phone": "complaints.phone-handler-acts"}
PROMISE = {"oral": "complaints.oral-promise-deadline", "phone": "complaints.phone-register-promise-reply"}


@validator(*REPEAT.values(), on=ev.Received)
def record_and_repeat(event: ev.Received, _case: Case | None, _facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """Art. 8(1), 11(1)1: the first taker says the main points back; if not, that breaks the rule, or has a reason."""
    rule = REPEAT.get(event.channel)
    if rule is None or event.origin:
        return
    reasons = policy.get("complaints.readback.reasons", ())
    if event.readback in ("", "no"):
        yield from under(
            rule, [breach(N_("{taker} did not say the main points back to the customer."), taker=event.taker)]
        )
    elif event.readback != "yes" and event.readback not in reasons:
        wrong = reject(
            N_("“{readback}” is no answer to whether the main points were said back."),
            N_("Say yes, no, or a reason: {reasons}"),
            readback=event.readback,
            reasons=", ".join(reasons),
        )
        yield from under(rule, [wrong])


@validator("complaints.oral-explain-now", on=ev.Replied)
def oral_explain_now(event: ev.Replied, case: Case | None, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 8(1): what can be answered is explained at once: in person, and in words that can be told afterwards."""
    if case is not None and case.channel == "oral" and event.on_the_spot and not event.text:
        yield reject(N_("Say what was explained on the spot."), N_("A line is enough: --text “...”."))


@validator("complaints.oral-quiet-place", on=ev.Accepted)
def oral_quiet_place(event: ev.Accepted, case: Case | None, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 8(2): where possible the customer is asked to a place where nobody else is disturbed. No is no breach."""
    if event.private not in ("", "yes", "no", "declined"):
        yield reject(
            N_("“{private}” is no answer to whether the customer was asked to a quiet place."),
            N_("Say yes, no, or declined."),
            private=event.private,
        )
    elif case is not None and case.channel == "oral" and not event.private:
        yield warn(N_("Nothing says whether the customer was asked to a quiet place (--private)."))


@validator(*OFFER.values(), on=ev.SignedOff)
def offer_solution(_event: ev.SignedOff, case: Case | None, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 8(2), 11(1)2: the handler offers a solution of his own accord, and does not wait to be asked."""
    if case is not None and case.channel in OFFER and not case.proposals and not case.on_the_spot:
        rule = OFFER[case.channel]
        yield from under(rule, [breach(N_("No solution was offered to the customer of {id}."), id=case.id)])


@validator(*PROMISE.values(), on=(ev.Resolved, ev.SignedOff))
def promise_deadline(_event: object, case: Case | None, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 8(3), 11(1)3: who cannot be answered on the spot is told when; if nobody did, that is a breach."""
    if case is None or case.channel not in PROMISE or case.promises or case.on_the_spot:
        return
    rule = PROMISE[case.channel]
    if rule not in case.breaches or isinstance(_event, ev.Resolved):
        said = breach(N_("{id} was not answered on the spot, and no time for the reply was agreed."), id=case.id)
        yield from under(rule, [said])


@validator("complaints.phone-register-promise-reply", on=ev.Received)
def phone_customer_information(
    event: ev.Received, _case: Case | None, _facts: Facts, policy: Policy
) -> Iterator[Verdict]:
    """Art. 11(1)3: who called, and how to call back; nothing is turned away for want of it, but the reason is coded."""
    reasons = policy.get("complaints.no-contact.reasons", ())
    if event.no_contact and event.no_contact not in reasons:
        yield reject(
            N_("“{reason}” is no reason for knowing nobody."), N_("Reasons: {reasons}"), reason=event.no_contact,
            reasons=", ".join(reasons),
        )  # fmt: skip
    if event.channel != "phone" or event.origin or event.no_contact:
        return
    missing = [name for name in policy.get("complaints.pii.fields", ()) if not getattr(event, name, "")]
    if missing:
        yield breach(
            N_("A telephone complaint without {missing}, and no reason why."),
            N_("Next time: --caller and --contact, or --no-contact REASON."),
            missing=", ".join(missing),
        )


@validator("complaints.phone-handler-acts", on=ev.Replied)
def phone_same_call(event: ev.Replied, case: Case | None, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 11(1)2: on the telephone, on the spot means in the same call."""
    if case is not None and case.channel == "phone" and event.on_the_spot and event.via not in ("phone", "电话"):
        yield reject(
            N_("A telephone complaint is answered on the spot in the same call, not by {via}."),
            N_("Use --via phone, or leave out --on-the-spot."),
            via=event.via,
        )

"""Articles 1 to 3: every complaint is recorded, in one of the registers, with the outlet it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Ask, Facts, Policy, Verdict, breach, forbid, reject, validator, warn
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.rules.shared import HANDLER, holds
from branchops.plugins.complaints.views import Case

OUTLETS = Ask("core.outlet", lambda _event, _state: {}, many=True)


@validator("complaints.scope-outlets", on=ev.Received, asks={"outlets": OUTLETS})
def scope_outlets(event: ev.Received, _case: Case | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 1, 2: the rules are those of the bank's outlets; a complaint belongs to one in the register of outlets."""
    codes = [outlet.code for outlet in facts["outlets"]]
    if event.outlet and event.outlet not in codes:
        yield reject(
            N_("There is no outlet {outlet} in the register of outlets."),
            N_("The outlets here: {codes}"),
            outlet=event.outlet,
            codes=", ".join(codes) or "-",
        )


@validator("complaints.four-channels", on=ev.Received)
def four_channels(event: ev.Received, _case: Case | None, _facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """Art. 3: oral, book, letter, telephone; what comes in otherwise says how; all maps to a channel code."""
    known = policy.get("complaints.subtypes", ())
    if event.channel == "other" and not event.subtype:
        yield reject(N_("Say how it came."), N_("One of: --subtype {known}"), known=", ".join(known))
    elif event.channel == "other" and event.subtype not in known:
        yield reject(
            N_("“{subtype}” is not one of the other ways in which complaints come."),
            N_("Say how it came with --subtype: {known}"),
            subtype=event.subtype,
            known=", ".join(known),
        )
    yield from _codes(event, policy)
    yield from _tags(event, policy)


@validator("complaints.four-channels", on=ev.Classified)
def classified_by_codes(event: ev.Classified, _case: Case | None, _facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """Art. 3: what is judged anew later is one of the known codes as well."""
    yield from _codes(event, policy)
    yield from _tags(event, policy)


def _codes(event: ev.Received | ev.Classified, policy: Policy) -> Iterator[Verdict]:
    for text, code, key in (
        (N_("{code} is no channel code."), event.channel_code, "complaints.channel.codes"),
        (N_("{code} is no business code."), event.business, "complaints.business.codes"),
    ):
        codes = policy.get(key, ())
        if code and code not in codes:
            yield reject(text, N_("The codes: {codes}"), code=code, codes=", ".join(codes))


def _tags(event: ev.Received | ev.Classified, policy: Policy) -> Iterator[Verdict]:
    tags = policy.get("complaints.sensitivity.codes", ())
    wrong = [tag for tag in event.sensitivity if tag not in tags]
    if wrong:
        yield reject(N_("No such tag: {wrong}."), N_("The tags: {tags}"), wrong=", ".join(wrong), tags=", ".join(tags))


@validator(
    "complaints.record-every-one",
    on=ev.Received,
    asks={"earlier": Ask("complaints.complainant", lambda event, _case: event.complainant or None)},
)
def record_every_one(event: ev.Received, case: Case | None, facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """Art. 3: whatever the channel, it is recorded; what is registered days later is kept as a late record."""
    if case is not None:
        yield reject(N_("This number is taken by another complaint."), N_("Record it without giving a number."))
    if not event.gist.strip():
        yield reject(N_("A complaint needs its gist."), N_("A few words are enough: --gist “...”."))
    record = facts.record
    assert record is not None
    lag = (facts.calendar.day_of(record.recorded_at) - facts.calendar.day_of(record.occurred_at)).days
    if lag > policy.get("complaints.record.late-days", 1) and not event.origin and not event.split_from:
        yield breach(N_("Recorded {days} days after it was taken."), days=lag)
    earlier = facts["earlier"]
    if earlier is not None and not event.split_from:
        yield warn(
            N_("This customer has complained before: {ids}."),
            N_("The same matter: complaints merge or link; another one: nothing to do."),
            ids=", ".join(earlier.complaints[-3:]),
        )


@validator("complaints.record-every-one", on=ev.Archived)
def archived_as_it_came(_event: ev.Archived, case: Case | None, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 3: only what an import brings, and nobody here has touched, counts as dealt with elsewhere."""
    if case is not None and (not case.origin or case.version > 1):
        yield reject(
            N_("{id} was taken here and is not archived."),
            N_("Sign it off (complaints signoff), or record that it was taken back (complaints withdraw)."),
            id=case.id,
        )


@validator("complaints.register-for-other-channels", on=(ev.Received, ev.Entered, ev.Accepted))
def register_for_other_channels(
    event: ev.Received | ev.Entered | ev.Accepted, case: Case | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Art. 3: only the designated person, or a delegate, writes the register; a first taker's note is no entry."""
    record = facts.record
    assert record is not None
    if isinstance(event, ev.Entered):
        if case is not None and case.channel == "book":
            yield reject(
                N_("The opinion book is its own register."), N_("branchops complaints book-reply {id}"), id=case.id
            )
        if case is not None and case.entered_by:
            yield reject(
                N_("{id} is in the register already."), N_("See it: branchops complaints register"), id=case.id
            )
    elif not event.enters:
        return
    if not holds(facts, record.actor, HANDLER):
        handlers = ", ".join(facts.people.holders(HANDLER, facts.calendar.day_of(facts.now))) or "-"
        yield forbid(
            N_("Only the complaint handler writes the opinion register."),
            N_("Handler today: {handlers}. An absent handler delegates: branchops staff delegate"),
            handlers=handlers,
        )

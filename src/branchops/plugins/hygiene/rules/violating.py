"""How violations are judged, in the order of the articles: who is blamed, what is against which rule, who confirms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal, InvalidOperation

import msgspec

from branchops.api import N_, Ask, Facts, Policy, Verdict, breach, forbid, reject, validator, warn
from branchops.plugins.hygiene.events import violations as ev
from branchops.plugins.hygiene.rules.common import DOC2, DOC3, on
from branchops.plugins.hygiene.rules.deeds import deeds
from branchops.plugins.hygiene.rules.penalty import NOTHING, Deed, Penalty, penalties, terms_of
from branchops.plugins.hygiene.views.violation import Violation

HISTORY = {"rows": Ask("hygiene.violation", lambda event, _state: {"person": event.person}, many=True)}
ONE = {"other": Ask("hygiene.violation", lambda event, _state: event.of)}


def _ruled(verdict: Verdict, rule: str) -> Verdict:
    return msgspec.structs.replace(verdict, rule=rule)


@validator(on=ev.ViolationAdded)
def somebody_or_nobody(event: ev.ViolationAdded, _state: object, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """A member of staff is named by id and human; a visitor or an unknown person is nobody of the staff book."""
    if event.offender == "staff":
        if not facts.people.knows(event.who) or facts.people.person(event.who) != event.person:
            yield reject(
                N_("“{who}” is nobody on the staff book."), N_("The list: branchops staff list"), who=event.who
            )
    elif event.who or event.person:
        yield reject(
            N_("A violation of a visitor or of somebody unknown blames nobody on the staff."),
            N_("Say --who staff:ID, --who visitor or --who unknown."),
        )
    if event.pieces < 1:
        yield reject(N_("A violation is about one piece at least."), N_("Leave out --pieces."))


# --- document 2 III, document 3 4.3: smoking


@validator("hygiene.no-smoking-visitors-exempt", on=ev.ViolationAdded)
def no_smoking_visitors_exempt(
    event: ev.ViolationAdded, _state: object, _facts: Facts, policy: Policy
) -> Iterator[Verdict]:
    """Doc2 III: no smoking in the office; who or what the exemption covers is a choice (visitor, occasion, none)."""
    if event.kind != "smoking" or not on(policy, DOC2):
        return
    exempt = policy.get("hygiene.smoking.exempt", "visitor")
    if event.offender == "visitor":
        if exempt == "none":
            yield breach(N_("A visitor smoked in the office: asked to stop, no money."))
        elif not on(policy, DOC3):
            yield warn(N_("A visiting guest may smoke under document 2: noted, no penalty."))
    elif event.with_guest and exempt == "occasion" and not on(policy, DOC3):
        yield warn(N_("Smoking while a guest is received is exempt by the branch's choice: noted, no penalty."))
    else:
        yield breach(N_("Smoking in the office is forbidden."))


@validator("hygiene.no-smoking-absolute", on=ev.ViolationAdded)
def no_smoking_absolute(event: ev.ViolationAdded, _state: object, _facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """Doc3 4.3: no smoking in the office for anybody; its own document sets no money."""
    if event.kind == "smoking" and on(policy, DOC3):
        if event.offender == "visitor":
            yield breach(N_("A visitor smoked: nobody may; asked to stop, no money."))
        else:
            yield breach(N_("Nobody may smoke in the office."))


# --- document 2 IV, V; document 3 3.6 and the checklist rows that are acts of a person


@validator("hygiene.no-rubbish-overnight", on=ev.ViolationAdded)
def no_rubbish_overnight(event: ev.ViolationAdded, _state: object, facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """Doc2 IV: rubbish found at opening belongs to the business day before, and to who was responsible then."""
    if event.kind != "rubbish-overnight" or not on(policy, DOC2):
        return
    assert facts.record is not None
    found_on = facts.calendar.day_of(facts.record.occurred_at)
    if event.day is None or event.day >= found_on:
        return  # `daily.the_right_one_answers` rejects it
    yield breach(N_("Rubbish stayed in the office over the night of {day}."), day=event.day)


@validator("hygiene.materials-returned", on=ev.ViolationAdded)
def materials_returned(event: ev.ViolationAdded, _state: object, _facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """Doc2 V: what was consulted goes back to its place; one consultation is one occasion, however many pieces."""
    if event.kind == "unreturned" and on(policy, DOC2):
        yield breach(
            N_("Materials were not put back: {pieces} from one consultation, one occasion."), pieces=event.pieces
        )


@validator("hygiene.lunch-in-small-room-only", on=ev.ViolationAdded)
def lunch_in_small_room_only(
    event: ev.ViolationAdded, _state: object, _facts: Facts, policy: Policy
) -> Iterator[Verdict]:
    """Doc3 3.6: lunch in the small meeting room, nowhere in the office area; no money is set for it."""
    if event.kind == "eating" and on(policy, DOC3):
        yield breach(N_("Lunch is eaten in the small meeting room, not in the office area; no fine is set."))


ACTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "litter": ("hygiene.no-littering", (DOC2, DOC3)),
    "food-waste": ("hygiene.food-waste-cleared", (DOC2,)),
    "stray": ("hygiene.no-stray-belongings", (DOC2,)),
    "spitting": ("hygiene.no-spitting", (DOC3,)),
    "desk": ("hygiene.desk-items-tidy", (DOC2,)),
}
"""Kinds that are a checklist row of some pack as well: the rule each breaks, and the packs that know it."""


@validator(on=ev.ViolationAdded)
def acts_of_a_person(event: ev.ViolationAdded, _state: object, _facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """What is a row of a checklist is also a kind of violation: recorded as a breach, mostly without money."""
    rule, known = ACTS.get(event.kind, ("", ()))
    if rule and any(on(policy, pack) for pack in known):
        yield _ruled(breach(N_("That is against the hygiene rules.")), rule)


# --- document 2 VIII: what it costs


def expected(event: ev.ViolationAdded, facts: Facts) -> Penalty | None:
    """What the violation being judged costs, with everything else that stands."""
    if event.offender != "staff" or facts.record is None:
        return None
    own = Deed(facts.record.stream, event.person, event.kind, facts.record.occurred_at, event.with_guest)
    others = [deed for deed in deeds(facts["rows"]) if deed.id != own.id]
    table = penalties([*others, own], lambda at: terms_of(facts.policy_at(at)), lambda at: facts.calendar.day_of(at))
    return table[own.id]


RULE_OF = {
    "smoking": "hygiene.fine-smoking-10",
    "desk": "hygiene.fine-desk-from-second",
    "unreturned": "hygiene.fine-unreturned-10",
}


@validator(
    "hygiene.penalise-poor-hygiene",
    "hygiene.fine-smoking-10",
    "hygiene.fine-desk-from-second",
    "hygiene.fine-unreturned-10",
    on=ev.ViolationAdded,
    asks=HISTORY,
)
def fine_follows_the_table(
    event: ev.ViolationAdded, _state: object, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Doc2 VIII: the amount follows from the history; nobody can fine by hand against it."""
    penalty = expected(event, facts)
    rule = RULE_OF.get(event.kind, "hygiene.penalise-poor-hygiene")
    amount = penalty.amount if penalty else NOTHING
    if event.fine:
        try:
            claimed = Decimal(event.fine)
        except InvalidOperation:
            claimed = Decimal("NaN")
        if claimed.is_nan() or claimed != amount:
            yield _ruled(_against(event, penalty), rule)
            return
    if penalty is None or not penalty.unit or penalty.what == "none":
        if event.kind in RULE_OF and event.offender != "staff":
            yield _ruled(warn(N_("Recorded without a penalty: nobody on the staff is known to be responsible.")), rule)
        return
    if penalty.what == "reminder":
        yield _ruled(warn(N_("reminder, {unit} 0 (occasion 1)"), unit=penalty.unit), rule)
    else:
        told = N_("{unit} {amount} for collective activities (occasion {n}), once the administration confirms")
        yield _ruled(warn(told, unit=penalty.unit, amount=amount, n=penalty.occasion), rule)


def _against(event: ev.ViolationAdded, penalty: Penalty | None) -> Verdict:
    if penalty is not None and penalty.what == "reminder":
        return reject(
            N_("The first occasion is a reminder; it cannot be fined {fine}."),
            N_("Leave out --fine: from the second occasion on it costs {unit} money by itself."),
            fine=event.fine,
            unit=penalty.unit,
        )
    return reject(
        N_("By the table this costs {amount}, not {fine}."),
        N_("Leave out --fine; the amount follows from the person's history."),
        amount=penalty.amount if penalty else NOTHING,
        fine=event.fine,
    )


@validator("hygiene.penalise-poor-hygiene", on=ev.ViolationAdded, asks=HISTORY)
def same_occasion(event: ev.ViolationAdded, _state: object, facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """Two reports of one act are one occasion; a reviewer decides, so it is only pointed out."""
    if event.offender != "staff" or facts.record is None:
        return
    near = timedelta(minutes=policy.get("hygiene.same-occasion.minutes", 30))
    for row in facts["rows"]:
        alike = row.id != facts.record.stream and row.kind == event.kind and row.standing
        if alike and abs(row.at - facts.record.occurred_at) <= near:
            yield warn(
                N_("It may be the same occasion as {id}."),
                N_("If so: branchops hygiene violation merge {new} --into {id}"),
                id=row.id,
                new=facts.record.stream,
            )


# --- who confirms, who contests


@validator(
    "hygiene.penalise-poor-hygiene",
    on=(ev.ViolationConfirmed, ev.ViolationAppealed, ev.AppealDecided, ev.ViolationMerged),
)
def in_order(event: object, state: Violation | None, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Reported, then confirmed; contested while it stands; decided once contested."""
    status = state.status if state else ""
    fits = {
        ev.ViolationConfirmed: ("reported",),
        ev.ViolationAppealed: ("reported", "confirmed"),
        ev.AppealDecided: ("appealed",),
        ev.ViolationMerged: ("reported", "confirmed"),
    }[type(event)]  # type: ignore[index]
    if status not in fits:
        yield reject(
            N_("{id} is {status}; that cannot be done now."),
            N_("See where it stands: branchops hygiene violation show {id}"),
            id=state.id if state else "-",
            status=status or "-",
        )


@validator("hygiene.penalise-poor-hygiene", on=(ev.ViolationConfirmed, ev.AppealDecided))
def not_in_own_cause(
    event: ev.ViolationConfirmed | ev.AppealDecided, state: Violation | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Nobody confirms or decides about themselves."""
    if state is not None and state.person and facts.people.person(event.by) == state.person:
        yield reject(
            N_("{by} is the one concerned by {id}."), N_("Somebody else of the administration decides."),
            by=event.by, id=state.id,
        )  # fmt: skip


@validator("hygiene.penalise-poor-hygiene", on=ev.ViolationAppealed)
def own_appeal(
    event: ev.ViolationAppealed, state: Violation | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Only the person blamed contests, and says why."""
    if state is None:
        return
    if not state.person or not facts.people.knows(event.by) or facts.people.person(event.by) != state.person:
        yield forbid(N_("Only who is blamed for {id} can contest it."), N_("Ask them to."), id=state.id)
    if not event.reason.strip():
        yield reject(N_("An appeal needs a reason."), N_("Say why with --reason."))


@validator("hygiene.fine-smoking-10", on=ev.ViolationMerged, asks=ONE)
def merged_with_a_twin(
    event: ev.ViolationMerged, state: Violation | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """One occasion has one kind and one person, and the other one must stand."""
    other: Violation | None = facts["other"]
    if state is None:
        return
    if (
        other is None
        or other.id == state.id
        or not other.standing
        or (other.kind, other.person) != (state.kind, state.person)
    ):
        yield reject(
            N_("{of} is not another standing violation of the same kind and person."),
            N_("See: branchops hygiene violation list"),
            of=event.of,
        )

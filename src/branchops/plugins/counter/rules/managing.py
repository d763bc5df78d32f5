"""Articles III.1 to III.3: names on every control, reviews that are drawn, assessments, rewards, suggestions."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Facts, Policy, Verdict, breach, forbid, reject, validator, warn
from branchops.plugins.counter.events import managing as ev
from branchops.plugins.counter.rules.common import in_stream, known, same
from branchops.plugins.counter.rules.measure import draw, weighted
from branchops.plugins.counter.views.managing import Assessment, Control, Inspection, Suggestion

REVIEW = "counter.review-work-done"
NAMED = "counter.named-responsible-and-implementer"


@validator(ev.ACK, on=ev.StatementRead)
def read_today(event: ev.StatementRead, _state: object, facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """III.1: the statement read is the one in force; a quiz score is a score and no measure of belief."""
    yield from in_stream(f"ack-{event.staff}", facts)
    current = policy["counter.statement.version"]
    if event.version != current:
        yield reject(N_("The statement in force is version {version}."), version=current)
    if event.quiz is not None and not 0 <= event.quiz <= 100:
        yield reject(N_("A quiz score lies between 0 and 100."))


@validator(ev.SUGGEST, on=(ev.Suggested, ev.SuggestionDecided))
def changes_ahead(
    event: ev.Suggested | ev.SuggestionDecided, state: Suggestion | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """III.1: a change of the rules is proposed, decided once, and holds from a day to come; the past stays judged."""
    if isinstance(event, ev.Suggested):
        yield from known(event.by, facts)
        if state is not None or not event.text.strip():
            yield reject(N_("A suggestion says what should be different."), N_("--text “...”"))
        return
    if state is None or state.status != "open":
        yield reject(N_("No open suggestion has this number."), N_("See them: branchops report suggestions"))
        return
    if same(facts.people, event.head, state.by):
        yield reject(N_("{who} does not decide an own suggestion."), N_("A delegate of the head does."), who=event.head)
    if event.accepted and event.effective is None:
        yield reject(N_("Say from when it holds."), N_("--effective 2027-01-01"))
    if event.effective is not None and event.effective < facts.calendar.day_of(facts.now):
        yield reject(N_("A change of the rules never judges the past."), N_("Name today or a later day."))


@validator(NAMED, on=(ev.ControlSet, ev.ControlExercised, ev.ControlRetired))
def names_on_it(
    event: ev.ControlSet | ev.ControlExercised | ev.ControlRetired, state: Control | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """III.2: a control has a responsible and an implementer: people who are here, no groups, no blanks."""
    if not isinstance(event, ev.ControlSet):
        if state is None or not state.open:
            yield reject(N_("There is no such control."), N_("See them: branchops counter control list"))
        elif isinstance(event, ev.ControlExercised) and not same(facts.people, event.by, state.implementer):
            yield warn(N_("The implementer is {who}."), who=state.implementer)
        return
    yield from in_stream(f"CL-{event.key}", facts)
    day = facts.calendar.day_of(facts.now)
    for role, who in ((N_("responsible"), event.responsible), (N_("implementer"), event.implementer)):
        problem = unfit(who, facts.people, day)
        if problem:
            yield reject(
                N_("The {role} of {key} is no named person here: {who}."),
                N_("Name somebody of the staff list who has not left; a group or a department is nobody."),
                role=role,
                key=event.key,
                who=who or "-",
            )
    if same(facts.people, event.responsible, event.implementer):
        yield warn(N_("{who} is responsible for the own work."), who=event.responsible)


def unfit(who: str, people: object, day: object) -> str:
    """Why somebody cannot stand on a control, as a msgid; empty when fit."""
    if not who.strip():
        return N_("nobody")
    if not people.knows(who):  # type: ignore[attr-defined]
        return N_("not in the staff list")
    if not people.active(who, day):  # type: ignore[attr-defined]
        return N_("left the outlet")
    return ""


@validator(REVIEW, on=ev.InspectionPlanned)
def drawn(event: ev.InspectionPlanned, state: Inspection | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """III.2: the sample is what the seed draws, and the checker does not check the own area."""
    if state is not None:
        yield reject(N_("This number is taken by another inspection."), N_("Record it without giving a number."))
    yield from known(event.checker, facts)
    if not 1 <= event.size <= len(set(event.population)):
        yield reject(
            N_("A sample of {size} out of {all}?"),
            N_("Between 1 and the population."),
            size=event.size,
            all=len(set(event.population)),
        )
        return
    if event.sample != draw(event.seed, event.population, event.size):
        yield reject(
            N_("That is not the sample that the seed draws."),
            N_("Leave the drawing to: branchops counter inspect plan"),
        )
    if any(same(facts.people, event.checker, unit) for unit in event.population):
        yield reject(
            N_("{checker} belongs to what is checked."), N_("An independent person checks."), checker=event.checker
        )


@validator(REVIEW, on=ev.InspectionDone)
def carried_out(event: ev.InspectionDone, state: Inspection | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """III.2: what was drawn is checked, by the checker; nothing found is a result, leaving something out is not."""
    if state is None or not state.open:
        yield reject(N_("No planned inspection has this number."), N_("Plan it: branchops counter inspect plan"))
        return
    strange = sorted(set(event.checked) - set(state.sample)) + sorted(set(event.failed) - set(event.checked))
    if strange:
        yield reject(
            N_("Not drawn, or not checked: {units}."),
            N_("The sample: {sample}"),
            units=", ".join(strange),
            sample=", ".join(state.sample),
        )
    if any(same(facts.people, event.checker, unit) for unit in state.population):
        yield reject(
            N_("{checker} belongs to what is checked."), N_("An independent person checks."), checker=event.checker
        )
    elif not same(facts.people, event.checker, state.checker):
        yield warn(N_("Planned for {checker}."), checker=state.checker)
    left = sorted(set(state.sample) - set(event.checked))
    if left:
        yield breach(N_("Drawn and not checked: {units}."), units=", ".join(left))


@validator(ev.ASSESSMENT, on=(ev.Assessed, ev.AssessmentAppealed))
def assessed(
    event: ev.Assessed | ev.AssessmentAppealed, state: Assessment | None, facts: Facts, policy: Policy
) -> Iterator[Verdict]:
    """III.2: both sign, nobody assesses himself, and the total is what the weights make of the marks."""
    if isinstance(event, ev.AssessmentAppealed):
        if state is None:
            yield reject(N_("There is no such assessment."), N_("See them: branchops report assessments"))
        elif not same(facts.people, event.by, state.person):
            yield forbid(N_("Only {person} can appeal."), person=state.person)
        return
    weights = policy["counter.assess.weights"]
    if state is not None or set(event.marks) != set(weights):
        yield reject(N_("An assessment has these headlines: {names}."), names=", ".join(weights))
        return
    if any(not (mark.is_finite() and 0 <= mark <= 100) for mark in event.marks.values()):
        yield reject(N_("Marks lie between 0 and 100."))
    elif event.total != weighted(event.marks, weights):
        yield reject(N_("The marks make {total}."), total=weighted(event.marks, weights))


@validator(ev.MERIT, on=ev.MeritRecorded)
def rewarded(event: ev.MeritRecorded, _state: object, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """III.2: a reward or sanction rests on a record and is approved by another person."""
    yield from known(event.person, facts)
    if same(facts.people, event.approver, event.person):
        yield reject(
            N_("{approver} cannot approve what concerns {person}."), N_("A delegate of the head does."),
            approver=event.approver, person=event.person,
        )  # fmt: skip
    if not event.basis.strip() or not event.text.strip():
        yield reject(N_("It rests on a record, and says what it is."), N_("--basis D-2026-0001 --text “...”"))

"""Article 7(1), (2), (5): facts first, the cause named, an apology where the bank is liable, an explanation where not."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Facts, Policy, Verdict, reject, validator
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.views import Case


@validator("complaints.facts-first", on=ev.Resolved)
def facts_first(event: ev.Resolved, _case: Case | None, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 7(1): nothing is settled without the facts it rests on."""
    if not event.facts.strip():
        yield reject(N_("Say what the facts are."), N_("A line is enough: --facts “...”."))


@validator("complaints.apologise-when-liable", on=(ev.SignedOff, ev.Apologised))
def apologise_when_liable(
    event: ev.SignedOff | ev.Apologised, case: Case | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Art. 7(5): where the bank is liable, wholly or in part, the one responsible apologises, not merely the handler."""
    if case is None:
        return
    if isinstance(event, ev.SignedOff):
        if case.outcome in ("upheld", "partly") and not case.apologised_by:
            yield reject(
                N_("{id} was upheld: the person or department responsible has not apologised."),
                N_("branchops complaints apology {id} --by STAFF (or --department NAME)"),
                id=case.id,
            )
        return
    if event.department:
        return
    people = facts.people
    if not people.knows(event.by):
        yield reject(
            N_("{by} is nobody at this outlet."),
            N_("If the person has left, the department apologises: --department"),
            by=event.by,
        )
    elif case.handler and people.same_person(event.by, case.handler) and event.by not in case.about:
        yield reject(
            N_("{by} handles {id}; the one responsible apologises, not the handler."),
            N_("Name the person responsible, or the department with --department."),
            by=event.by,
            id=case.id,
        )

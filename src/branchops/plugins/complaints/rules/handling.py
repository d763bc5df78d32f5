"""Articles 7(4) and 9 to 11, what handling owes: investigation by somebody not concerned."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Facts, Policy, Verdict, reject, validator
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.views import Case


@validator("complaints.verify-and-investigate", on=ev.Investigated)
def verify_and_investigate(
    event: ev.Investigated, case: Case | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Art. 7(4): the person complained about does not investigate."""
    people = facts.people
    if case is None or not people.knows(event.investigator):
        return
    if any(people.knows(who) and people.same_person(who, event.investigator) for who in case.about):
        yield reject(
            N_("{investigator} is complained about in {id} and cannot investigate it."),
            N_("Let somebody else do it."),
            investigator=event.investigator,
            id=case.id,
        )

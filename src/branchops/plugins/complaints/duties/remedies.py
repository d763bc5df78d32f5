"""What an upheld complaint makes the bank owe: an apology and a correction."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Duty, Facts, duty, within_business_days
from branchops.plugins.complaints.duties.clocks import OPEN
from branchops.plugins.complaints.views import Case


@duty("complaints.apologise-when-liable", view="complaints.case", where=OPEN)
def apologise_when_liable(case: Case, facts: Facts) -> Iterator[Duty]:
    """Art. 7(5): an upheld complaint owes an apology by the one responsible."""
    if case.resolved_at is None or not case.upheld:
        return
    policy = facts.policy_at(case.resolved_at)
    limit = within_business_days(case.resolved_at, policy["complaints.apology.within"], facts.calendar)
    yield Duty(
        rule="complaints.apologise-when-liable",
        subject=case.id,
        title=N_("Apologise to the customer"),
        born=case.resolved_at,
        due=limit.due,
        who=case.about[0] if case.about else case.owner,
        met=case.apologised_at,
        policy=policy.version,
        steps=limit.steps,
    )


@duty("complaints.correct-promptly", view="complaints.case", where=OPEN)
def correct_promptly(case: Case, facts: Facts) -> Iterator[Duty]:
    """Art. 7(5): the error is put right promptly."""
    if case.resolved_at is None or not case.upheld:
        return
    policy = facts.policy_at(case.resolved_at)
    limit = within_business_days(case.resolved_at, policy["complaints.correct.within"], facts.calendar)
    yield Duty(
        rule="complaints.correct-promptly",
        subject=case.id,
        title=N_("Put the error right"),
        born=case.resolved_at,
        due=limit.due,
        who=case.handler or case.owner,
        met=case.corrected_at,
        policy=policy.version,
        steps=limit.steps,
    )

"""Article 7(1) and (4): courteous, on the facts, without shirking, investigated by somebody not concerned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from branchops.api import N_, Facts, Policy, Verdict, breach, reject, validator, warn
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.rules.shared import concerned, same, under
from branchops.plugins.complaints.views import Case

LENIENT = ("complaints.oral-quiet-place",)
"""Rules that say “where possible”: a no on the checklist is an answer, not a breach."""


@validator("complaints.accept-courteously", on=ev.Surveyed)
def accept_courteously(event: ev.Surveyed, case: Case | None, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 7(1): whether the customer is satisfied is asked when it is over, on a scale from 1 to 5."""
    if case is not None and case.open:
        yield reject(N_("{id} is still open: satisfaction is asked after closing."), N_("Close it first."), id=case.id)
    if not 1 <= event.score <= 5:
        yield reject(
            N_("Satisfaction goes from 1 to 5, not {score}."), N_("1 is the worst, 5 the best."), score=event.score
        )


@validator(on=ev.Checked)
def checklist_answered(event: ev.Checked, _state: Any, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Each line of a checklist that is wanting breaks the rule it stands for."""
    for item in event.items:
        if item.answer == "no" and item.rule not in LENIENT:
            yield from under(
                item.rule,
                [
                    breach(
                        N_("Wanting on the checklist {checklist}: {code}."), checklist=event.checklist, code=item.code
                    )
                ],
            )


@validator("complaints.facts-first", on=ev.Resolved)
def facts_first(event: ev.Resolved, _case: Case | None, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 7(1): nothing is settled without the facts it rests on."""
    if not event.facts.strip():
        yield reject(N_("Say what the facts are."), N_("A line is enough: --facts “...”."))


@validator("complaints.no-shirking-or-rudeness", on=ev.HandedOver)
def no_ping_pong(event: ev.HandedOver, case: Case | None, facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """Art. 7(1): a complaint handed from one to the next is shirked, whatever each says; back to the sender too."""
    if case is None:
        return
    done = len(case.handovers) + 1
    if done > policy["complaints.pingpong.max"]:
        yield breach(N_("{id} is handed over for the {times}th time."), id=case.id, times=done)
    elif any(same(facts, event.to, before.giver) for before in case.handovers):
        yield warn(N_("{id} goes back to {to}, who handed it over before."), id=case.id, to=event.to)


@validator("complaints.no-shirking-or-rudeness", on=ev.Misbehaved)
def no_shirking_or_rudeness(event: ev.Misbehaved, _state: Any, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 7(1): nobody shirks a complaint or treats the customer roughly."""
    if event.conduct == "shirked":
        yield breach(N_("{who} shirked a complaint."), who=event.who)
    elif event.conduct == "rude":
        yield breach(N_("{who} was rude to a customer."), who=event.who)


@validator("complaints.verify-and-investigate", on=(ev.Investigated, ev.SignedOff))
def verify_and_investigate(
    event: ev.Investigated | ev.SignedOff, case: Case | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Art. 7(4): somebody not concerned finds out what happened, unless it could be answered on the spot."""
    if case is None:
        return
    if isinstance(event, ev.SignedOff):
        if not case.investigations and not case.on_the_spot and case.channel != "book":
            yield reject(
                N_("{id} cannot be closed: nothing was investigated."),
                N_("branchops complaints investigate add {id} --finding “...”"),
                id=case.id,
            )
    elif concerned(facts, case, event.investigator):
        yield reject(
            N_("{investigator} is complained about in {id} and cannot investigate it."),
            N_("Let somebody else do it."),
            investigator=event.investigator,
            id=case.id,
        )
